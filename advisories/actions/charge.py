"""Who has an advisory in charge: advisers, cover for an ill one, a handover when one leaves."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advisories.actions.roster import give_access
from advisories.models import Advisory, Charge
from audit.actions import record
from students.actions import team

MOST_ADVISERS = 2


class ChargeError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def take_charge(
    *, advisory: Advisory, user, by, on: datetime.date, kind: str = Charge.Kind.ADVISER, until=None, reason=""
) -> Charge:
    """`user` has the advisory, and access to all who sit in it, from `on` to before `until`."""
    if until is not None and until <= on:
        raise ChargeError(_("The end is before the start."))
    if kind == Charge.Kind.COVER and until is None:
        raise ChargeError(_("Say until when the cover lasts; it can be made longer later."))
    others = Charge.objects.filter(advisory=advisory).overlapping(on, until)
    if others.filter(user=user).exists():
        raise ChargeError(
            _("%(name)s already has %(advisory)s in that time.") % {"name": user.name, "advisory": advisory.name}
        )
    if kind == Charge.Kind.ADVISER and others.filter(kind=kind).count() >= MOST_ADVISERS:
        raise ChargeError(_("%(advisory)s already has two advisers.") % {"advisory": advisory.name})
    charge = Charge.objects.create(advisory=advisory, user=user, kind=kind, starts_on=on, ends_on=until, reason=reason)
    for seat in advisory.seats.exclude(ends_on__lte=on).select_related("student"):
        give_access(charge=charge, seat=seat, by=by, on=on)
    record(
        "advisories.charge.taken", by=by, subject=charge, school_id=advisory.school_id, advisory=advisory.pk,
        user=user.pk, kind=kind, starts_on=on.isoformat(),
    )  # fmt: skip
    return charge


@transaction.atomic
def end_charge(*, charge: Charge, by, on: datetime.date) -> Charge:
    """`on` is the first day without it; what the person wrote stays."""
    charge.ends_on = max(on, charge.starts_on)
    charge.save(update_fields=["ends_on"])
    team.leave(cause=charge.advisory.cause, user=charge.user, by=by, on=on)
    record(
        "advisories.charge.ended", by=by, subject=charge, school_id=charge.advisory.school_id,
        advisory=charge.advisory_id, user=charge.user_id,
    )  # fmt: skip
    return charge


@transaction.atomic
def hand_over(*, charge: Charge, to, by, on: datetime.date) -> Charge:
    """From `on`, `to` is the adviser instead: no day with two, no day with none."""
    end_charge(charge=charge, by=by, on=on)
    return take_charge(advisory=charge.advisory, user=to, by=by, on=max(on, charge.starts_on))
