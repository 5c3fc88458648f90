import datetime

import pytest

from bpl.tests.cast import NOW
from schools import closing
from schools.actions import terms
from schools.models import Term


@pytest.fixture
def registry(monkeypatch):
    """What rooms register here is forgotten after the test."""
    monkeypatch.setattr(closing, "_before", [])
    monkeypatch.setattr(closing, "_on", [])


def post(client, cast, page, **changes):
    client.force_login(cast.lead)
    facts = {"name": "Spring 2027", "starts_on": "2027-04-01", "last_day": "2027-06-30"} | changes
    return client.post(f"/schools/{cast.school.pk}/terms/{page}", facts)


def test_a_term_ends_after_its_last_day(cast, client):
    post(client, cast, "new/")
    assert Term.objects.get(name="Spring 2027").ends_on == datetime.date(2027, 7, 1)


def test_shared_days_are_refused_in_words_beside_the_day(cast, client):
    page = post(client, cast, "new/", starts_on="2027-03-20").content.decode()
    assert "Winter 2027 lasts from Jan. 4, 2027 to March 26, 2027, and terms share no day." in page
    assert 'value="Spring 2027"' in page and not Term.objects.filter(name="Spring 2027").exists()


def test_the_day_after_another_term_is_free(cast, client):
    post(client, cast, "new/", starts_on="2027-03-27")
    assert Term.objects.filter(name="Spring 2027").exists()


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"last_day": "2027-03-30"}, "The last day is before the first."),
        ({"last_day": "2028-06-30"}, "Is the year right?"),
        ({"name": "winter 2027"}, "There is already a term called winter 2027."),
        ({"starts_on": "30/04/2027"}, "Dates here are written month, day, year"),
    ],
)
def test_it_says_what_is_wrong(cast, client, changes, words):
    assert words in post(client, cast, "new/", **changes).content.decode()


def test_a_term_moves_within_its_own_days(cast, client):
    post(client, cast, f"{cast.next_term.pk}/", name="Winter 2027", starts_on="2027-01-11", last_day="2027-03-19")
    cast.next_term.refresh_from_db()
    assert (cast.next_term.starts_on, cast.next_term.ends_on) == (
        datetime.date(2027, 1, 11),
        datetime.date(2027, 3, 20),
    )


def test_a_term_of_another_school_is_not_found(cast, client):
    other = Term.objects.create(
        school=cast.other_school, name="Autumn", starts_on=datetime.date(2026, 9, 1), ends_on=datetime.date(2026, 12, 1)
    )
    assert post(client, cast, f"{other.pk}/").status_code == 404


def test_a_mistaken_term_is_taken_back(cast, client):
    client.force_login(cast.lead)
    client.post(f"/schools/{cast.school.pk}/terms/{cast.next_term.pk}/remove/")
    assert not Term.objects.filter(pk=cast.next_term.pk).exists()


def test_closing_twice_is_once(cast, registry):
    done = []
    closing.on_close(lambda term, by, now: done.append(term))
    for _tap in range(2):
        terms.close(term=cast.last_term, by=cast.lead, now=NOW)
    assert done == [cast.last_term]
    cast.last_term.refresh_from_db()
    assert (cast.last_term.closed_at, cast.last_term.closed_by) == (NOW, cast.lead)


def test_a_closed_term_stays_as_it_was(cast, registry):
    terms.close(term=cast.last_term, by=cast.lead, now=NOW)
    with pytest.raises(terms.TermError, match="is closed and stays"):
        terms.change_term(
            term=cast.last_term, name="Other", starts_on=datetime.date(2026, 4, 1), ends_on=datetime.date(2026, 6, 1),
            by=cast.lead,
        )  # fmt: skip


def test_a_room_above_stops_a_closing(cast, client, registry):
    closing.before_close(lambda term, day: [closing.Finding("Two plans wait for a signature.", stops=True)])
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/terms/{cast.last_term.pk}/close/"
    assert "Two plans wait for a signature." in client.get(address).content.decode()
    assert "Two plans wait for a signature." in client.post(address, follow=True).content.decode()
    cast.last_term.refresh_from_db()
    assert not cast.last_term.is_closed


def test_a_warning_is_shown_and_lets_it_be_closed(cast, client, registry):
    closing.before_close(lambda term, day: [closing.Finding("Three plans are not begun.")])
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/terms/{cast.last_term.pk}/close/"
    assert "Three plans are not begun." in client.get(address).content.decode()
    client.post(address)
    cast.last_term.refresh_from_db()
    assert cast.last_term.is_closed


def test_what_fails_in_a_room_above_leaves_the_term_open(cast, registry):
    def fail(term, by, now):
        raise RuntimeError("the plans could not be frozen")

    closing.on_close(fail)
    with pytest.raises(RuntimeError):
        terms.close(term=cast.last_term, by=cast.lead, now=NOW)
    cast.last_term.refresh_from_db()
    assert not cast.last_term.is_closed


def test_a_term_that_lasts_is_closed_with_a_warning_and_one_to_come_not_at_all(cast, registry):
    lasts = terms.before_closing(cast.term, cast.school.today())
    assert [finding.stops for finding in lasts] == [False] and "lasts until" in lasts[0].words
    with pytest.raises(terms.TermError, match="has not begun"):
        terms.close(term=cast.next_term, by=cast.lead, now=NOW)
