"""What organisations offer to students."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.refusals import SaidAtField
from internships.models import Opportunity
from mentors.models import Organisation

FIELDS = ("title", "about", "needs", "tags", "weekdays", "places", "mentor", "starts_on", "ends_on")


class OpportunityError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_opportunity(*, organisation: Organisation, by, **values) -> Opportunity:
    """`values` are FIELDS; some may be left out."""
    _refuse_impossible(organisation, **values)
    opportunity = Opportunity.objects.create(
        school_id=organisation.school_id, organisation=organisation, added_by=by, **values
    )
    _record("added", opportunity, by, title=opportunity.title)
    return opportunity


@transaction.atomic
def change_opportunity(*, opportunity: Opportunity, by, **values) -> Opportunity:
    _refuse_impossible(opportunity.organisation, **values)
    changed = [name for name in FIELDS if name in values and getattr(opportunity, name) != values[name]]
    for name in changed:
        setattr(opportunity, name, values[name])
    if changed:
        opportunity.save()
        _record("changed", opportunity, by, changed=changed)
    return opportunity


@transaction.atomic
def withdraw_opportunity(*, opportunity: Opportunity, by, now: datetime.datetime) -> Opportunity:
    """It is offered no more; whoever has it keeps it."""
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if opportunity.withdrawn_at is None:
        opportunity.withdrawn_at, opportunity.withdrawn_by = now, by
        opportunity.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record("withdrawn", opportunity, by)
    return opportunity


@transaction.atomic
def offer_again(*, opportunity: Opportunity, by) -> Opportunity:
    opportunity = Opportunity.objects.select_for_update().get(pk=opportunity.pk)
    if opportunity.withdrawn_at is not None:
        opportunity.withdrawn_at = opportunity.withdrawn_by = None
        opportunity.save(update_fields=["withdrawn_at", "withdrawn_by"])
        _record("offered_again", opportunity, by)
    return opportunity


def _refuse_impossible(organisation, *, starts_on, ends_on=None, mentor=None, **_rest):
    if ends_on is not None and ends_on <= starts_on:
        raise OpportunityError(_("The last day is before the first."), "last_day")
    if mentor is not None and mentor.organisation.current.pk != organisation.current.pk:
        raise OpportunityError(_("%(name)s mentors somewhere else.") % {"name": mentor.name}, "mentor")


def _record(what, opportunity, by, **details):
    record(
        f"internships.opportunity.{what}", by=by, subject=opportunity, school_id=opportunity.school_id,
        organisation=opportunity.organisation_id, **details,
    )  # fmt: skip
