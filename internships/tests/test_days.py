import datetime
import uuid
import zoneinfo
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from internships.actions.days import (
    DayError,
    confirm_week,
    make_up,
    say_absent,
    take_back_absence,
    tell_of_no_show,
    touch,
)
from internships.actions.placements import rest
from internships.actions.weeks import ask_for_weeks
from internships.expected import Status, expected_on, monday_of
from internships.hours import HoursError, from_words, in_term, in_words, proposed
from internships.models import HoursChange, Placement, Question, Rules, SiteDay, SiteWeek, Touch
from internships.questions import question_for, take_over
from internships.tasks import look_for_no_shows
from internships.tests.factories import a_begun_placement
from notices.models import Email, Notice
from schools.models import AttendanceCode, Closure
from students.models import AttendanceMark

ZONE = zoneinfo.ZoneInfo("America/New_York")
DAY, MINUTE = datetime.timedelta(days=1), datetime.timedelta(minutes=1)
# TODAY is a Tuesday, and NOW ten in the morning there.
assert TODAY.weekday() == 1 and NOW.astimezone(ZONE).hour == 10


def at(hour, minute=0, day=TODAY):
    return datetime.datetime.combine(day, datetime.time(hour, minute), ZONE)


def came(placement, when=None, now=NOW, **values):
    by = placement.student.user
    return touch(placement=placement, way="in", by=by, claimed_at=when or at(9), now=now, key=uuid.uuid4(), **values)


def went(placement, when, now=None):
    return touch(
        placement=placement, way="out", by=placement.student.user, claimed_at=when, now=now or when, key=uuid.uuid4()
    )


def status(placement, now=NOW, date=TODAY):
    (one,) = expected_on(Placement.objects.filter(pk=placement.pk), date)
    return one.status(now, Rules.of(placement.school))


def refused(words):
    return pytest.raises(DayError, match=words)


def code(cast, letter):
    return AttendanceCode.objects.get(school=cast.school, code=letter)


def test_a_day_from_expected_to_been_there(cast):
    placement = a_begun_placement(cast)
    assert status(placement, at(8)) == Status.EXPECTED
    assert status(placement, at(9, 16)) == Status.NOT_HEARD
    came(placement, at(9, 5))
    assert status(placement) == Status.IN
    went(placement, at(15))
    assert status(placement, at(16)) == Status.OUT


def test_who_comes_after_a_quarter_of_an_hour_is_late(cast):
    placement = a_begun_placement(cast)
    came(placement, at(9, 40))
    assert status(placement) == Status.LATE


def test_a_double_tap_is_one_check_in_and_so_is_what_is_sent_again(cast):
    placement, key = a_begun_placement(cast), uuid.uuid4()
    facts = {"placement": placement, "way": "in", "by": cast.sam, "now": NOW}
    first = touch(claimed_at=at(9), key=key, **facts)
    assert touch(claimed_at=at(9, 1), key=key, **facts) == first
    assert touch(claimed_at=at(9, 2), key=uuid.uuid4(), **facts) == first
    assert Touch.objects.get().claimed_at == at(9)


def test_what_was_kept_on_the_phone_comes_later_with_its_true_time(cast):
    placement = a_begun_placement(cast)
    row = came(placement, at(9, 3), now=at(20, day=TODAY + DAY))
    assert (row.claimed_at, row.received_at, row.day.date) == (at(9, 3), at(20, day=TODAY + DAY), TODAY)


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (at(11), "has not come yet"), (at(9, day=TODAY + 2 * DAY), "has not come yet"),
        (at(9, day=TODAY - 8 * DAY), "more than a week ago"), (at(5), "It begins at 09:00"),
        (at(9, day=TODAY - DAY), "Monday is not one of the days"),
    ],
)  # fmt: skip
def test_a_check_in_that_cannot_be_is_said_in_words(cast, when, words):
    placement = a_begun_placement(cast, starts_on=TODAY - 14 * DAY)
    with refused(words):
        came(placement, when)
    assert not Touch.objects.exists()


def test_a_check_out_needs_a_check_in_before_it(cast):
    placement = a_begun_placement(cast)
    with refused("Check in first"):
        went(placement, at(9, 30))
    came(placement, at(9, 45))
    with refused("before you checked in"):
        went(placement, at(9, 30))


def test_nobody_is_expected_when_the_school_is_closed_or_the_placement_rests(cast):
    placement = a_begun_placement(cast)
    Closure.objects.create(school=cast.school, name="Snow day", starts_on=TODAY, ends_on=TODAY + DAY)
    with refused("The school is closed on that day: Snow day"):
        came(placement)
    assert look_for_no_shows() == 0
    rest(placement=placement, by=cast.lead, on=TODAY + 2 * DAY, now=NOW)
    with refused("suspended"):
        came(placement, at(9, day=TODAY + 2 * DAY), now=at(9, day=TODAY + 2 * DAY))


def test_a_place_is_coarse_and_kept_only_where_the_school_asks(cast):
    placement = a_begun_placement(cast)
    where = {"latitude": Decimal("41.82399"), "longitude": Decimal("-71.41283")}
    assert came(placement, **where).latitude is None
    Rules.objects.create(school=cast.school, asks_where=True)
    row = came(placement, at(9, day=TODAY + 2 * DAY), now=at(9, day=TODAY + 2 * DAY), **where)
    assert (row.latitude, row.longitude) == (Decimal("41.82"), Decimal("-71.41"))


def test_a_check_in_is_attendance_in_both_sessions_with_the_school_s_code(cast):
    Rules.objects.create(school=cast.school, site_code=code(cast, "P"))
    came(a_begun_placement(cast))
    rows = AttendanceMark.objects.filter(student=cast.student("sam"), source="site").order_by("session")
    assert [(row.session, row.code.code) for row in rows] == [("am", "P"), ("pm", "P")]


def test_an_absence_has_a_code_a_reason_and_who_said_it(cast):
    placement = a_begun_placement(cast)
    facts = {"placement": placement, "date": TODAY, "source": "parent", "by": cast.rosa, "now": NOW}
    with refused("one of the school's reasons"):
        say_absent(code=code(cast, "P"), words="ill", **facts)
    stranger = AttendanceCode.objects.filter(school=cast.other_school, counts="excused").first()
    with refused("one of the school's reasons"):
        say_absent(code=stranger, words="ill", **facts)
    day = say_absent(code=code(cast, "E"), words="Fever since last night", **facts)
    say_absent(code=code(cast, "E"), words="Fever since last night", **facts)
    assert status(placement) == Status.ABSENT and day.absence_by == cast.rosa
    told = set(Notice.objects.filter(kind="internships.absent").values_list("user__username", flat=True))
    assert told == {"ada", "cover", "mo"}
    with refused("written down as absent"):
        came(placement)
    take_back_absence(day=day, by=cast.rosa)
    came(placement)
    assert status(placement) == Status.IN


def test_a_no_show_reaches_the_adviser_once_after_the_hour(cast, monkeypatch):
    placement = a_begun_placement(cast)

    def looked_at(when):
        monkeypatch.setattr("django.utils.timezone.now", lambda: when)
        return look_for_no_shows()

    assert looked_at(at(9, 59)) == 0
    assert looked_at(at(10)) == 1
    assert looked_at(at(10, 5)) == 0
    told = Notice.objects.filter(kind="internships.no_show")
    assert set(told.values_list("user__username", flat=True)) == {"ada", "cover"} and told[0].is_urgent
    Rules.objects.create(school=cast.school, parents_hear_of_no_shows=True)
    told.update(read_at=NOW, waits_since=None)
    SiteDay.objects.filter(placement=placement).update(no_show_told_at=None)
    assert looked_at(at(10, 10)) == 1
    assert Notice.objects.filter(kind="internships.no_show", user=cast.rosa).exists()


def test_no_no_show_of_somebody_excused_or_just_arrived(cast):
    placement = a_begun_placement(cast)
    (before,) = expected_on(Placement.objects.filter(pk=placement.pk), TODAY)
    say_absent(placement=placement, date=TODAY, code=code(cast, "E"), words="", source="student", by=cast.sam, now=NOW)
    assert not tell_of_no_show(expected=before, rules=Rules.of(cast.school), on=TODAY, now=at(12))
    assert not Notice.objects.filter(kind="internships.no_show").exists()


def test_a_make_up_day_is_expected_and_is_refused_where_it_cannot_be(cast):
    placement = a_begun_placement(cast)
    friday, times = TODAY + 3 * DAY, {"from_time": datetime.time(9), "to_time": datetime.time(13)}
    make_up(placement=placement, date=friday, by=cast.ada, **times)
    assert status(placement, at(8, day=friday), friday) == Status.EXPECTED
    with refused("expected at Blackstone Boats on that day already"):
        make_up(placement=placement, date=TODAY, by=cast.ada, **times)
    with refused("does not run on that day"):
        make_up(placement=placement, date=TODAY - 7 * DAY, by=cast.ada, **times)
    with refused("The end is before the start"):
        make_up(placement=placement, date=friday, by=cast.ada, from_time=datetime.time(9), to_time=datetime.time(9))


def thursday_evening():
    return at(18, day=TODAY + 2 * DAY)


@pytest.fixture
def week(cast):
    """Sam's week: there on Tuesday from nine to three, on Thursday from nine, gone without a word."""
    placement = a_begun_placement(cast)
    came(placement, at(9))
    went(placement, at(15))
    came(placement, at(9, day=TODAY + 2 * DAY), now=at(9, day=TODAY + 2 * DAY))
    return placement


MONDAY, THURSDAY_DATE = monday_of(TODAY), TODAY + 2 * DAY


def confirmed(placement, by, minutes=None, reasons=None, now=None, **values):
    return confirm_week(
        placement=placement, monday=MONDAY, by=by, now=now or thursday_evening(), reasons=reasons,
        minutes=minutes or {TODAY: 330, THURSDAY_DATE: 330}, **values,
    )  # fmt: skip


def test_a_week_is_proposed_as_it_was_and_confirmed_with_one_word(cast, week):
    rows = expected_on(Placement.objects.filter(pk=week.pk), TODAY)
    assert proposed(rows[0]) == 330
    confirmed(week, cast.mo)
    confirmed(week, cast.mo)
    assert SiteWeek.objects.count() == 1 and not HoursChange.objects.exists()
    total = in_term(cast.student("sam"), Rules.of(cast.school), THURSDAY_DATE)
    assert (total.confirmed, total.unconfirmed, total.target) == (660, 0, 6000)


def test_other_hours_need_a_reason_and_are_kept_with_what_they_were(cast, week):
    with refused("Say why it is different") as said:
        confirmed(week, cast.mo, {TODAY: 330, THURSDAY_DATE: 240})
    assert said.value.field == f"reason_{THURSDAY_DATE}"
    assert not SiteWeek.objects.exists()
    confirmed(week, cast.mo, {TODAY: 330, THURSDAY_DATE: 240}, {THURSDAY_DATE: "Dentist in the afternoon"})
    change = HoursChange.objects.get()
    assert (change.was, change.now, change.reason) == (330, 240, "Dentist in the afternoon")


def test_a_week_is_not_confirmed_before_its_days_are_there(cast, week):
    with refused("Thursday has not begun"):
        confirmed(week, cast.mo, now=at(18))
    with refused("Thursday is still to come"):
        confirmed(week, cast.mo, {TODAY: 330}, now=at(18))


def test_hours_that_nobody_has_confirmed_stand_apart(cast, week):
    total = in_term(cast.student("sam"), Rules.of(cast.school), THURSDAY_DATE)
    assert (total.confirmed, total.unconfirmed) == (0, 660)


def test_the_mentor_is_asked_once_after_the_last_day(cast, week):
    running = Placement.objects.filter(pk=week.pk)
    assert ask_for_weeks(placements=running, now=at(14, day=THURSDAY_DATE)) == 0
    assert ask_for_weeks(placements=running, now=thursday_evening()) == 1
    assert ask_for_weeks(placements=running, now=thursday_evening()) == 0
    assert Email.objects.filter(person=cast.mo, text__contains="/l/").count() == 1


def test_questions_take_turns_every_other_week(cast):
    assert question_for(cast.school, "student", TODAY) is None
    take_over(cast.school)
    take_over(cast.school)
    assert Question.objects.filter(school=cast.school, of="student").count() == 3
    odd = TODAY if TODAY.isocalendar().week % 2 else TODAY + 7 * DAY
    asked = {question_for(cast.school, "student", odd + n * DAY).text for n in (0, 1, 2)}
    assert len(asked) == 3
    assert question_for(cast.school, "student", odd + 7 * DAY) is None


@pytest.mark.parametrize(("text", "minutes"), [("5:30", 330), ("5.5", 330), ("5,5", 330), ("6", 360), ("0", 0)])
def test_hours_are_read_as_people_write_them(text, minutes):
    assert from_words(text) == minutes
    assert from_words(in_words(minutes)) == minutes


@pytest.mark.parametrize("text", ["", "five", "25", "5:75", "-1", "5:3", "nan"])
def test_what_is_no_time_is_refused(text):
    with pytest.raises(HoursError):
        from_words(text)


def test_who_is_expected_costs_the_same_for_many_and_after_years(cast):
    first = a_begun_placement(cast)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            expected_on(Placement.objects.filter(school=cast.school), TODAY)
        return len(asked)

    came(first)
    few = cost()
    for name in ("lena", "omar", "kit"):
        came(a_begun_placement(cast, name, mentor="mo"))
    SiteDay.objects.bulk_create(
        SiteDay(
            school=cast.school, student=first.student, placement=first, date=TODAY - n * DAY, minutes=300,
            confirmed_at=NOW, confirmed_by=cast.mo,
        )
        for n in range(1, 700)
    )  # fmt: skip
    assert cost() == few
