from django.urls import reverse
from ninja import Router

from coedit.access import may_write, socket_path, texts_of
from coedit.schema import SCHEMA
from schools.roles import Permission
from students.access import load_student

router = Router()


@router.get("", url_name="texts")
def texts(request, student: int):
    """The texts of one student that I may read, and where they are written live."""
    found = texts_of(load_student(request, student, Permission.STUDENT_SEE), request.standing)
    return {"items": [_shown(text, request.standing) for text in found], "next": None}


def _shown(text, standing) -> dict:
    return {
        "id": str(text.pk),
        "title": text.title,
        "may_write": may_write(text, standing),
        "schema": SCHEMA,
        "socket": socket_path(text),
        "updates": reverse("coedit:updates", args=[text.pk]),
    }
