"""What somebody of the school has seen of an organisation or a mentor, and until when it holds."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from common.refusals import SaidAtField
from mentors.models import Clearance, Organisation


class ClearanceError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def verify(
    *, school, kind: str, by, verified_on: datetime.date, on: datetime.date, organisation: Organisation | None = None,
    user: User | None = None, expires_on: datetime.date | None = None, reference="",
) -> Clearance:  # fmt: skip
    """`by` has seen the paper on `verified_on`; `expires_on` is the first day without. `on` is today."""
    if verified_on > on:
        raise ClearanceError(_("Nobody can have seen it on a day that has not come yet."), "verified_on")
    if expires_on is not None and expires_on <= verified_on:
        raise ClearanceError(_("It must hold for longer than the day on which it was seen."), "last_day")
    clearance = Clearance.objects.create(
        school=school, kind=kind, organisation=organisation, user=user, verified_on=verified_on, expires_on=expires_on,
        reference=reference, verified_by=by,
    )  # fmt: skip
    _record("verified", clearance, by)
    return clearance


@transaction.atomic
def withdraw(*, clearance: Clearance, by, now: datetime.datetime) -> Clearance:
    """It was written down wrongly, or no longer holds; that it was there stays."""
    clearance = Clearance.objects.select_for_update().get(pk=clearance.pk)
    if clearance.withdrawn_at is None:
        clearance.withdrawn_at, clearance.withdrawn_by = now, by
        clearance.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record("withdrawn", clearance, by)
    return clearance


def _record(what, clearance, by):
    record(
        f"mentors.clearance.{what}", by=by, subject=clearance, school_id=clearance.school_id, kind=clearance.kind,
        organisation=clearance.organisation_id, user=clearance.user_id,
    )  # fmt: skip
