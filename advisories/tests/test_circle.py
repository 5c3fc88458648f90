import datetime

import pytest

from advisories.actions.circle import CircleError, hold_circle
from advisories.actions.roster import seat
from advisories.models import Circle
from bpl.tests.cast import TODAY
from students.models import AttendanceMark


def hold(cast, **changes):
    facts = {"word": "steady", "notes": "", "marks": {}, "by": cast.ada, "today": TODAY, "version": 0}
    return hold_circle(advisory=cast.advisory, date=TODAY, **(facts | changes))


def code(cast, code):
    return cast.school.attendance_codes.get(code=code)


def test_it_keeps_word_and_marks(cast, client):
    client.force_login(cast.ada)
    sam = cast.student("sam").pk
    present = code(cast, "P").pk
    client.post(f"/advisories/{cast.advisory.pk}/circle/", {"word": "steady", f"mark_{sam}": present})
    assert Circle.objects.get().word == "steady"
    assert AttendanceMark.objects.get().student_id == sam


def test_one_tap_marks_everybody_else_present(cast, client):
    client.force_login(cast.ada)
    sam = cast.student("sam").pk
    client.post(
        f"/advisories/{cast.advisory.pk}/circle/", {f"mark_{sam}": code(cast, "A").pk, "rest_here": "on", "word": ""}
    )
    marks = dict(AttendanceMark.objects.values_list("student__user__given_name", "code__code"))
    assert marks == {"Samuel": "A", "Lena": "P"}


def test_the_same_circle_twice_is_one(cast):
    sam = cast.student("sam")
    for _tap in range(2):
        hold(cast, marks={sam: code(cast, "P")})
    assert (Circle.objects.count(), AttendanceMark.objects.count()) == (1, 1)


def test_a_correction_supersedes(cast):
    sam = cast.student("sam")
    hold(cast, marks={sam: code(cast, "A")})
    hold(cast, marks={sam: code(cast, "T")}, version=1)
    assert [mark.code.code for mark in AttendanceMark.objects.current()] == ["T"]
    assert AttendanceMark.objects.count() == 2


def test_two_people_writing_at_once_lose_nothing(cast, client):
    hold(cast, notes="Ada's notes")
    client.force_login(cast.cover)
    response = client.post(
        f"/advisories/{cast.advisory.pk}/circle/", {"word": "calm", "notes": "Clara's notes", "version": "0"}
    )
    page = response.content.decode()
    assert "Ada Lindqvist wrote in this circle while you did" in page
    assert "Clara&#x27;s notes" in page and "Ada&#x27;s notes" in page
    assert Circle.objects.get().notes == "Ada's notes"


def test_joined_words_are_saved_after_a_clash(cast, client):
    hold(cast, notes="Ada's notes")
    client.force_login(cast.cover)
    address = f"/advisories/{cast.advisory.pk}/circle/"
    # The page that named the clash carries the newer version behind the older one.
    client.post(address, {"word": "calm", "notes": "both", "version": ["0", "1"]})
    assert Circle.objects.get().notes == "both"


def test_a_day_that_has_not_begun_has_no_circle(cast):
    with pytest.raises(CircleError, match="has not begun"):
        hold_circle(
            advisory=cast.advisory, date=TODAY + datetime.timedelta(days=1), word="", notes="", marks={}, by=cast.ada,
            today=TODAY,
        )  # fmt: skip


def test_a_day_that_is_no_day_is_not_found(cast, client):
    client.force_login(cast.ada)
    assert client.get(f"/advisories/{cast.advisory.pk}/circle/2026-02-30/").status_code == 404


def test_who_has_moved_on_is_no_longer_marked_here(cast, client):
    sam = cast.student("sam")
    seat(student=sam, advisory=cast.other_advisory, by=cast.lead, on=TODAY)
    client.force_login(cast.ada)
    address = f"/advisories/{cast.advisory.pk}/circle/2026-11-23/"
    client.post(address, {"word": "calm", "version": "0", f"mark_{sam.pk}": code(cast, "A").pk})
    assert "Sam Okafor" not in client.get(address).content.decode()
    assert Circle.objects.get().word == "calm" and not AttendanceMark.objects.exists()
    client.force_login(cast.lead)
    assert "Sam Okafor" in client.get(address).content.decode()


def test_a_day_beyond_all_calendars_is_not_there(cast, client):
    client.force_login(cast.ada)
    for day in ("9999-12-31", "0001-01-01", "2026-13-45", "soon"):
        assert client.get(f"/advisories/{cast.advisory.pk}/circle/{day}/").status_code == 404
