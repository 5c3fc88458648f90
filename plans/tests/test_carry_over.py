"""The next plan begins with what the last one left unfinished, offered thing by thing."""

import pytest

from bpl.tests.cast import NOW
from plans.actions.goals import add_own_goal
from plans.actions.items import set_item_state
from plans.actions.sections import open_section
from plans.carrying import offers_for
from plans.models import Carried, Section
from plans.parts import parts_of
from plans.tests.factories import a_plan, an_item, fresh, say
from schools.roles import Role
from students.access import standing_on


@pytest.fixture
def old(cast):
    plan = a_plan(cast)
    say(plan, "who_i_am", "I take engines apart.", cast.sam)
    say(plan, "family", "We eat together on Sundays.", cast.rosa)
    for title in ("Sail", "Weld", "Write"):
        an_item(plan, title, evidence=f"A thing to {title.lower()}")
    set_item_state(item=plan.items.get(title="Write"), state="done", by=cast.sam)
    return plan


@pytest.fixture
def new(cast, old):
    return fresh(a_plan(cast, term=cast.next_term))


def carry(client, cast, plan, **choices):
    client.force_login(cast.sam)
    return client.post(f"/plans/{plan.pk}/carry-over/", choices)


def item(plan, title):
    return plan.items.get(title=title)


def test_what_is_finished_is_not_offered(cast, client, new):
    client.force_login(cast.sam)
    page = client.get(f"/plans/{new.pk}/carry-over/").content.decode()
    assert "Sail" in page and "Weld" in page and "Write" not in page


def test_work_is_taken_as_it_is(cast, client, old, new):
    own = add_own_goal(plan=old, words="Finish something", by=cast.sam, at=NOW)
    old_item = item(old, "Sail")
    old_item.item_goals.create(own_goal=own, how="To the end.")
    carry(client, cast, new, **{f"item_{old_item.pk}": "take", f"goal_{own.pk}": "take"})
    taken = parts_of(new).items[0]
    assert (taken.title, taken.evidence, taken.carried_from) == ("Sail", "A thing to sail", old_item)
    assert "from driftwood" in taken.text.plain and taken.text_id != old_item.text_id
    assert [(line.name, line.how) for line in taken.goals] == [("Finish something", "To the end.")]


def test_work_finds_an_own_goal_that_was_taken_before(cast, client, old, new):
    own = add_own_goal(plan=old, words="Finish something", by=cast.sam, at=NOW)
    old_item = item(old, "Sail")
    old_item.item_goals.create(own_goal=own, how="To the end.")
    carry(client, cast, new, **{f"goal_{own.pk}": "take"})
    carry(client, cast, new, **{f"item_{old_item.pk}": "take"})
    assert [(line.name, line.how) for line in parts_of(new).items[0].goals] == [("Finish something", "To the end.")]


def test_what_is_left_is_not_offered_again_and_what_is_not_answered_is(cast, client, old, new):
    carry(client, cast, new, **{f"item_{item(old, 'Sail').pk}": "leave"})
    offers = offers_for(new, standing_on(new.student, cast.sam, NOW.date()))
    assert [one.title for one in offers.items] == ["Weld"] and not new.items.exists()


def test_what_is_to_be_changed_opens_for_changing(cast, client, old, new):
    response = carry(client, cast, new, **{f"item_{item(old, 'Weld').pk}": "change"})
    assert response["Location"] == f"/plans/{new.pk}/items/{new.items.get().pk}/"


def test_taken_twice_it_is_there_once(cast, client, old, new):
    for _tap in range(2):
        carry(client, cast, new, **{f"item_{item(old, 'Sail').pk}": "take"})
    assert (new.items.count(), Carried.objects.count()) == (1, 1)


def test_words_are_a_start_where_nothing_is_written_yet(cast, client, old, new):
    who = old.sections.get(key="who_i_am")
    carry(client, cast, new, **{f"section_{who.pk}": "take"})
    assert "I take engines apart." in new.sections.get(key="who_i_am").text.plain


def test_words_never_cover_what_somebody_began(cast, client, old, new):
    who = old.sections.get(key="who_i_am")
    say(new, "who_i_am", "This year I sail.", cast.rosa)
    carry(client, cast, new, **{f"section_{who.pk}": "take"})
    assert new.sections.get(key="who_i_am").text.plain.strip() == "This year I sail."


def test_words_that_one_may_not_read_are_not_offered(cast, old, new):
    section = Section.objects.get(plan=old, key="family")
    standing = standing_on(new.student, cast.mo, NOW.date())
    assert section not in offers_for(new, standing).sections


def test_a_section_opened_wider_says_so_before_its_words_are_taken(cast, client, old, new):
    family = new.sections.get(key="family")
    open_section(section=family, readers=[*family.text.readers, Role.MENTOR], by=cast.ada, on=NOW.date())
    client.force_login(cast.sam)
    page = client.get(f"/plans/{new.pk}/carry-over/").content.decode()
    assert "More people read this section now: mentor" in page


def test_the_plan_before_an_empty_term_still_offers(cast, client, old):
    from schools.models import Term

    later = Term.objects.create(school=cast.school, name="Fall 2027", starts_on="2027-09-01", ends_on="2027-12-18")
    later.refresh_from_db()
    plan = fresh(a_plan(cast, term=later))
    client.force_login(cast.sam)
    assert "Sail" in client.get(f"/plans/{plan.pk}/carry-over/").content.decode()
