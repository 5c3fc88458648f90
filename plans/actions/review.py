"""From draft to review, and back with a note."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from plans import news
from plans.actions.hold import PlanError, hold, note
from plans.models import Plan, Step

State = Plan.State


def take_step(plan: Plan, kind: str, state: str, by, at, words="", version=None) -> Step:
    """Write down a step of the plan's life; the caller holds the plan and saves it."""
    plan.step = Step.objects.create(
        plan=plan, school_id=plan.school_id, kind=kind, by=by, at=at, words=words, version=version
    )
    plan.state = state
    return plan.step


@transaction.atomic
def submit(*, plan: Plan, by, on: datetime.date, at: datetime.datetime, words="") -> Step:
    """Ask for the review of a draft. Asked twice, it is asked once."""
    hold(plan, State.DRAFT, State.IN_REVIEW)
    if plan.state == State.IN_REVIEW:
        return plan.step
    step = take_step(plan, Step.Kind.SUBMITTED, State.IN_REVIEW, by, at, words)
    plan.save(update_fields=["state", "step"])
    note("plans.submitted", plan, by, subject=step)
    news.review_asked(plan, by, on)
    return step


@transaction.atomic
def send_back(*, plan: Plan, words: str, by, on: datetime.date, at: datetime.datetime) -> Step:
    """Back to a draft, with what is still to do. A version that was out is signed by nobody any more; signatures on it
    stay what they are."""
    hold(plan, State.IN_REVIEW)
    if not words.strip():
        raise PlanError(_("Say what is still to do, so that it is clear why the plan comes back."))
    if plan.is_out:
        plan.version.withdrawn_at = at
        plan.version.save(update_fields=["withdrawn_at"])
    step = take_step(plan, Step.Kind.RETURNED, State.DRAFT, by, at, words)
    plan.save(update_fields=["state", "step"])
    note("plans.sent_back", plan, by, subject=step)
    news.sent_back(plan, by, on)
    return step
