"""Who gets the link to a school's plans."""

from django.urls import reverse

from schools.access import schools_where
from schools.roles import Permission


def follows_plans(request) -> bool:
    return bool(schools_where(request, Permission.SCHOOL_PLANS))


def progress(request) -> str:
    return reverse("plans:progress", args=[schools_where(request, Permission.SCHOOL_PLANS)[0].pk])
