"""Who may see and run an advisory. Its students' own pages stay behind the one door (students/access.py)."""

from functools import wraps

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from advisories.models import Advisory, Charge, Seat
from common.prepared import Prepared
from schools.access import Can, school_permissions, staff_roles
from schools.roles import Permission, Role

# What somebody may do with the group as a whole.
SEE, RUN, MANAGE = "see", "run", "manage"


def advisory_rights(advisory: Advisory, request, on) -> Can:
    """What `advisory`, with `in_charge` read, lets the signed-in person do.

    see: its members and whole-school staff; run: whoever has it in charge, and leads; manage: leads.
    """
    roles = [row for row in staff_roles(request) if row.school_id == advisory.school_id]
    rights = set()
    if Permission.SCHOOL_ADVISORIES in school_permissions(roles, advisory.school_id):
        rights |= {SEE, RUN, MANAGE}
    if {row.role for row in roles} & {Role.COORDINATOR, Role.SAFEGUARDING}:
        rights |= {SEE}
    if any(charge.user_id == request.user.pk for charge in advisory.in_charge):
        rights |= {SEE, RUN}
    elif not rights and Seat.objects.on(on).filter(advisory=advisory, student__user=request.user).exists():
        rights |= {SEE}
    return Can(rights)


_of_id = Prepared(lambda advisory: Advisory.objects.select_related("school").filter(pk=advisory))
_in_charge = Prepared(lambda advisory, day: Charge.objects.on(day).filter(advisory=advisory).select_related("user"))


def for_advisory(right):
    """Load the advisory of `advisory_id` through the person: 404 to outsiders, 403 to members without the right.

    The view receives `advisory`, with those `in_charge` today; `request.can` holds the rights, `request.day` the
    school's today.
    """

    def decorate(view):
        @wraps(view)
        def through_the_door(request, advisory_id, *args, **kwargs):
            advisory = next(iter(_of_id(advisory=advisory_id)), None)
            if advisory is None:
                raise Http404
            request.day = advisory.school.today()
            advisory.in_charge = _in_charge(advisory=advisory.pk, day=request.day)
            request.can = advisory_rights(advisory, request, request.day)
            if not request.can:
                raise Http404
            if right not in request.can:
                raise PermissionDenied
            return view(request, advisory, *args, **kwargs)

        return through_the_door

    return decorate


def advisories_of(request, school, on):
    """The advisories of a school that the signed-in person may see: all for whole-school staff, else their own."""
    advisories = Advisory.objects.open(on).filter(school=school)
    roles = {row.role for row in staff_roles(request) if row.school_id == school.pk}
    if roles & {Role.LEAD, Role.COORDINATOR, Role.SAFEGUARDING}:
        return advisories
    in_charge = Charge.objects.on(on).filter(user=request.user).values("advisory_id")
    seated = Seat.objects.on(on).filter(student__user=request.user).values("advisory_id")
    return advisories.filter(Q(id__in=in_charge) | Q(id__in=seated))


def may_form_advisories(request, school_id: int) -> bool:
    return Permission.SCHOOL_ADVISORIES in school_permissions(staff_roles(request), school_id)
