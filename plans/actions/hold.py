"""How every action on a plan begins: the plan's row is the lock, and its state is read behind it."""

from django.utils.translation import gettext as _

from audit.actions import record
from plans.models import Plan

_FRESH = ["state", "version", "in_force", "step", "order_version", "ordered_by"]


class PlanError(ValueError):
    """Said to the person who asked, in their words."""


class ChangedMeanwhile(PlanError):
    """Somebody else changed the same thing; `now` is how it stands."""

    def __init__(self, words, now):
        super().__init__(words)
        self.now = now


def hold(plan: Plan, *states: str) -> None:
    """Lock the plan and read its state anew. Raises PlanError if it is closed, or in none of `states`."""
    plan.refresh_from_db(fields=_FRESH, from_queryset=Plan.objects.select_for_update())
    if plan.is_closed:
        raise PlanError(_("This plan is closed and stays as it is. What is unfinished can go into the next one."))
    if states and plan.state not in states:
        raise PlanError(
            _("That cannot be done now: the plan is “%(state)s”. Somebody may have been quicker than you.")
            % {"state": plan.get_state_display()}
        )


def note(action: str, plan: Plan, by, subject=None, **details) -> None:
    record(
        action, by=by, subject=subject or plan, school_id=plan.school_id, student_id=plan.student_id, plan=plan.pk,
        **details,
    )  # fmt: skip
