"""A contact with a family: two taps, and words where they matter."""

import datetime
import uuid

import pytest

from bpl.tests.cast import NOW
from students.actions.contacts import ContactError, log_contact, tell_contact
from students.models import FamilyContact


def address(cast):
    return f"/students/{cast.student('sam').pk}/contacts/"


def logged(cast, **changes):
    return log_contact(student=cast.student("sam"), kind="call", by=cast.ada, at=NOW, **changes)


def test_a_tap_on_the_board_comes_back_to_the_board(cast, client):
    client.force_login(cast.ada)
    board = f"/advisories/{cast.advisory.pk}/"
    assert address(cast) in client.get(board).content.decode()
    response = client.post(address(cast), {"kind": "call", "key": str(uuid.uuid4()), "next": board})
    assert response["Location"] == board and FamilyContact.objects.get().kind == "call"


def test_it_leads_to_no_other_site(cast, client):
    client.force_login(cast.ada)
    response = client.post(address(cast), {"kind": "call", "next": "https://elsewhere.example/"})
    assert response["Location"] == address(cast)


def test_a_double_tap_is_one_contact(cast):
    key = uuid.uuid4()
    logged(cast, key=key)
    logged(cast, key=key)
    assert FamilyContact.objects.count() == 1


def test_one_page_logs_two_kinds(cast):
    key = uuid.uuid4()
    logged(cast, key=key)
    log_contact(student=cast.student("sam"), kind="no_answer", by=cast.ada, at=NOW, key=key)
    assert FamilyContact.objects.count() == 2


def test_htmx_gets_the_buttons_again(cast, client):
    client.force_login(cast.ada)
    response = client.post(address(cast), {"kind": "visit"}, headers={"HX-Request": "true"})
    text = response.content.decode()
    assert "home visit" in text and "Say more" in text and "<html" not in text


def test_a_kind_that_is_none_is_refused(cast, client):
    client.force_login(cast.ada)
    text = client.post(address(cast), {"kind": "telepathy"}, follow=True).content.decode()
    assert "choose one of the buttons" in text and not FamilyContact.objects.exists()


def test_words_are_added_after(cast, client):
    row = logged(cast)
    client.force_login(cast.ada)
    facts = {"kind": "call", "day": "2026-11-23", "time": "16:30", "note": "Asked about the boat."}
    client.post(f"{address(cast)}{row.pk}/", facts)
    row.refresh_from_db()
    assert row.note == "Asked about the boat."
    assert row.at == datetime.datetime(2026, 11, 23, 21, 30, tzinfo=datetime.UTC)


def test_a_time_to_come_is_refused_and_the_words_stay(cast, client):
    row = logged(cast)
    client.force_login(cast.ada)
    facts = {"kind": "call", "day": "2026-11-25", "note": "Asked about the boat."}
    text = client.post(f"{address(cast)}{row.pk}/", facts).content.decode()
    assert "That time has not come yet." in text and "Asked about the boat." in text


def test_somebody_barred_is_not_among_those_one_spoke_with(cast, client):
    row = logged(cast)
    client.force_login(cast.ada)
    text = client.get(f"{address(cast)}{row.pk}/").content.decode()
    assert "Rosa Okafor (mother)" in text and "Dan Okafor" not in text


def test_only_who_made_it_changes_it(cast):
    with pytest.raises(ContactError, match="Only Ada Lindqvist"):
        tell_contact(contact=logged(cast), by=cast.lead, kind="call", at=NOW, now=NOW, note="")


def test_a_tap_by_mistake_is_taken_back(cast, client):
    row = logged(cast)
    client.force_login(cast.ada)
    client.post(f"{address(cast)}{row.pk}/take-back/")
    assert not FamilyContact.objects.exists()
