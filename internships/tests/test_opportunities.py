"""What organisations offer: written down once, found by words and days, withdrawn and offered again."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import TODAY
from internships import weekdays
from internships.actions.opportunities import OpportunityError, withdraw_opportunity
from internships.models import Opportunity
from internships.tests.factories import an_opportunity
from mentors.actions.organisations import merge
from mentors.tests.factories import a_mentor

NOW = datetime.datetime(2026, 11, 24, 15, tzinfo=datetime.UTC)
GOOD = {"title": "Help to build a skiff", "weekdays": ["1", "3"], "places": "2", "starts_on": "2026-11-24"}


def new_at_the_boatyard(cast):
    return f"/schools/{cast.school.pk}/organisations/{cast.boatyard.pk}/opportunities/new/"


def listed(client, cast, **query):
    return client.get(f"/schools/{cast.school.pk}/opportunities/", query).content.decode()


@pytest.mark.parametrize("days", [[], [0], [1, 3], [6], list(range(7))])
def test_days_come_back_as_they_were_put_in(days):
    assert weekdays.days(weekdays.mask(days)) == days


def test_an_adviser_writes_one_down(cast, client):
    client.force_login(cast.ada)
    facts = GOOD | {"last_day": "2027-06-18", "tags": "boats, wood", "needs": "Sturdy shoes."}
    page = client.post(new_at_the_boatyard(cast), facts, follow=True).content.decode()
    [opportunity] = Opportunity.objects.all()
    assert (opportunity.days, opportunity.places) == ("Tuesday, Thursday", 2)
    assert opportunity.ends_on == datetime.date(2027, 6, 19)
    assert "Sturdy shoes." in page and "Blackstone Boats" in page


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"weekdays": []}, "This field is required"),
        ({"places": "0"}, "greater than or equal to 1"),
        ({"last_day": "2026-11-20"}, "The last day is before the first."),
        ({"last_day": "18/06/2027"}, "has no such month"),
        ({"title": ""}, "This field is required"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_lost(cast, client, facts, words):
    client.force_login(cast.ada)
    page = client.post(new_at_the_boatyard(cast), GOOD | {"about": "Sanding first."} | facts).content.decode()
    assert words in page and "Sanding first." in page and not Opportunity.objects.exists()


def test_the_database_wants_a_day_and_a_place(cast):
    for wrong in ({"weekdays": 0}, {"weekdays": 128}, {"places": 0}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Opportunity.objects.create(
                **{"weekdays": 1, "places": 1, "starts_on": TODAY, "title": "x"} | wrong,
                school=cast.school, organisation=cast.boatyard, added_by=cast.lead,
            )  # fmt: skip


def test_a_mentor_of_another_place_is_refused(cast):
    other = a_mentor(cast, "Ruth", "Harbor Radio")
    with pytest.raises(OpportunityError) as refused:
        an_opportunity(cast, mentor=other)
    assert refused.value.field == "mentor"


@pytest.mark.parametrize("words", ["skiff", "wood", "blackstone", "BOATS skiff"])
def test_words_find_what_it_is_its_tags_and_its_place(cast, client, words):
    an_opportunity(cast, tags="wood")
    an_opportunity(cast, "Cook for forty", organisation=a_mentor(cast, "Ruth", "Common Table").organisation)
    client.force_login(cast.coordinator)
    page = listed(client, cast, q=words)
    assert "Help to build a skiff" in page and "Cook for forty" not in page


@pytest.mark.parametrize(("day", "there"), [("1", True), ("3", True), ("2", False), ("", True), ("nonsense", True)])
def test_a_day_narrows_it(cast, client, day, there):
    an_opportunity(cast)
    client.force_login(cast.coordinator)
    assert ("Help to build a skiff" in listed(client, cast, weekday=day)) is there


def test_it_is_shown_with_the_place_as_it_is_known_today(cast, client):
    works = a_mentor(cast, "Ruth", "Blackstone Boat Works").organisation
    an_opportunity(cast, organisation=works)
    merge(organisation=works, into=cast.boatyard, by=cast.lead)
    client.force_login(cast.coordinator)
    assert "Blackstone Boat Works" not in listed(client, cast)
    page = client.get(f"/schools/{cast.school.pk}/organisations/{cast.boatyard.pk}/").content.decode()
    assert "Help to build a skiff" in page


def test_what_is_withdrawn_is_not_found_and_can_be_offered_again(cast, client):
    opportunity = an_opportunity(cast)
    address = f"/schools/{cast.school.pk}/opportunities/{opportunity.pk}/"
    client.force_login(cast.coordinator)
    client.post(address + "withdraw/")
    assert "Help to build a skiff" not in listed(client, cast)
    assert "not offered any more" in client.get(address).content.decode()
    client.post(address + "again/")
    assert "Help to build a skiff" in listed(client, cast)


@pytest.mark.parametrize(("last_day", "there"), [(TODAY, True), (TODAY - datetime.timedelta(days=1), False)])
def test_it_is_offered_up_to_its_last_day(cast, client, last_day, there):
    an_opportunity(cast, ends_on=last_day + datetime.timedelta(days=1))
    client.force_login(cast.coordinator)
    assert ("Help to build a skiff" in listed(client, cast)) is there


def test_withdrawing_twice_keeps_the_first(cast):
    opportunity = withdraw_opportunity(opportunity=an_opportunity(cast), by=cast.lead, now=NOW)
    again = withdraw_opportunity(opportunity=opportunity, by=cast.ada, now=NOW + datetime.timedelta(days=1))
    assert (again.withdrawn_by, again.withdrawn_at) == (cast.lead, NOW)


def test_many_cost_no_more_queries(cast, client, django_assert_max_num_queries):
    for n in range(30):
        an_opportunity(cast, f"Work {n}")
    client.force_login(cast.coordinator)
    with django_assert_max_num_queries(6):
        listed(client, cast)
