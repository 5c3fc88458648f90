"""Roles in a school or a network, from one day to another."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.live import hint
from schools.models import School, StaffRole
from schools.roles import Role


class StaffRoleError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def give_role(*, user, role: str, by, on: datetime.date, school=None, network=None, until=None) -> StaffRole:
    """Give `user` a role in a school (network leads: in a network) from `on` to before `until`."""
    if until is not None and until <= on:
        raise StaffRoleError(_("The end is before the start."))
    if school is not None:
        School.objects.select_for_update(no_key=True).get(pk=school.pk)
    held = StaffRole.objects.filter(user=user, role=role, school=school, network=network)
    if held.overlapping(on, until).exists():
        raise StaffRoleError(
            _("%(name)s is already %(role)s in that time.") % {"name": user.name, "role": Role(role).label}
        )
    row = StaffRole.objects.create(user=user, role=role, school=school, network=network, starts_on=on, ends_on=until)
    record(
        "schools.staff.given", by=by, subject=row, school_id=school and school.pk, user=user.pk, role=role,
        starts_on=on.isoformat(),
    )  # fmt: skip
    return row


@transaction.atomic
def end_role(*, row: StaffRole, by, on: datetime.date) -> StaffRole:
    """End a role on `on`, its first day without it. A school is never left without a lead."""
    if row.ends_on is not None and row.ends_on < on:
        raise StaffRoleError(_("This role has ended by then already."))
    if row.role == Role.LEAD:
        _refuse_without_lead(row, on)
    row.ends_on = max(on, row.starts_on)
    row.save(update_fields=["ends_on"])
    record("schools.staff.ended", by=by, subject=row, school_id=row.school_id, user=row.user_id, role=row.role)
    hint("staff", user_id=row.user_id, school_id=row.school_id)
    return row


def _refuse_without_lead(row, on):
    School.objects.select_for_update(no_key=True).get(pk=row.school_id)
    others = StaffRole.objects.filter(school_id=row.school_id, role=Role.LEAD).exclude(pk=row.pk)
    if not others.overlapping(on, None).filter(user__closed_at__isnull=True).exists():
        raise StaffRoleError(_("%(name)s is the school's only lead. Name another one first.") % {"name": row.user.name})
