"""Who may do what on a school. The policy is schools/roles.py; students have their own door in students/access.py."""

import datetime
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.http import Http404

from schools.models import School, StaffRole
from schools.roles import GRANTS, SCHOOL_PERMISSIONS


class Can(frozenset):
    """A set of permissions that templates can ask: `{% if can.plan_sign %}`."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name in self


def staff_roles(request) -> list[StaffRole]:
    """The signed-in person's open staff roles, each on its own school's day, read once a request."""
    if not hasattr(request, "_staff_roles"):
        rows = StaffRole.objects.filter(user=request.user, ends_on__isnull=True) | StaffRole.objects.filter(
            user=request.user, ends_on__gt=datetime.date.today() - datetime.timedelta(days=2)
        )
        rows = rows.select_related("school", "network")
        request._staff_roles = [row for row in rows if row.holds(_today(row))]
    return request._staff_roles


def _today(row: StaffRole) -> datetime.date:
    return row.school.today() if row.school else datetime.datetime.now(datetime.UTC).date()


def school_permissions(roles, school_id: int) -> Can:
    """What these open staff roles grant on a school."""
    granted = frozenset().union(*(GRANTS[row.role] for row in roles if row.school_id == school_id))
    return Can(granted & SCHOOL_PERMISSIONS)


def for_school(permission):
    """Load the school of `school_id` through the person: 404 to outsiders, 403 to those who may not `permission`.

    The view receives `school`; templates have `can`.
    """

    def decorate(view):
        @wraps(view)
        def through_the_door(request, school_id, *args, **kwargs):
            roles = [row for row in staff_roles(request) if row.school_id == school_id]
            school = roles[0].school if roles else None
            if school is None:
                raise Http404
            request.can = school_permissions(roles, school_id)
            if permission not in request.can:
                raise PermissionDenied
            return view(request, school, *args, **kwargs)

        through_the_door.permission = permission
        return through_the_door

    return decorate


def schools_where(request, permission) -> list[School]:
    """The schools in which the signed-in person holds a school permission today, by name."""
    held = {row.school_id: row.school for row in staff_roles(request) if row.school and permission in GRANTS[row.role]}
    return sorted(held.values(), key=lambda school: school.name)
