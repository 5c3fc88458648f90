"""How far a place is counts from the school, how far is too far is the school's to say or the student's own."""

import datetime
from decimal import Decimal

import pytest

from bpl.tests.cast import NOW, TODAY
from internships.actions.matching import propose, work_out
from internships.models import Matching, Placement, Rules, Travel
from internships.tests.factories import a_begun_placement, a_check, a_placement, an_opportunity
from mentors.actions.organisations import add_organisation, merge

ADDRESS = "/students/{}/places/travel/"


@pytest.fixture
def far(cast):
    """A school that says how far is too far, and a boatyard twenty kilometres away."""
    Rules.objects.create(
        school=cast.school, start_latitude=Decimal("41.82400"), start_longitude=Decimal("-71.41280"), furthest_km=15,
    )  # fmt: skip
    cast.boatyard.latitude, cast.boatyard.longitude = Decimal("42.00400"), Decimal("-71.41280")
    cast.boatyard.save()
    a_check(cast, cast.mo)
    return an_opportunity(cast, places=5)


def line(cast):
    matching = propose(school=cast.school, by=cast.coordinator, starts_on=TODAY, now=NOW)
    matching.refresh_from_db()
    if matching.state == Matching.State.WAITING:
        work_out(matching=matching, now=NOW)
    return matching.lines.get(student=cast.student("sam"))


def test_a_student_says_how_far_and_that_counts_in_proposals(cast, client, far):
    assert line(cast).why_not == "travel"
    client.force_login(cast.sam)
    client.post(ADDRESS.format(cast.student("sam").pk), {"most_km": "25"})
    assert line(cast).opportunity == far
    client.post(ADDRESS.format(cast.student("sam").pk), {"most_km": ""})
    assert line(cast).why_not == "travel"


def test_a_number_that_cannot_be_is_said_and_stays(cast, client, far):
    client.force_login(cast.sam)
    shown = client.post(ADDRESS.format(cast.student("sam").pk), {"most_km": "9000"}).content.decode()
    assert "less than or equal to 500" in shown and "9000" in shown and not Travel.objects.exists()


def test_the_list_says_how_far_a_place_is(cast, client, far):
    client.force_login(cast.sam)
    assert "20 km from school" in client.get(f"/students/{cast.student('sam').pk}/opportunities/").content.decode()


def test_half_a_place_of_the_school_is_refused(cast, client, far):
    client.force_login(cast.lead)
    shown = client.post(f"/schools/{cast.school.pk}/internship-rules/", {"start_latitude": "41.8"}).content.decode()
    assert "both, a latitude and a longitude" in shown


@pytest.mark.parametrize(("query", "is_there"), [("", True), ("?free=1", False), ("?again=1", False)])
def test_the_school_s_list_is_narrowed_to_what_is_free_and_would_host_again(cast, client, query, is_there):
    one = an_opportunity(cast, "Help to build a skiff")
    placement = a_begun_placement(cast)
    Placement.objects.filter(pk=placement.pk).update(opportunity=one)
    client.force_login(cast.ada)
    address = f"/schools/{cast.school.pk}/opportunities/{query}"
    assert ("Help to build a skiff" in client.get(address).content.decode()) == is_there


def test_who_would_host_again_is_found(cast, client):
    one = an_opportunity(cast, "Help to build a skiff")
    placement = a_begun_placement(cast)
    Placement.objects.filter(pk=placement.pk).update(opportunity=one, host_again="yes")
    client.force_login(cast.ada)
    assert "Help to build a skiff" in client.get(f"/schools/{cast.school.pk}/opportunities/?again=1").content.decode()


def test_a_place_that_is_agreed_for_later_is_not_free_now(cast, client):
    one = an_opportunity(cast, "Help to build a skiff")
    placement = a_placement(cast, starts_on=TODAY + datetime.timedelta(days=60))
    Placement.objects.filter(pk=placement.pk).update(opportunity=one)
    client.force_login(cast.ada)
    address = f"/schools/{cast.school.pk}/opportunities/"
    assert "Help to build a skiff" not in client.get(f"{address}?free=1").content.decode()
    Placement.objects.filter(pk=placement.pk).update(ends_on=placement.starts_on)
    assert "Help to build a skiff" in client.get(f"{address}?free=1").content.decode()


def test_the_last_word_about_hosting_counts_under_whichever_name(cast, client):
    other = add_organisation(school=cast.school, name="Blackstone Boatyard", by=cast.lead)
    one = an_opportunity(cast, "Help to build a skiff", organisation=other)
    merge(organisation=other, into=cast.boatyard, by=cast.lead)
    placement = a_begun_placement(cast)
    Placement.objects.filter(pk=placement.pk).update(host_again="yes")
    address = f"/schools/{cast.school.pk}/opportunities/?again=1"
    client.force_login(cast.ada)
    assert one.title in client.get(address).content.decode()
    later = a_begun_placement(cast, "lena", mentor="moira")
    Placement.objects.filter(pk=later.pk).update(host_again="no")
    assert one.title not in client.get(address).content.decode()
