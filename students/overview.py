"""What this room shows on a student's own page (slots "student.overview" and "student.aside"): each loader asks the
door and answers None to show nothing. Their subject is the page, which has a `student` and,
who may see it, their `family` of that day."""

from common.prepared import Prepared
from schools.roles import Permission
from students.models import FamilyContact, Interest

INTERESTS = 6

_interests = Prepared(
    lambda student: Interest.objects.filter(student=student, dropped_at__isnull=True).order_by("-at", "-id")[:INTERESTS]
)
_last_contact = Prepared(lambda student: FamilyContact.objects.filter(student=student).select_related("by")[:1])


def interests(page, request):
    if Permission.STUDENT_OVERVIEW not in request.can:
        return None
    return {
        "student": page.student, "interests": _interests(student=page.student.pk), "can": request.can,
        "decides": Permission.PARENTS_DECIDE in request.can and page.student.decides_about_parents(request.day),
    }  # fmt: skip


def family(page, request):
    """Names, rights and the last contact; telephone numbers and homes stand on the family's own page."""
    if Permission.GUARDIANS_SEE not in request.can:
        return None
    return {
        "student": page.student, "can": request.can, "family": [row for row in page.family if not row.is_barred],
        "barred": [row for row in page.family if row.is_barred],
        "last": next(iter(_last_contact(student=page.student.pk)), None),
    }  # fmt: skip


def concern(page, request):
    if Permission.CONCERN_RAISE not in request.can:
        return None
    return {"student": page.student}
