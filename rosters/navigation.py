"""Where other pages lead to this room's, and who is led there."""

from schools.access import school_permissions, schools_where, staff_roles
from schools.roles import Permission


def brings_people_in(request) -> bool:
    return bool(schools_where(request, Permission.SCHOOL_PEOPLE))


def add_link(school, request) -> dict | None:
    """Above the list of students: a way to add one."""
    may = Permission.SCHOOL_PEOPLE in school_permissions(staff_roles(request), school.pk)
    return {"school": school} if may else None


def on_settings(school, request) -> dict:
    """Among a school's settings, which only its leads open."""
    return {"school": school}
