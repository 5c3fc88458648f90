"""How much room a student's files have, and how much of it is left."""

from django.db.models import Sum

from exhibitions.models import Evidence
from files.limits import A_STUDENT, LARGEST
from files.models import Upload
from students.models import Student

# All of them together, what is on its way: what somebody announces and never sends must not take a student's room.
OTHERS = LARGEST


def left_for(student: Student, by) -> int:
    """Bytes that `by` may still send. What is on its way counts with all of its length."""
    rows = Evidence.objects.kept().filter(student=student)
    coming = rows.filter(upload__in=Upload.objects.on_its_way())
    left = A_STUDENT - _sum(rows, "upload__stored__size") - _sum(coming, "upload__length")
    if by.pk != student.user_id:
        left = min(left, OTHERS - _sum(coming.exclude(added_by=student.user_id), "upload__length"))
    return max(left, 0)


def _sum(rows, column) -> int:
    return rows.aggregate(sum=Sum(column))["sum"] or 0
