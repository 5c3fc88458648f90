"""Texts that vary, and people who leave."""

from bpl.tests.cast import TODAY
from coedit.actions import create
from schools.roles import Role
from students.actions import team

EVERYONE = [Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER, Role.SPECIALIST]


def a_text(cast, markdown="", *, student="sam", readers=EVERYONE, writers=EVERYONE, by="ada", **fields):
    fields = {"title": "Who I am"} | fields
    return create(
        student=cast.student(student),
        readers=readers,
        writers=writers,
        by=getattr(cast, by),
        markdown=markdown,
        **fields,
    )


def take_off_team(cast, person, *, student="sam"):
    """End every place that this person has on the student's team."""
    for row in person.teams.filter(student=cast.student(student), ends_on=None):
        team.leave(cause=row.cause, student=row.student, user=person, by=cast.lead, on=TODAY)
