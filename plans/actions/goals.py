"""The student's own goals, beside the school's."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from common.once import once
from plans.actions.hold import ChangedMeanwhile, hold, note
from plans.models import OwnGoal, Plan


@transaction.atomic
def add_own_goal(*, plan: Plan, words: str, by, at: datetime.datetime, why="", key=None) -> OwnGoal:
    """The same words with the same `key` are one goal (a double tap, a resent form)."""
    hold(plan)
    key = once(key, plan.pk, by.pk, words, why)
    if key is not None and (same := OwnGoal.objects.filter(key=key, plan=plan).first()):
        return same
    goal = OwnGoal.objects.create(
        plan=plan, school_id=plan.school_id, words=words, why=why, added_by=by, changed_by=by, added_at=at, key=key
    )
    note("plans.own_goal.added", plan, by, subject=goal, words=words)
    return goal


@transaction.atomic
def change_own_goal(*, goal: OwnGoal, words: str, why: str, state: str, version: int, by) -> OwnGoal:
    """`version` is that of the goal which the writer saw. Raises ChangedMeanwhile if somebody was quicker."""
    hold(goal.plan)
    goal.refresh_from_db(from_queryset=OwnGoal.objects.select_for_update())
    if goal.version != version:
        raise ChangedMeanwhile(
            _("%(name)s changed this goal while you did. How it stands now is below: join the two and save.")
            % {"name": goal.changed_by.name},
            goal,
        )
    goal.words, goal.why, goal.state = words, why, state
    goal.version, goal.changed_by = version + 1, by
    goal.save()
    note("plans.own_goal.changed", goal.plan, by, subject=goal, words=words, state=state)
    return goal
