"""Who sees which of this room's links around every page."""

from schools.access import schools_where, staff_roles
from schools.roles import Permission
from students.models import Concern


def works_at_a_school(request) -> bool:
    return any(row.school_id for row in staff_roles(request))


def keeps_students_safe(request) -> bool:
    return bool(schools_where(request, Permission.NOTES_SAFEGUARDING))


def waiting_concerns(request) -> int:
    """How many concerns are in nobody's hands."""
    schools = schools_where(request, Permission.NOTES_SAFEGUARDING)
    return Concern.objects.filter(school__in=schools, taken_at__isnull=True, closed_at__isnull=True).count()
