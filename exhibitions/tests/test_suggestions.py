"""What a panel suggests is offered to the next plan: taken in as work, or left."""

import pytest

from bpl.tests.cast import NOW
from exhibitions.actions.judging import Saying, correct
from exhibitions.models import Taken
from exhibitions.suggested import SuggestionError, answer
from exhibitions.tests.factories import an_exhibition, rated, seat_of
from plans.models import WorkItem
from plans.tests.factories import a_plan

WORDS = "Build a second boat, with Lena\nand sell it"


@pytest.fixture
def remark(cast):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.ada)
    seat = seat_of(exhibition, cast.ada)
    correct(seat=seat, sayings=[Saying("suggestion", None, WORDS)], device="a", now=NOW)
    return seat.remarks.get()


def test_the_next_plan_offers_it_and_this_one_does_not(cast, client, remark):
    this, following = a_plan(cast), a_plan(cast, term=cast.next_term)
    client.force_login(cast.sam)
    assert "Suggested at the exhibition" not in client.get(f"/plans/{this.pk}/").content.decode()
    assert "Build a second boat, with Lena" in client.get(f"/plans/{following.pk}/").content.decode()
    client.force_login(cast.rosa)
    shown = client.get(f"/plans/{following.pk}/").content.decode()
    assert "Build a second boat" in shown and f"/plans/{following.pk}/suggestions/" not in shown


def test_it_becomes_work_once(cast, client, remark):
    plan = a_plan(cast, term=cast.next_term)
    client.force_login(cast.sam)
    with pytest.raises(SuggestionError):
        answer(remark=remark, plan=plan, title=" ", takes=True, by=cast.sam, now=NOW)
    for _tap in range(2):
        client.post(f"/plans/{plan.pk}/suggestions/{remark.pk}/", {"do": "take", "title": "The second boat"})
    item = WorkItem.objects.get(plan=plan)
    assert (item.title, item.text.plain.strip()) == ("The second boat", WORDS)
    assert "Suggested at the exhibition" not in client.get(f"/plans/{plan.pk}/").content.decode()


def test_it_can_be_left(cast, client, remark):
    plan = a_plan(cast, term=cast.next_term)
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/suggestions/{remark.pk}/", {"do": "leave"})
    assert Taken.objects.get().item is None
    assert not WorkItem.objects.filter(plan=plan).exists()
