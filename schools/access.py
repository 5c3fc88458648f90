"""Who may do what on a school. The policy is schools/roles.py; students have their own door in students/access.py."""

import datetime
from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404
from django.utils import timezone

from common.prepared import Prepared
from schools.models import Network, School, StaffRole
from schools.roles import GRANTS, SCHOOL_PERMISSIONS, Permission


class Can(frozenset):
    """A set of permissions that templates can ask: `{% if can.plan_sign %}`."""

    def __getattr__(self, name):
        if name.startswith("_"):
            raise AttributeError(name)
        return name in self


_open_since = Prepared(
    lambda user, since: StaffRole.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gt=since), user=user
    ).select_related("school", "network")
)


def staff_roles(request) -> list[StaffRole]:
    """The signed-in person's open staff roles, each on its own school's day, read once a request."""
    if not hasattr(request, "_staff_roles"):
        since = timezone.now().date() - datetime.timedelta(days=2)
        rows = _open_since(user=request.user.pk, since=since)
        request._staff_roles = [row for row in rows if row.holds(_today(row))]
    return request._staff_roles


def _today(row: StaffRole) -> datetime.date:
    return row.school.today() if row.school else timezone.now().date()


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


def networks_of(request) -> list[Network]:
    """The networks that the signed-in person leads today, by name."""
    held = {row.network_id: row.network for row in staff_roles(request) if row.network}
    return sorted(held.values(), key=lambda network: network.name)


def for_network(view):
    """Load the network of `network_id` through the person: 404 to everybody but its leads."""

    @wraps(view)
    def through_the_door(request, network_id, *args, **kwargs):
        network = next((network for network in networks_of(request) if network.pk == network_id), None)
        if network is None:
            raise Http404
        return view(request, network, *args, **kwargs)

    through_the_door.permission = Permission.NETWORK_SEE
    return through_the_door
