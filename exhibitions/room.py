"""How much room a student's files have, and how much of it is left."""

from django.db.models import Sum

from exhibitions.models import Evidence
from files.limits import A_STUDENT
from files.models import Upload
from students.models import Student


def left_for(student: Student) -> int:
    """Bytes. What is on its way counts with all of its length."""
    rows = Evidence.objects.kept().filter(student=student)
    here = rows.aggregate(sum=Sum("upload__stored__size"))["sum"] or 0
    coming = rows.filter(upload__in=Upload.objects.on_its_way()).aggregate(sum=Sum("upload__length"))["sum"] or 0
    return max(A_STUDENT - here - coming, 0)
