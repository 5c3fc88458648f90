"""Work items: added, changed, split, moved on. Their order is actions/order.py's."""

import datetime
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from coedit.actions import Draft, create_many
from coedit.document import load
from common.once import once
from plans.actions.hold import ChangedMeanwhile, PlanError, hold, note
from plans.defaults import EVERYBODY, ITEM_WRITERS
from plans.models import ItemGoal, OwnGoal, Plan, WorkItem
from schools.models import LearningGoal


@dataclass(frozen=True)
class GoalChoice:
    """A goal that the work serves, the school's or the student's own, and how."""

    how: str
    goal: LearningGoal | None = None
    own_goal: OwnGoal | None = None


@dataclass(frozen=True)
class Details:
    """What is said of a piece of work beside its words."""

    title: str
    resources: str = ""
    when: str = ""
    from_on: datetime.date | None = None
    until_on: datetime.date | None = None
    shows: str = ""
    evidence: str = ""
    goals: tuple[GoalChoice, ...] = field(default=(), compare=False)

    @property
    def columns(self) -> dict:
        return {name: value for name, value in asdict(self).items() if name != "goals"}


@transaction.atomic
def add_item(*, plan: Plan, details: Details, by, at: datetime.datetime, words="", key=None) -> WorkItem:
    """A new piece of work, last in the order. The same, with the same `key`, is one (a double tap, a resent form)."""
    hold(plan)
    key = once(key, plan.pk, by.pk, details, words)
    if key is not None and (same := WorkItem.objects.filter(key=key, plan=plan).first()):
        return same
    item = make_item(plan, details, by, at, draft=_draft(plan, details.title, markdown=words), key=key)
    note("plans.item.added", plan, by, subject=item, title=item.title)
    return item


def make_item(plan: Plan, details: Details, by, at, *, draft: Draft, priority: int | None = None, **links) -> WorkItem:
    """Create the rows of an item; the caller holds the plan."""
    _check_dates(details)
    text = create_many(drafts=[draft], by=by, at=at)[0]
    if priority is None:
        priority = 1 + max(plan.items.values_list("priority", flat=True), default=0)
    item = WorkItem.objects.create(
        plan=plan, school_id=plan.school_id, text=text, priority=priority, added_by=by, changed_by=by, added_at=at,
        **details.columns, **links,
    )  # fmt: skip
    _set_goals(item, details.goals)
    return item


def _draft(plan, title, **words) -> Draft:
    return Draft(plan.student, title, EVERYBODY, ITEM_WRITERS, **words)


def draft_from(plan: Plan, item: WorkItem) -> Draft:
    """A text that begins with the words of another item."""
    return _draft(plan, item.title, blocks=load(item.text_id).tree())


def _check_dates(details):
    if details.from_on and details.until_on and details.until_on < details.from_on:
        raise PlanError(_("The last day is before the first."))


def _set_goals(item, goals):
    item.item_goals.all().delete()
    ItemGoal.objects.bulk_create(
        ItemGoal(item=item, goal=choice.goal, own_goal=choice.own_goal, how=choice.how) for choice in goals
    )


@transaction.atomic
def change_item(*, item: WorkItem, details: Details, version: int, by) -> WorkItem:
    """Change what is said of a piece of work. `version` is that of the item which the writer saw.

    Raises ChangedMeanwhile when somebody else changed it in between.
    """
    hold(item.plan)
    item.refresh_from_db(from_queryset=WorkItem.objects.select_for_update())
    if item.version != version:
        raise ChangedMeanwhile(
            _("%(name)s changed this work while you did. How it stands now is below: join the two and save.")
            % {"name": item.changed_by.name},
            item,
        )
    _check_dates(details)
    for name, value in details.columns.items():
        setattr(item, name, value)
    item.version, item.changed_by = version + 1, by
    item.save()
    _set_goals(item, details.goals)
    note("plans.item.changed", item.plan, by, subject=item, title=item.title)
    return item


@transaction.atomic
def set_item_state(*, item: WorkItem, state: str, by) -> WorkItem:
    """Planned, doing, done or dropped: how far the work is, which asks nobody to sign again unless it is dropped."""
    hold(item.plan)
    if item.state != state:
        was, item.state = item.state, state
        item.save(update_fields=["state"])
        note("plans.item.state", item.plan, by, subject=item, was=was, now=state)
    return item


@transaction.atomic
def split_item(
    *, item: WorkItem, title: str, rest_title: str, version: int, by, at: datetime.datetime, key=None
) -> WorkItem:
    """Make two of one: the item keeps its place as `title`, the rest comes right behind it as `rest_title`.

    Both begin with the same words and goals, so that nothing is lost: each is then cut down to its own. Raises
    ChangedMeanwhile as change_item does.
    """
    hold(item.plan)
    key = once(key, item.pk, by.pk, title, rest_title)
    if key is not None and (same := WorkItem.objects.filter(key=key, plan=item.plan).first()):
        return same
    rest = _rest_of(item, rest_title)
    change_item(item=item, details=details_of(item, title=title), version=version, by=by)
    item.plan.items.filter(priority__gt=item.priority).update(priority=F("priority") + 1)
    part = make_item(
        item.plan, rest, by, at, draft=draft_from(item.plan, item), priority=item.priority + 1, split_from=item, key=key
    )
    note("plans.item.split", item.plan, by, subject=item, into=part.pk)
    return part


def _rest_of(item, title):
    if not title.strip():
        raise PlanError(_("Give the second part a title."))
    return details_of(item, title=title)


def details_of(item: WorkItem, **changes) -> Details:
    """What is said of `item`, with `changes`."""
    goals = tuple(
        GoalChoice(row.how, row.goal, row.own_goal) for row in item.item_goals.select_related("goal", "own_goal")
    )
    names = ("title", "resources", "when", "from_on", "until_on", "shows", "evidence")
    return Details(**({name: getattr(item, name) for name in names} | {"goals": goals} | changes))
