"""Who gets the link to a school's plans."""

from common.addresses import address
from schools.access import schools_where
from schools.roles import Permission


def follows_plans(request) -> bool:
    return bool(schools_where(request, Permission.SCHOOL_PLANS))


def progress(request) -> str:
    return address("plans:progress", schools_where(request, Permission.SCHOOL_PLANS)[0].pk)
