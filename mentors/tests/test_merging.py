"""One place that was written down twice: shown as one, with nothing lost, and taken apart again."""

import datetime
import uuid

import pytest

from mentors.actions.organisations import OrganisationError, log_contact, merge, take_apart
from mentors.models import Mentor, Organisation, OrganisationContact
from mentors.tests.factories import a_mentor

NOW = datetime.datetime(2026, 11, 24, 15, tzinfo=datetime.UTC)


@pytest.fixture
def works(cast):
    """The same boatyard once more, with a mentor and what is not known of the first."""
    works = a_mentor(cast, "Ruth", "Blackstone Boat Works").organisation
    works.phone, works.tags = "401 555 0177", "boats, engines"
    works.save()
    return works


def address(cast, rest):
    return f"/schools/{cast.school.pk}/organisations/{rest}"


def merged(cast, works):
    return merge(organisation=works, into=cast.boatyard, by=cast.lead)


def test_they_are_shown_as_one_with_the_mentors_of_both(cast, client, works):
    merged(cast, works)
    client.force_login(cast.ada)
    page = client.get(address(cast, f"{cast.boatyard.pk}/")).content.decode()
    assert "Mo Alvarez" in page and "Ruth" in page and "Blackstone Boat Works" in page and "401 555 0177" in page
    listed = client.get(f"/schools/{cast.school.pk}/mentors/").content.decode()
    assert "Ruth" in listed and "Blackstone Boat Works" not in listed


def test_an_old_link_leads_to_the_one_that_is_left(cast, client, works):
    merged(cast, works)
    client.force_login(cast.ada)
    assert client.get(address(cast, f"{works.pk}/"))["Location"] == address(cast, f"{cast.boatyard.pk}/")
    assert client.get(address(cast, f"{works.pk}/change/")).status_code == 404


@pytest.mark.parametrize("words", ["works", "ruth", "engines", "blackstone"])
def test_either_name_its_mentors_and_tags_find_it(cast, client, works, words):
    merged(cast, works)
    client.force_login(cast.ada)
    page = client.get(f"/schools/{cast.school.pk}/mentors/", {"q": words}).content.decode()
    assert address(cast, f"{cast.boatyard.pk}/") in page


def test_it_fills_gaps_and_overwrites_nothing(cast, works):
    cast.boatyard.tags, cast.boatyard.phone = "Boats, wood", "401 555 0100"
    cast.boatyard.save()
    into = merged(cast, works)
    assert (into.tags, into.phone, into.name) == ("Boats, wood, engines", "401 555 0100", "Blackstone Boats")


def test_taken_apart_each_has_its_own_again(cast, client, works):
    log_contact(organisation=works, kind="call", by=cast.ada, at=NOW, note="Ask in spring.")
    merged(cast, works)
    client.force_login(cast.ada)
    assert "Ask in spring." in client.get(address(cast, f"{cast.boatyard.pk}/")).content.decode()
    client.post(address(cast, f"{works.pk}/apart/"))
    assert "Ask in spring." in client.get(address(cast, f"{works.pk}/")).content.decode()
    assert "Ask in spring." not in client.get(address(cast, f"{cast.boatyard.pk}/")).content.decode()
    assert Mentor.objects.get(user__given_name="Ruth").organisation == works


def test_a_tombstone_never_points_at_another(cast, works):
    third = Organisation.objects.create(school=cast.school, name="Black Stone Boats")
    merge(organisation=third, into=works, by=cast.lead)
    merged(cast, works)
    third.refresh_from_db()
    assert third.merged_into == cast.boatyard


def test_what_cannot_be_merged_is_refused(cast, works):
    elsewhere = Organisation.objects.create(school=cast.other_school, name="Blackstone Boats")
    for other in (cast.boatyard, elsewhere):
        with pytest.raises(OrganisationError):
            merge(organisation=other, into=cast.boatyard, by=cast.lead)
    merged(cast, works)
    with pytest.raises(OrganisationError):
        merged(cast, works)
    take_apart(organisation=works, by=cast.lead)
    with pytest.raises(OrganisationError):
        take_apart(organisation=works, by=cast.lead)


def test_the_likely_other_is_offered_and_any_can_be_found(cast, client, works):
    radio = Organisation.objects.create(school=cast.school, name="Harbor Radio")
    client.force_login(cast.ada)
    page = client.get(address(cast, f"{cast.boatyard.pk}/merge/")).content.decode()
    assert "Blackstone Boat Works" in page and "Harbor Radio" not in page
    assert "Harbor Radio" in client.get(address(cast, f"{cast.boatyard.pk}/merge/"), {"q": "radio"}).content.decode()
    client.post(address(cast, f"{cast.boatyard.pk}/merge/"), {"other": radio.pk})
    radio.refresh_from_db()
    assert radio.merged_into == cast.boatyard


def test_a_contact_is_logged_once_and_the_list_says_who_spoke_last(cast, client):
    client.force_login(cast.ada)
    facts = {"kind": "visit", "note": "Showed us the shed.", "key": str(uuid.uuid4())}
    for _tap in range(2):
        client.post(address(cast, f"{cast.boatyard.pk}/contact/"), facts)
    assert OrganisationContact.objects.count() == 1
    page = client.get(f"/schools/{cast.school.pk}/mentors/").content.decode()
    assert "last contact" in page and cast.ada.name in page


def test_a_contact_without_a_kind_keeps_what_was_said(cast, client):
    client.force_login(cast.ada)
    page = client.post(address(cast, f"{cast.boatyard.pk}/contact/"), {"note": "Showed us the shed."})
    assert "Showed us the shed." in page.content.decode() and "This field is required" in page.content.decode()


@pytest.mark.parametrize(
    ("place", "words"),
    [
        ({"latitude": "41.82"}, "A place has both"),
        ({"latitude": "95", "longitude": "10"}, "less than or equal to 90"),
        ({"latitude": "north", "longitude": "10"}, "Enter a number"),
    ],
)
def test_half_a_place_or_none_on_earth_is_said(cast, client, place, words):
    client.force_login(cast.ada)
    page = client.post(address(cast, "new/"), {"name": "Harbor Radio", "tags": "radio"} | place).content.decode()
    assert words in page and "Harbor Radio" in page
    assert not Organisation.objects.filter(name="Harbor Radio").exists()
