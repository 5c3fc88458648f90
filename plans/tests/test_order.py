"""Work in priority order, by buttons and by dragging; two at once."""

import pytest

from bpl.tests.cast import NOW
from plans.actions.hold import PlanError
from plans.actions.items import split_item
from plans.actions.order import OrderChanged, move_item, put_in_order
from plans.models import WorkItem
from plans.parts import parts_of
from plans.tests.factories import a_plan, an_item, fresh


@pytest.fixture
def plan(cast):
    plan = a_plan(cast)
    for title in ("Sail", "Weld", "Write"):
        an_item(plan, title)
    return plan


def titles(plan):
    return [item.title for item in parts_of(plan).items]


def item(plan, title):
    return plan.items.get(title=title)


def test_a_button_moves_one_place(cast, client, plan):
    client.force_login(cast.sam)
    client.post(f"/plans/{plan.pk}/items/order/", {"move": f"up:{item(plan, 'Weld').pk}", "version": 0})
    assert titles(plan) == ["Weld", "Sail", "Write"]
    client.post(f"/plans/{plan.pk}/items/order/", {"move": f"down:{item(plan, 'Sail').pk}", "version": 1})
    assert titles(plan) == ["Weld", "Write", "Sail"]


def test_dragging_sends_the_whole_order(cast, client, plan):
    ids = [item(plan, title).pk for title in ("Write", "Sail", "Weld")]
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/items/order/", {"order": ids, "version": 0})
    assert titles(plan) == ["Write", "Sail", "Weld"]


def test_two_at_once_get_a_clear_word_and_nothing_is_lost(cast, client, plan):
    move_item(item=item(plan, "Weld"), direction="up", seen=0, by=cast.ada)
    client.force_login(cast.sam)
    page = client.post(
        f"/plans/{plan.pk}/items/order/", {"move": f"up:{item(plan, 'Write').pk}", "version": 0}, follow=True
    ).content.decode()
    assert "Ada Lindqvist changed the order just before you" in page
    assert titles(plan) == ["Weld", "Sail", "Write"]


def test_work_added_meanwhile_comes_last(cast, plan):
    ids = [item(plan, title).pk for title in ("Write", "Weld", "Sail")]
    an_item(plan, "Cook")
    put_in_order(plan=plan, ids=ids, seen=0, by=cast.sam)
    assert titles(plan) == ["Write", "Weld", "Sail", "Cook"]


def test_what_was_split_off_meanwhile_stays_behind_its_first_part(cast, plan):
    ids = [item(plan, title).pk for title in ("Write", "Weld", "Sail")]
    split_item(item=item(plan, "Weld"), title="Weld", rest_title="Grind", version=1, by=cast.ada, at=NOW)
    put_in_order(plan=fresh(plan), ids=ids, seen=0, by=cast.sam)
    assert titles(plan) == ["Write", "Weld", "Grind", "Sail"]


def test_an_order_of_another_plans_work_is_refused(cast, plan):
    other = an_item(a_plan(cast, "lena"), "Dance")
    with pytest.raises(PlanError, match="not in this plan"):
        put_in_order(plan=plan, ids=[other.pk], seen=0, by=cast.sam)
    assert fresh(plan).order_version == 0


def test_moving_passes_over_dropped_work(cast, plan):
    WorkItem.objects.filter(title="Weld").update(state="dropped")
    move_item(item=item(plan, "Write"), direction="up", seen=0, by=cast.sam)
    assert [title for title in titles(plan) if title != "Weld"] == ["Write", "Sail"]


def test_an_old_order_is_refused_when_dragged_too(cast, plan):
    move_item(item=item(plan, "Weld"), direction="up", seen=0, by=cast.ada)
    with pytest.raises(OrderChanged):
        put_in_order(plan=plan, ids=[item(plan, "Write").pk], seen=0, by=cast.sam)
