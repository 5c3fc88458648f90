"""Texts that vary, and peers that write them as a browser would."""

from coedit.actions import create
from schools.roles import Role

EVERYONE = [Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.SPECIALIST]


def a_text(cast, markdown="", *, student="sam", readers=EVERYONE, writers=EVERYONE, by="ada", **fields):
    fields = {"title": "Who I am", "cause": ""} | fields
    return create(
        student=cast.student(student),
        readers=readers,
        writers=writers,
        by=getattr(cast, by),
        markdown=markdown,
        **fields,
    )
