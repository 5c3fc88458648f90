"""A coordinate that cannot be is asked about, with what was typed still there; who is sure goes on."""

import pytest

from mentors.models import Organisation
from mentors.where import Point, zone_of

# The cast's school is in New York's time zone.
PROVIDENCE, HARBOUR, AT_SEA = ("41.82400", "-71.41280"), ("41.49000", "-71.32500"), ("40.00000", "-60.00000")


def add(client, cast, latitude, longitude, **more):
    client.force_login(cast.ada)
    said = {"name": "Harbor Radio", "about": "Radio, all day", "latitude": latitude, "longitude": longitude}
    return client.post(f"/schools/{cast.school.pk}/organisations/new/", said | more, follow=True).content.decode()


def is_there() -> bool:
    return Organisation.objects.filter(name="Harbor Radio").exists()


@pytest.mark.parametrize("point", [PROVIDENCE, HARBOUR])
def test_a_place_near_the_school_is_taken_and_so_is_a_harbour(cast, client, point):
    add(client, cast, *point)
    assert is_there()


@pytest.mark.parametrize(
    ("point", "words"),
    [
        (AT_SEA, "That is at sea."),
        (("0", "0"), "That is at sea."),
        (("-71.41280", "41.82400"), "Is this meant: latitude 41.824, longitude -71.4128?"),
        (("41.82400", "71.41280"), "Is this meant: latitude 41.824, longitude -71.4128?"),
        (("51.50000", "-0.12000"), "That is in the time zone Europe/London"),
    ],
)
def test_one_that_cannot_be_is_asked_about_and_nothing_is_lost(cast, client, point, words):
    shown = add(client, cast, *point)
    assert words in shown.replace("&#x27;", "'") and "Yes, it is there" in shown
    assert point[0] in shown and "Radio, all day" in shown and not is_there()
    add(client, cast, *point, is_there="on")
    assert is_there()


def test_one_far_from_all_others_is_asked_about(cast, client):
    add(client, cast, *PROVIDENCE)
    client.force_login(cast.ada)
    said = {"name": "Far Farm", "latitude": "35.60000", "longitude": "-82.55000"}
    shown = client.post(f"/schools/{cast.school.pk}/organisations/new/", said).content.decode()
    assert "km from every other place of the school" in shown


def test_what_stands_already_is_not_asked_about_again(cast, client):
    add(client, cast, *AT_SEA, is_there="on")
    place = Organisation.objects.get(name="Harbor Radio")
    said = {"name": "Harbor Radio", "latitude": "40.00000", "longitude": "-60.00000", "town": "At sea"}
    client.post(f"/schools/{cast.school.pk}/organisations/{place.pk}/change/", said)
    place.refresh_from_db()
    assert place.town == "At sea"


def test_half_a_point_or_letters_are_said_where_they_stand(cast, client):
    assert "both, a latitude and a longitude" in add(client, cast, "41.8", "")
    assert "Enter a number" in add(client, cast, "north", "-71.4") and not is_there()


def test_a_point_knows_its_zone_and_how_far_it_is():
    assert zone_of(Point(51.5, -0.12)) == "Europe/London" and zone_of(Point(0, 0)) is None
    # Paris to London, city centres: 344 km by every table.
    assert round(Point(48.8566, 2.3522).km_to(Point(51.5074, -0.1278))) == 344


def test_a_zone_beside_the_school_s_with_the_same_clock_is_near(cast, client):
    """Louisville has a zone of its own, and New York's clock."""
    add(client, cast, "38.25270", "-85.75850")
    assert is_there()
