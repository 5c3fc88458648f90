"""Who is where today: what the board says, to whom, and that years of days do not make it slower."""

import datetime
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from internships.actions.days import say_absent, touch
from internships.board import counts, grouped, lines
from internships.models import SiteDay
from internships.sitemap import draw
from internships.tests.factories import a_begun_placement
from schools.models import AttendanceCode, Closure

DAY = datetime.timedelta(days=1)


@pytest.fixture
def morning(cast):
    """Ten on a Tuesday: Sam is on site, Lena is ill, nobody has heard from Omar, who is in Ben's advisory."""
    sam, lena, omar = (a_begun_placement(cast, name, mentor="moira") for name in ("sam", "lena", "omar"))
    nine = NOW - datetime.timedelta(hours=1)
    touch(placement=sam, way="in", by=cast.sam, claimed_at=nine, now=NOW, key=uuid.uuid4())
    ill = AttendanceCode.objects.get(school=cast.school, code="E")
    say_absent(placement=lena, date=TODAY, code=ill, words="Fever", source="student", by=cast.lena, now=NOW)
    return omar


def on_board(cast, viewer, day=TODAY):
    return [(row.student.user.username, row.status) for row in lines(cast.school, viewer, day, day, NOW)]


def test_who_needs_somebody_stands_first(cast, morning):
    assert on_board(cast, cast.coordinator) == [("omar", "not_heard"), ("sam", "in"), ("lena", "absent")]
    rows = lines(cast.school, cast.coordinator, TODAY, TODAY, NOW)
    assert {status: n for status, _words, _tone, n in counts(rows) if n} == {"not_heard": 1, "in": 1, "absent": 1}
    assert [name for name, _rows in grouped(rows, "advisory")] == ["Ada's advisory", "Ben's advisory"]
    assert [(name, len(found)) for name, found in grouped(rows, "site")] == [("Blackstone Boats", 3)]


def test_an_adviser_sees_their_own(cast, client, morning):
    assert on_board(cast, cast.ada) == [("sam", "in"), ("lena", "absent")]
    client.force_login(cast.ada)
    for page in ("site-today", "site-week"):
        shown = client.get(f"/schools/{cast.school.pk}/{page}/").content.decode()
        assert "Sam Okafor" in shown and "Omar Haddad" not in shown


def test_the_page_is_narrowed_and_says_when_the_school_is_closed(cast, client, morning):
    client.force_login(cast.coordinator)
    address = f"/schools/{cast.school.pk}/site-today/"
    only = client.get(f"{address}?only=absent&by=site").content.decode()
    assert "Lena Brandt" in only and "Omar Haddad" not in only and "Fever" in only
    assert client.get(f"{address}?day=yesterday").status_code == 200
    Closure.objects.create(school=cast.school, name="Snow day", starts_on=TODAY, ends_on=TODAY + DAY)
    closed = client.get(address).content.decode()
    assert "The school is closed: Snow day" in closed and "Omar Haddad" not in closed


def test_ten_years_of_days_cost_no_query_more(cast, client, morning):
    client.force_login(cast.coordinator)

    def cost(page):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/schools/{cast.school.pk}/{page}/").status_code == 200
        return len(asked)

    pages = ("site-today", "site-week", "site-map", "pipeline")
    few = {page: cost(page) for page in pages}
    SiteDay.objects.bulk_create(
        SiteDay(
            school=cast.school, student=morning.student, placement=morning, date=TODAY - n * DAY, minutes=300,
            confirmed_at=NOW, confirmed_by=cast.moira,
        )
        for n in range(1, 3650)
    )  # fmt: skip
    a_begun_placement(cast, "kit", mentor="moira")
    assert {page: cost(page) for page in pages} == few


def test_a_map_keeps_what_is_near_together_and_says_how_long_a_bar_is():
    drawing = draw([("Boats", 41.8, -71.4, 3, 1), ("Next door", 41.8, -71.4, 1, 2), ("Far", 41.9, -71.3, 1, 3)])
    assert [(dot.label, dot.students) for dot in drawing.dots] == [("Boats +1", 4), ("Far", 1)]
    assert [dot.key for dot in drawing.dots] == [None, 3]
    # Eleven kilometres north and eight east: a bar of two or five.
    assert drawing.km in (2, 5) and 0 < drawing.bar < 720
    assert draw([]) is None and len(draw([("Alone", 0, 0, 1, 1)]).dots) == 1


def test_whoever_is_missed_stands_first_with_whom_to_call(cast, client):
    """Sam's mother has a number, and Sam's father, who is barred from him, has one too."""
    for name in ("sam", "lena"):
        a_begun_placement(cast, name, mentor="moira")
    for user, phone in ((cast.rosa, "401 555 0001"), (cast.dan, "401 555 0002")):
        user.phone = phone
        user.save()
    client.force_login(cast.coordinator)
    shown = client.get(f"/schools/{cast.school.pk}/site-today/").content.decode()
    assert "Nobody has heard from" in shown and "401 555 0001" in shown and "401 555 0002" not in shown
    assert shown.index("Nobody has heard from") < shown.index("Sam Okafor")
    assert shown.count(">Sam Okafor</a>") == 1


def test_more_students_cost_no_query_more(cast, client):
    def cost(page):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/schools/{cast.school.pk}/{page}/").status_code == 200
        return len(asked)

    a_begun_placement(cast, "sam", mentor="moira")
    client.force_login(cast.coordinator)
    pages = ("site-today", "site-week", "site-map", "pipeline")
    few = {page: cost(page) for page in pages}
    for name in ("lena", "omar", "kit"):
        a_begun_placement(cast, name, mentor="moira")
    assert {page: cost(page) for page in pages} == few


def test_two_places_on_one_day_stand_both_in_the_week(cast, client):
    a_begun_placement(cast, mentor="moira", on=(TODAY.weekday(),))
    other = a_begun_placement(cast, mentor="mo", on=((TODAY.weekday() + 1) % 5,))
    SiteDay.objects.create(
        school=cast.school, student=other.student, placement=other, date=TODAY, kind="make_up",
        from_time=datetime.time(16), to_time=datetime.time(18),
    )  # fmt: skip
    client.force_login(cast.coordinator)
    shown = client.get(f"/schools/{cast.school.pk}/site-week/").content.decode()
    assert "09:00–15:00" in shown and "16:00–18:00" in shown
