"""Carries what an earlier plan left unfinished into the next one, thing by thing as its people chose."""

import dataclasses
import datetime

from django.db import transaction

from coedit.actions import write
from coedit.document import load
from coedit.markdown import to_markdown
from plans.actions.hold import hold, note
from plans.actions.items import GoalChoice, details_of, draft_from, make_item
from plans.carrying import Offers
from plans.models import Carried, OwnGoal, Plan, Section, WorkItem

Choice = Carried.Choice


@transaction.atomic
def carry_over(*, plan: Plan, offers: Offers, choices: dict, by, at: datetime.datetime) -> list[WorkItem]:
    """Do what was chosen for each thing of `offers`; what has no choice yet is offered again.

    `choices` is (kind of thing, its id) -> Choice, the kind being "item", "goal" or "section". Answers the new items
    that somebody wants to change. Chosen twice (a double tap, two people at once), a thing is carried once.
    """
    hold(plan)
    for goal in _chosen(plan, offers.goals, "goal", choices, by, at):
        _carry_goal(plan, goal, by, at)
    goals = {goal.carried_from_id: goal for goal in plan.own_goals.filter(carried_from__isnull=False)}
    items = [
        (item, _carry_item(plan, item, goals, by, at)) for item in _chosen(plan, offers.items, "item", choices, by, at)
    ]
    for section in _chosen(plan, offers.sections, "section", choices, by, at):
        _carry_words(plan, section, by, at)
    note("plans.carried_over", plan, by, answers=len(choices))
    return [new for old, new in items if choices["item", old.pk] == Choice.CHANGE]


def _chosen(plan, things, kind, choices, by, at):
    """Write the answers down; yields the things to take."""
    column = {"item": "item", "goal": "own_goal", "section": "section"}[kind]
    for thing in things:
        choice = choices.get((kind, thing.pk))
        if choice is None:
            continue
        _row, is_new = Carried.objects.get_or_create(
            plan=plan, **{column: thing}, defaults={"choice": choice, "by": by, "at": at}
        )
        if is_new and choice != Choice.LEAVE:
            yield thing


def _carry_goal(plan, goal, by, at) -> OwnGoal:
    return OwnGoal.objects.create(
        plan=plan, school_id=plan.school_id, words=goal.words, why=goal.why, added_by=by, changed_by=by, added_at=at,
        carried_from=goal,
    )  # fmt: skip


def _carry_item(plan, item: WorkItem, goals, by, at) -> WorkItem:
    """The work as it was, in its order behind what is there; own goals that were taken, now or before, follow it."""
    details = details_of(item)
    kept = tuple(
        choice if choice.own_goal is None else GoalChoice(choice.how, own_goal=goals[choice.own_goal.pk])
        for choice in details.goals
        if choice.own_goal is None or choice.own_goal.pk in goals
    )
    changes = {"goals": kept}
    if item.until_on and item.until_on < plan.term.starts_on:
        changes |= {"from_on": None, "until_on": None}
    details = dataclasses.replace(details, **changes)
    return make_item(plan, details, by, at, draft=draft_from(plan, item), state=item.state, carried_from=item)


def _carry_words(plan, old: Section, by, at):
    """Earlier words become the first words of the new section, unless somebody began to write there meanwhile."""
    new = plan.sections.select_related("text").get(key=old.key)
    if new.text.is_empty:
        words = to_markdown(load(old.text_id).tree())
        write(text=new.text, markdown=words, base_id=new.text.last_update_id, by=by, now=at)
