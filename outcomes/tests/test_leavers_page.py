"""The leavers of a school with what is known of each last, and those with whom an adviser stays in touch."""

import csv
import datetime
import io
from html import unescape

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from bpl.tests.cast import NOW, TODAY, person
from outcomes.actions.consent import say
from outcomes.models import Destination
from outcomes.tests.factories import YES, a_destination, a_leaver, a_survey
from outcomes.touch import lines, teams_of
from rosters.actions.leaving import leave_school, take_back
from students.actions import enrol

DAY = datetime.timedelta(days=1)
YEAR_AGO = datetime.date(2025, 11, 24)


def listed(client, cast, query=""):
    return client.get(reverse("outcomes:leavers", args=[cast.school.pk]) + query).content.decode()


def exported(client, cast, query=""):
    response = client.get(reverse("outcomes:leavers_csv", args=[cast.school.pk]) + query)
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def two(cast):
    """Omar at college, and Kit of whom nothing is known."""
    a_leaver(cast, "omar")
    a_leaver(cast, "kit", how="not_known")
    a_destination(cast, source="clearinghouse", confidence="certain")


def test_each_row_says_what_is_known_last_and_who_says_so(cast, client):
    two(cast)
    a_destination(cast, kind="work", where="Shop", what="", said_on=datetime.date(2026, 10, 1))
    client.force_login(cast.coordinator)
    page = listed(client, cast)
    assert "Rivertown College" in page and "clearinghouse file" in page and "Shop" not in page
    assert "2 leavers" in page and "of 1 it is not known" in page
    assert reverse("outcomes:destinations", args=[cast.student("kit").pk]) in page


@pytest.mark.parametrize("facts", [
    {}, {"kind": "accepted", "level": "two_year", "what": ""},
    {"kind": "neither", "level": "", "what": "", "where": ""},
    {"kind": "work", "level": "", "what": "Welder & <fitter>", "where": ""},
    {"kind": "enrolled", "level": "", "what": "Law", "where": "O'Hara's"},
])  # fmt: skip
def test_it_is_said_as_on_the_students_own_page(cast, client, facts):
    a_leaver(cast, "omar")
    row = a_destination(cast, **facts)
    client.force_login(cast.lead)
    said = render_to_string("outcomes/_said.html", {"row": row}).strip()
    assert f"{unescape(said)}</td>" in unescape(listed(client, cast))


def test_names_are_words_and_no_html(cast, client):
    a_leaver(cast, "kit")
    user = cast.student("kit").user
    user.given_name, user.preferred_name = "<b>Kit</b>", ""
    user.save()
    client.force_login(cast.lead)
    page = listed(client, cast)
    assert "&lt;b&gt;Kit&lt;/b&gt;" in page and "<b>Kit" not in page


def test_further_pages_and_one_beyond_the_end(cast, client, monkeypatch):
    two(cast)
    monkeypatch.setattr("outcomes.views.leavers.A_PAGE", 1)
    client.force_login(cast.lead)
    omar, kit = (reverse("outcomes:destinations", args=[cast.student(name).pk]) for name in ("omar", "kit"))
    second, beyond = listed(client, cast, "?page=2"), listed(client, cast, "?page=2&how=graduated")
    assert omar in second and kit not in second and "2 leavers" in second
    assert omar in beyond and kit not in beyond and "1 leaver<" in beyond


def test_an_offer_does_not_say_what_became_of_them(cast, client):
    a_leaver(cast, "kit")
    a_destination(cast, "kit", kind="accepted", starts_on=datetime.date(2026, 4, 1))
    # Nor does a job that they had while they were at school.
    before = datetime.date(2026, 4, 1)
    a_destination(cast, "kit", kind="work", where="Shop", what="", starts_on=before, said_on=before)
    client.force_login(cast.lead)
    assert "of 1 it is not known" in listed(client, cast)


def test_it_is_narrowed(cast, client):
    two(cast)
    a_leaver(cast, "lena", on=YEAR_AGO, how="moved")
    client.force_login(cast.lead)

    def names(query):
        page = listed(client, cast, query)
        return {name for name in ("Omar", "Kit", "Lena") if f">{name} " in page}

    assert names("") == {"Omar", "Kit", "Lena"}
    # It is known of Lena that she moved.
    assert names("?known=no") == {"Kit"} and names("?known=yes") == {"Omar", "Lena"}
    assert names("?how=moved") == {"Lena"} and names("?q=hadd") == {"Omar"}
    assert names("?class_of=2026&known=yes") == {"Omar", "Lena"} and names("?class_of=1999") == {"Omar", "Kit", "Lena"}
    assert "Nobody found" in listed(client, cast, "?q=nobody")


def test_who_was_taken_back_or_has_not_left_yet_is_not_among_them(cast, client):
    a_leaver(cast, "omar")
    leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY + DAY)
    take_back(leaving=cast.student("omar").leavings.get(), by=cast.lead, now=NOW)
    client.force_login(cast.lead)
    assert "Nobody has left yet" in listed(client, cast)


def test_the_table_holds_the_same_rows_and_is_written_down(cast, client):
    two(cast)
    Destination.objects.update(where="=HYPERLINK(1)")
    client.force_login(cast.lead)
    rows = exported(client, cast)
    assert [(row["Name"], row["Known since they left"]) for row in rows] == [
        ("Kit Okafor", "no"), ("Omar Haddad", "yes"),
    ]  # fmt: skip
    omar = rows[1]
    assert (omar["Where"], omar["As of"], omar["Kind of place"]) == ("'=HYPERLINK(1)", "2026-11-24", "two-year college")
    assert [row["Name"] for row in exported(client, cast, "?known=no")] == ["Kit Okafor"]
    event = Event.objects.filter(action="outcomes.leavers.exported").first()
    assert (event.actor, event.kind, event.school_id) == (cast.lead, "read", cast.school.pk)


def test_another_schools_lead_finds_nobody(cast, client):
    two(cast)
    client.force_login(cast.stranger)
    for name in ("leavers", "leavers_csv"):
        assert client.get(reverse(f"outcomes:{name}", args=[cast.school.pk])).status_code == 404
    page = client.get(reverse("outcomes:leavers", args=[cast.other_school.pk]) + "?q=omar").content.decode()
    assert "Haddad" not in page


def many(cast, count):
    for number in range(count):
        user = person(f"gone{count}{number}", "Gone", f"Number{number}")
        student = enrol.enrol(school=cast.school, user=user, grade="12", by=cast.lead, on=YEAR_AGO)
        leave_school(student=student, by=cast.lead, on=TODAY, how="graduated")
        cast.students[user.username] = student
        a_destination(cast, user.username)


def test_pages_cost_the_same_however_many_have_left(cast, client):
    two(cast)
    counts = []
    for more in (1, 60):
        many(cast, more)
        client.force_login(cast.lead)
        with CaptureQueriesContext(connection) as queries:
            page = listed(client, cast)
        counts.append(len(queries))
    assert counts[0] == counts[1] and "?page=2" in page


def waiting(cast, name="ben"):
    return [line.leaver.student.user.called for line in lines(teams_of(cast.people[name])) if line.waits]


def test_who_is_to_be_asked_is_found(cast, client):
    a_survey(cast, consent=YES)
    client.force_login(cast.ben)
    page = client.get("/stay-in-touch/").content.decode()
    assert "Time to ask" in page and "Omar Haddad" in page and "left 6 months ago" in page and "401 555 0100" in page
    assert "1 former student." in client.get("/").content.decode()
    for other in (cast.ada, cast.lead, cast.rosa):
        client.force_login(other)
        assert "Omar" not in client.get("/stay-in-touch/").content.decode()
        assert "former student" not in client.get("/").content.decode()


def test_once_something_is_known_nobody_waits(cast):
    a_survey(cast)
    assert waiting(cast) == ["Omar"]
    a_destination(cast)
    assert waiting(cast) == []


def test_who_said_no_died_or_moved_does_not_wait(cast):
    survey = a_survey(cast)
    say(student=survey.student, may_ask=False, by=cast.ben, on=TODAY, now=NOW)
    a_leaver(cast, "kit", how="moved")
    a_leaver(cast, "sam", how="died")
    assert waiting(cast) == waiting(cast, "ada") == []


def test_half_a_year_of_silence_waits_too(cast, monkeypatch):
    a_leaver(cast)
    a_destination(cast, said_on=datetime.date(2026, 9, 10))
    survey = cast.student("omar").surveys.get(months=6)
    survey.answered_at = NOW
    survey.save()
    for day, names in ((TODAY, []), (datetime.date(2027, 3, 9), []), (datetime.date(2027, 3, 10), ["Omar"])):
        at = datetime.datetime.combine(day, datetime.time(15), datetime.UTC)
        monkeypatch.setattr("django.utils.timezone.now", lambda at=at: at)
        assert waiting(cast) == names, day


def test_those_one_is_in_touch_with_cost_the_same_however_many(cast, client):
    a_leaver(cast)
    a_destination(cast)
    client.force_login(cast.ben)
    counts = []
    for name in ("omar", "kit"):
        a_leaver(cast, name, consent=YES)
        with CaptureQueriesContext(connection) as queries:
            client.get("/stay-in-touch/")
        counts.append(len(queries))
    assert counts[0] == counts[1]
