"""Staff come with a role and go without leaving anything in nobody's hands."""

import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actions.people import add_person, change_name
from accounts.models import User
from advisories.models import Charge
from audit.actions import record
from schools.actions.staff import end_role, give_role
from schools.models import School, StaffRole
from schools.roles import WHOLE_SCHOOL_ROLES, Role
from students.actions import team
from students.actions.reach import change_reach
from students.models import Guardianship, TeamMember


class StaffError(ValueError):
    """Said to the person who asked; `charges` are advisories that have to be handed over first."""

    def __init__(self, message, charges=()):
        super().__init__(message)
        self.charges = charges


@transaction.atomic
def add_staff(
    *, school: School, chosen: User | None, names: dict, role: str, by: User, on: datetime.date, until=None
) -> StaffRole:
    """Give a role to `chosen`, or to a new person with these `names`."""
    user = chosen or add_person(**names, by=by, school_id=school.pk)
    return give(user=user, school=school, role=role, by=by, on=on, until=until)


@transaction.atomic
def give(*, user: User, school: School, role: str, by: User, on: datetime.date, until=None) -> StaffRole:
    """Raises StaffError for somebody who is barred from a student whom the role would open to them."""
    if role in WHOLE_SCHOOL_ROLES:
        barred = Guardianship.objects.filter(user=user, student__school=school, rights=Guardianship.Rights.BARRED)
        if barred.overlapping(on, until).exists():
            raise StaffError(
                _("%(name)s is barred from a student here, and this role would open every student.")
                % {"name": user.name}
            )
    return give_role(user=user, role=role, school=school, by=by, on=on, until=until)


@transaction.atomic
def take_role(*, row: StaffRole, by: User, on: datetime.date) -> StaffRole:
    """End one role on `on`, its first day without. An adviser hands over first: StaffError says what."""
    if row.role == Role.ADVISER:
        _refuse_with_charges(row.user, row.school, on)
    return end_role(row=row, by=by, on=on)


@transaction.atomic
def leave(*, user: User, school: School, by: User, on: datetime.date) -> list[StaffRole]:
    """From `on` they do not work here: roles end, places on teams that the school gave by hand, and being in touch
    with former students.

    Raises StaffError while an advisory is in their charge, StaffRoleError for the only lead.
    """
    _refuse_with_charges(user, school, on)
    roles = StaffRole.objects.filter(user=user, school=school).exclude(ends_on__lte=on).select_related("user", "school")
    ended = [end_role(row=row, by=by, on=on) for row in roles]
    places = TeamMember.objects.filter(user=user, school=school).exclude(ends_on__lte=on)
    places = places.filter(Q(cause__startswith="staff:") | Q(role=Role.ALUMNI_CONTACT))
    for row in places.select_related("student"):
        team.leave(cause=row.cause, student=row.student, user=user, by=by, on=on)
    record("rosters.staff.left", by=by, subject=user, school_id=school.pk, user=user.pk, on=on.isoformat())
    return ended


@transaction.atomic
def correct(
    *, user: User, school: School, by: User, on: datetime.date, now: datetime.datetime, names: dict, contact: dict
) -> User:
    """Names of somebody of the staff; e-mail and phone too, until they sign in and change those themselves."""
    change_name(user=user, by=by, school_id=school.pk, **names)
    if not user.can_sign_in:
        change_reach(user=user, school=school, by=by, on=on, now=now, **contact)
    return user


def charges_of(user: User, school: School, on: datetime.date):
    """The advisories that somebody has in charge on `on` or later."""
    rows = Charge.objects.filter(user=user, advisory__school=school).exclude(ends_on__lte=on)
    return rows.select_related("advisory").order_by("advisory__name")


def _refuse_with_charges(user, school, on):
    charges = list(charges_of(user, school, on))
    if charges:
        names = ", ".join(charge.advisory.name for charge in charges)
        raise StaffError(
            _("%(name)s has %(advisories)s in charge. Hand over first.") % {"name": user.name, "advisories": names},
            charges,
        )
