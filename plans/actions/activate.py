"""A plan becomes active when everybody has signed whom the school's rule names, or with a reason."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plans import news
from plans.actions.hold import PlanError, hold, note
from plans.actions.review import take_step
from plans.models import Plan, Step
from plans.people import team_rows
from plans.standing import PlanStanding, standing_of_plan


def activate_if_complete(plan: Plan, standing: PlanStanding, *, by, on, at) -> bool:
    """The last signature needed makes the version the one in force. The caller holds the plan."""
    if not standing.facts.is_waiting or not standing.is_complete:
        return False
    _put_in_force(plan, by, on, at, "")
    return True


@transaction.atomic
def activate(*, plan: Plan, by, on: datetime.date, at: datetime.datetime, reason="") -> Step:
    """Put the version that is out for signatures in force. Where signatures are missing, a reason is needed."""
    hold(plan, Plan.State.IN_REVIEW, Plan.State.ACTIVE)
    if not plan.can_be_signed:
        raise PlanError(_("Make the plan ready to sign first, so that it is clear what becomes active."))
    if plan.version == plan.in_force:
        raise PlanError(_("This version is active already."))
    standing = standing_of_plan(plan, team_rows(plan.student), on)
    if not standing.is_complete and not reason.strip():
        raise PlanError(_("Signatures are missing. Say why the plan becomes active without them."))
    return _put_in_force(plan, by, on, at, reason)


def _put_in_force(plan, by, on, at, reason) -> Step:
    step = take_step(plan, Step.Kind.ACTIVATED, Plan.State.ACTIVE, by, at, reason, plan.version)
    plan.in_force = plan.version
    plan.save(update_fields=["state", "step", "in_force"])
    note("plans.activated", plan, by, subject=step, number=plan.version.number, reason=reason)
    news.activated(plan, by, on)
    return step
