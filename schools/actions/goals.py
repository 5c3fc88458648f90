"""A school's learning goals: five in the network's words, and what the school makes of them."""

import datetime

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from audit.actions import record
from schools.defaults import QUALITIES
from schools.models import LearningGoal, School

FIELDS = ("name", "question", "prompts")
MOST = 12


class GoalError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_goal(*, school: School, name: str, question: str, by, prompts="", key="") -> LearningGoal:
    """One more goal, last in order. `key` is given for goals that the network knows. Raises GoalError."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    known = list(LearningGoal.objects.filter(school=school))
    _refuse_same_name(known, name, None)
    if len([goal for goal in known if goal.retired_on is None]) >= MOST:
        raise GoalError(_("%(most)s goals are as many as a plan can hold. Retire one first.") % {"most": MOST})
    goal = LearningGoal.objects.create(
        school=school, key=_free_key(key or slugify(name)[:30] or "goal", {goal.key for goal in known}), name=name,
        question=question, prompts=prompts, order=max((goal.order for goal in known), default=-1) + 1,
    )  # fmt: skip
    _record("added", goal, by)
    return goal


@transaction.atomic
def change_goal(*, goal: LearningGoal, name: str, question: str, prompts: str, by) -> LearningGoal:
    """Other words for a goal. Plans that hold it show the new name; what was signed keeps the words it had."""
    school = School.objects.select_for_update(no_key=True).get(pk=goal.school_id)
    _refuse_same_name(LearningGoal.objects.filter(school=school), name, goal)
    goal.name, goal.question, goal.prompts = name, question, prompts
    goal.save(update_fields=FIELDS)
    if goal.key == QUALITIES and school.qualities_name != name:
        school.qualities_name = name
        school.save(update_fields=["qualities_name"])
    _record("changed", goal, by)
    return goal


@transaction.atomic
def move_goal(*, goal: LearningGoal, up: bool, by) -> None:
    """One place up or down among the goals in use. At the end of the list nothing happens."""
    School.objects.select_for_update(no_key=True).get(pk=goal.school_id)
    goals = list(LearningGoal.objects.filter(school_id=goal.school_id, retired_on__isnull=True))
    at = next((index for index, other in enumerate(goals) if other.pk == goal.pk), None)
    to = None if at is None else at + (-1 if up else 1)
    if to is None or not 0 <= to < len(goals):
        return
    goals[at], goals[to] = goals[to], goals[at]
    for order, other in enumerate(goals):
        other.order = order
    LearningGoal.objects.bulk_update(goals, ["order"])
    _record("moved", goal, by)


@transaction.atomic
def retire_goal(*, goal: LearningGoal, by, on: datetime.date) -> LearningGoal:
    """New work is no longer set under this goal; what was done under it stays. One goal always remains."""
    School.objects.select_for_update(no_key=True).get(pk=goal.school_id)
    others = LearningGoal.objects.filter(school_id=goal.school_id, retired_on__isnull=True).exclude(pk=goal.pk)
    if not others.exists():
        raise GoalError(_("This is the last goal. A plan needs at least one."))
    goal.retired_on = on
    goal.save(update_fields=["retired_on"])
    _record("retired", goal, by)
    return goal


@transaction.atomic
def bring_back_goal(*, goal: LearningGoal, by) -> LearningGoal:
    School.objects.select_for_update(no_key=True).get(pk=goal.school_id)
    _refuse_same_name(LearningGoal.objects.filter(school_id=goal.school_id), goal.name, goal)
    goal.retired_on = None
    goal.save(update_fields=["retired_on"])
    _record("brought_back", goal, by)
    return goal


def _refuse_same_name(goals, name, own):
    if any(goal.name.casefold() == name.casefold() and goal.retired_on is None and goal != own for goal in goals):
        raise GoalError(_("There is already a goal called %(name)s.") % {"name": name})


def _free_key(wanted, taken):
    if wanted not in taken:
        return wanted
    return next(key for number in range(2, 1000) if (key := f"{wanted}-{number}") not in taken)


def _record(what, goal, by):
    record(f"schools.goal.{what}", by=by, subject=goal, school_id=goal.school_id, name=goal.name)
