"""Students in and out of advisories. A seat moves the access of everyone in charge, on the same day."""

import datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from advisories.models import Advisory, Charge, Seat
from audit.actions import record
from students.actions import team
from students.models import Student


class RosterError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def open_advisory(*, school, name: str, by, on: datetime.date, room="") -> Advisory:
    if Advisory.objects.open(on).filter(school=school, name__iexact=name).exists():
        raise RosterError(_("There is already an advisory called %(name)s.") % {"name": name})
    advisory = Advisory.objects.create(school=school, name=name, room=room, opened_on=on)
    record("advisories.opened", by=by, subject=advisory, school_id=school.pk, name=name)
    return advisory


@transaction.atomic
def close_advisory(*, advisory: Advisory, by, on: datetime.date) -> Advisory:
    """Close an empty advisory; its history stays. Raises RosterError while students sit in it."""
    if advisory.seats.on(on).exists():
        raise RosterError(_("Move the students of %(name)s before you close it.") % {"name": advisory.name})
    for charge in advisory.charges.on(on):
        _end(charge, on)
    advisory.closed_on = on
    advisory.save(update_fields=["closed_on"])
    record("advisories.closed", by=by, subject=advisory, school_id=advisory.school_id)
    return advisory


@transaction.atomic
def seat(*, student: Student, advisory: Advisory, by, on: datetime.date) -> Seat:
    """Put a student into an advisory from `on`, out of the one before. A sixteenth is allowed: the page warns."""
    if student.school_id != advisory.school_id:
        raise RosterError(_("%(name)s belongs to another school.") % {"name": student.name})
    if on < student.started_on:
        raise RosterError(
            _("%(name)s started on %(day)s; a move cannot be before that.")
            % {"name": student.name, "day": date_format(student.started_on)}
        )
    if student.seats.filter(starts_on__gt=on).exists():
        raise RosterError(_("A later move of %(name)s is already planned. Undo it first.") % {"name": student.name})
    current = student.seats.select_for_update().on(on).select_related("advisory").first()
    if current is not None:
        if current.advisory_id == advisory.pk:
            return current
        unseat(seat=current, by=by, on=on)
    new = Seat.objects.create(student=student, advisory=advisory, starts_on=on)
    for charge in advisory.charges.exclude(ends_on__lte=on):
        give_access(charge=charge, seat=new, by=by, on=on)
    record(
        "advisories.seated", by=by, subject=new, school_id=student.school_id, student_id=student.pk,
        advisory=advisory.pk, on=on.isoformat(),
    )  # fmt: skip
    return new


@transaction.atomic
def unseat(*, seat: Seat, by, on: datetime.date) -> Seat:
    """End a seat on `on`; those in charge lose the student's access with it."""
    _end(seat, on)
    team.leave(cause=seat.advisory.cause, student=seat.student, by=by, on=on)
    record(
        "advisories.unseated", by=by, subject=seat, school_id=seat.advisory.school_id, student_id=seat.student_id,
        advisory=seat.advisory_id, on=on.isoformat(),
    )  # fmt: skip
    return seat


def give_access(*, charge: Charge, seat: Seat, by, on: datetime.date) -> None:
    """Let whoever has the charge see who has the seat, from `on`, while both last."""
    starts_on = max(on, charge.starts_on, seat.starts_on)
    until = min((end for end in (charge.ends_on, seat.ends_on) if end), default=None)
    if until is not None and until <= starts_on:
        return
    team.join(
        student=seat.student, user=charge.user, role=charge.team_role, cause=charge.advisory.cause,
        by=by, on=starts_on, until=until,
    )  # fmt: skip


def _end(period, on):
    period.ends_on = max(on, period.starts_on)
    period.save(update_fields=["ends_on"])
