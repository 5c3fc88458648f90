import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import NOW
from plans.actions.goals import add_own_goal
from plans.actions.items import ChangedMeanwhile, Details, change_item, details_of, set_item_state, split_item
from plans.models import OwnGoal, WorkItem
from plans.parts import parts_of
from plans.tests.factories import a_plan, an_item


def goal(cast, key="empirical"):
    return cast.school.goals.get(key=key)


def test_work_is_added_with_its_goals_and_words(cast, client):
    plan, pk = a_plan(cast), goal(cast).pk
    own = add_own_goal(plan=plan, words="Finish something", by=cast.sam, at=NOW)
    client.force_login(cast.sam)
    said = {"title": "Build a tide gauge", "words": "From **driftwood**."}
    client.post(f"/plans/{plan.pk}/items/new/", said | {f"goal_how_{pk}": "I test it.", f"own_{own.pk}": "on"})
    item = parts_of(plan).items[0]
    assert "<strong>driftwood</strong>" in item.text.html
    goals = [(line.name, line.how) for line in item.goals]
    assert goals == [("Empirical reasoning", "I test it."), ("Finish something", "")]


def test_a_sixth_goal_shows_when_the_school_added_it(cast, client):
    plan = a_plan(cast)
    cast.school.goals.create(key="learning", name="Knowing how to learn", question="How do I learn best?", order=5)
    client.force_login(cast.sam)
    assert "Knowing how to learn" in client.get(f"/plans/{plan.pk}/items/new/").content.decode()


def test_a_retired_goal_shows_only_where_it_is_served(cast, client):
    plan, retired = a_plan(cast), goal(cast)
    item = an_item(plan)
    item.item_goals.create(goal=retired, how="I test it.")
    retired.retired_on = datetime.date(2026, 10, 1)
    retired.save()
    client.force_login(cast.sam)
    assert "Empirical reasoning" in client.get(f"/plans/{plan.pk}/items/{item.pk}/").content.decode()
    assert "Empirical reasoning" not in client.get(f"/plans/{plan.pk}/items/new/").content.decode()


def test_a_double_tap_is_one_piece_of_work(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    for _tap in range(2):
        client.post(f"/plans/{plan.pk}/items/new/", {"title": "Sail", "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"})
    assert WorkItem.objects.count() == 1


def test_an_end_before_the_start_is_refused_and_nothing_is_lost(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    page = client.post(
        f"/plans/{plan.pk}/items/new/",
        {"title": "Sail", "from_on": "2026-12-01", "until_on": "2026-11-01", "evidence": "A chart of the bay"},
    ).content.decode()
    assert "The last day is before the first." in page and "A chart of the bay" in page
    assert not WorkItem.objects.exists()


def test_a_date_in_the_other_countrys_order_is_named(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    page = client.post(f"/plans/{plan.pk}/items/new/", {"title": "Sail", "from_on": "24/11/2026"}).content.decode()
    assert "If you mean 2026-11-24, write that." in page


def test_two_who_change_one_work_lose_nothing(cast, client):
    item = an_item(a_plan(cast))
    change_item(item=item, details=details_of(item, resources="Ada's cousin has a boat"), version=1, by=cast.ada)
    client.force_login(cast.sam)
    address = f"/plans/{item.plan_id}/items/{item.pk}/"
    page = client.post(address, {"title": item.title, "resources": "The library", "version": 1}).content.decode()
    assert "Ada Lindqvist changed this work while you did" in page
    assert "Ada&#x27;s cousin has a boat" in page and "The library" in page
    # The page that named the clash carries the newer version behind the older one.
    client.post(address, {"title": item.title, "resources": "Both", "version": [1, 2]})
    item.refresh_from_db()
    assert (item.resources, item.version) == ("Both", 3)


def test_splitting_what_somebody_just_changed_shows_how_it_stands_and_goes_on(cast, client):
    item = an_item(a_plan(cast))
    change_item(item=item, details=details_of(item, resources="Ada's cousin has a boat"), version=1, by=cast.ada)
    client.force_login(cast.sam)
    address, words = f"/plans/{item.plan_id}/items/{item.pk}/split/", {"title": "Draw it", "rest_title": "Build it"}
    page = client.post(address, words | {"version": 1}).content.decode()
    assert "Ada&#x27;s cousin has a boat" in page and 'value="Build it"' in page
    client.post(address, words | {"version": [1, 2]})
    assert list(item.plan.items.values_list("title", flat=True)) == ["Draw it", "Build it"]


def test_splitting_makes_two_with_the_same_words_side_by_side(cast):
    plan = a_plan(cast)
    first, last = an_item(plan), an_item(plan, "Learn to weld")
    first.item_goals.create(goal=goal(cast), how="I test it.")
    part = split_item(item=first, title="Draw it", rest_title="Build it", version=1, by=cast.sam, at=NOW)
    items = parts_of(plan).items
    assert [item.title for item in items] == ["Draw it", "Build it", last.title]
    assert items[1].text.plain == items[0].text.plain and items[1].text_id != items[0].text_id
    assert [line.how for line in items[1].goals] == ["I test it."] and part.split_from == first


def test_splitting_what_somebody_just_changed_is_refused(cast):
    item = an_item(a_plan(cast))
    change_item(item=item, details=Details(title="Build a gauge"), version=1, by=cast.ada)
    with pytest.raises(ChangedMeanwhile):
        split_item(item=item, title="Draw it", rest_title="Build it", version=1, by=cast.sam, at=NOW)
    assert WorkItem.objects.count() == 1


def test_dropped_work_stays_to_be_read(cast, client):
    item = an_item(a_plan(cast))
    set_item_state(item=item, state="dropped", by=cast.sam)
    client.force_login(cast.mo)
    page = client.get(f"/plans/{item.plan_id}/").content.decode()
    assert "1 piece of work was dropped" in page and "Build a tide gauge" in page


def test_the_database_refuses_a_goal_that_is_both(cast):
    plan = a_plan(cast)
    item, own = an_item(plan), add_own_goal(plan=plan, words="Swim", by=cast.sam, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        item.item_goals.create(goal=goal(cast), own_goal=own)


def test_two_who_change_one_own_goal_lose_nothing(cast, client):
    own = add_own_goal(plan=a_plan(cast), words="Swim", by=cast.sam, at=NOW)
    OwnGoal.objects.filter(pk=own.pk).update(version=2, words="Swim a mile", changed_by=cast.ada)
    client.force_login(cast.sam)
    page = client.post(
        f"/plans/{own.plan_id}/goals/{own.pk}/", {"words": "Swim far", "why": "", "state": "open", "version": 1}
    ).content.decode()
    assert "Ada Lindqvist changed this goal while you did" in page
    assert "Swim a mile" in page and 'value="Swim far"' in page


def test_other_work_from_the_same_page_is_another_piece(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    for words in ("With oars.", "With oars.", "Without."):
        said = {"title": "Sail", "words": words, "key": "7c9e6679-7425-40de-944b-e07fc1f90ae7"}
        client.post(f"/plans/{plan.pk}/items/new/", said)
    assert [item.text.plain for item in parts_of(plan).items] == ["With oars.", "Without."]
