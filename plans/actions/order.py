"""The order of work. Whoever orders says which order they saw: two at once do not undo each other in silence."""

from django.db import transaction
from django.utils.translation import gettext as _

from plans.actions.hold import PlanError, hold, note
from plans.models import Plan, WorkItem
from plans.parts import in_order

UP, DOWN = "up", "down"


class OrderChanged(PlanError):
    """Somebody else ordered the work in between."""


@transaction.atomic
def move_item(*, item: WorkItem, direction: str, seen: int, by) -> None:
    """One place up or down among the work that is not dropped. `seen` is the plan's order_version on the page."""
    plan = item.plan
    _hold_order(plan, seen)
    ids = [one.pk for one in in_order(plan.items.all()) if one.state != WorkItem.State.DROPPED]
    if item.pk not in ids:
        raise PlanError(_("This work is dropped. Take it up again to give it a place."))
    here = ids.index(item.pk)
    there = here + (-1 if direction == UP else 1)
    if 0 <= there < len(ids):
        ids[here], ids[there] = ids[there], ids[here]
        _write(plan, ids, by)


@transaction.atomic
def put_in_order(*, plan: Plan, ids: list[int], seen: int, by) -> None:
    """The order of `ids`. Work that is not among them keeps its order behind them all (added meanwhile, dropped), or
    stays behind its first part (split off meanwhile).

    Raises OrderChanged when somebody else ordered in between.
    """
    _hold_order(plan, seen)
    if sorted(ids) != sorted(set(ids)) or not set(ids) <= {item.pk for item in plan.items.all()}:
        raise PlanError(_("That order names work that is not in this plan. Nothing was changed."))
    _write(plan, ids, by)


def _hold_order(plan, seen):
    hold(plan)
    if plan.order_version != seen:
        raise OrderChanged(
            _("%(name)s changed the order just before you. This is how it stands now; move again if it still fits.")
            % {"name": plan.ordered_by.name if plan.ordered_by else _("Somebody")}
        )


def _write(plan, ids, by):
    items = in_order(plan.items.all())
    places = {pk: place for place, pk in enumerate(ids)}
    items.sort(key=lambda item: places.get(item.pk, places.get(item.split_from_id, len(ids))))
    for priority, item in enumerate(items, start=1):
        item.priority = priority
    WorkItem.objects.bulk_update(items, ["priority"])
    plan.order_version, plan.ordered_by = plan.order_version + 1, by
    plan.save(update_fields=["order_version", "ordered_by"])
    note("plans.items.ordered", plan, by, order=[item.pk for item in items])
