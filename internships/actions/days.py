"""Days on site: came and went, absent, made up, confirmed. What a phone claims is kept beside when it reached us."""

import datetime
import uuid
from decimal import Decimal

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.actions.links import use
from accounts.models import Link
from audit.actions import record
from common.refusals import SaidAtField
from internships import news
from internships.expected import Expected, closed_days, expected_on, week_of
from internships.hours import proposed
from internships.models import Answer, HoursChange, Placement, Question, Rules, SiteDay, SiteWeek, Touch
from schools.models import AttendanceCode
from students.actions.attendance import mark
from students.models import AttendanceMark, Student

Counts = AttendanceCode.Counts
Session = AttendanceMark.Session
# A phone's clock may be a little ahead of ours.
SKEW = datetime.timedelta(minutes=5)
EARLY = datetime.timedelta(hours=2)
KEPT_FOR = datetime.timedelta(days=7)
NOON = datetime.time(12)


class DayError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def touch(
    *, placement: Placement, way: str, by, claimed_at: datetime.datetime, now: datetime.datetime, key: uuid.UUID,
    latitude: Decimal | None = None, longitude: Decimal | None = None, answers: dict[Question, int] | None = None,
) -> Touch:  # fmt: skip
    """The student came or went at `claimed_at`. The same key twice, or the same way twice a day, is the first.

    A place is rounded to a hundredth of a degree, and kept only where the school asks for it. Raises DayError.
    """
    if same := Touch.objects.filter(key=key, day__placement=placement).select_related("day").first():
        return same
    Student.objects.lock(placement.student)
    _refuse_time(claimed_at, now)
    date = claimed_at.astimezone(placement.zone).date()
    expected = expected_day(placement, date)
    if way == Touch.Way.IN and claimed_at < expected.starts_at - EARLY:
        raise DayError(
            _("It begins at %(time)s. Check in when you are there.") % {"time": f"{expected.from_time:%H:%M}"}
        )
    day = _day(placement, date)
    if day.absence_id:
        raise DayError(
            _("You are written down as absent on that day. Take that back first, if you are there after all.")
        )
    if same := day.touches.filter(way=way).first():
        return same
    came = day.touches.filter(way=Touch.Way.IN).first()
    if way == Touch.Way.OUT and came is None:
        raise DayError(_("Check in first. Your mentor can write the hours down if you forgot."))
    if way == Touch.Way.OUT and claimed_at < came.claimed_at:
        raise DayError(_("That is before you checked in."))
    asks = Rules.of(placement.school).asks_where and way == Touch.Way.IN
    row = Touch.objects.create(
        day=day, way=way, claimed_at=claimed_at, received_at=now, key=key, by=by,
        latitude=_coarse(latitude) if asks else None, longitude=_coarse(longitude) if asks else None,
    )  # fmt: skip
    for question, value in (answers or {}).items():
        Answer.objects.get_or_create(question=question, day=day, defaults={"value": value, "by": by, "at": now})
    if way == Touch.Way.IN:
        _mark(expected, _site_code(placement.school), by)
    _record(f"checked_{way}", placement, by, date=date.isoformat())
    return row


@transaction.atomic
def say_absent(
    *, placement: Placement, date: datetime.date, code: AttendanceCode, words: str, source: str, by,
    now: datetime.datetime,
) -> SiteDay:  # fmt: skip
    """The student does not come on `date`, and why. Another code or other words correct the last. Raises DayError."""
    Student.objects.lock(placement.student)
    if code.school_id != placement.school_id or code.retired_on or code.counts not in (Counts.EXCUSED, Counts.ABSENT):
        raise DayError(_("Choose one of the school's reasons."), "code")
    expected = expected_day(placement, date, field="date")
    day = _day(placement, date)
    if day.touches.exists():
        raise DayError(_("On that day the student checked in. Correct the hours instead."), "date")
    if day.confirmed_at:
        raise DayError(_("That day is confirmed already. Ask the adviser to correct it."), "date")
    if (day.absence_id, day.absence_words, day.absence_source) == (code.pk, words, source):
        return day
    day.absence, day.absence_words, day.absence_source = code, words, source
    day.absence_by, day.absence_at = by, now
    day.save()
    _mark(expected, code, by, note=words[:200])
    _record("absent", placement, by, date=date.isoformat(), code=code.code, source=source)
    news.absent(placement, date, by)
    return day


@transaction.atomic
def take_back_absence(*, day: SiteDay, by) -> SiteDay:
    """The student comes after all."""
    Student.objects.lock(day.student)
    day.refresh_from_db()
    if day.absence_id is None:
        return day
    expected = expected_day(day.placement, day.date)
    day.absence, day.absence_words, day.absence_source, day.absence_by, day.absence_at = None, "", "", None, None
    day.save()
    # The last word counts: what was marked absent is marked on site again, and corrected if nobody comes.
    _mark(expected, _site_code(day.placement.school), by)
    _record("comes", day.placement, by, date=day.date.isoformat())
    news.absent(day.placement, day.date, by, comes=True)
    return day


@transaction.atomic
def make_up(
    *, placement: Placement, date: datetime.date, from_time: datetime.time, to_time: datetime.time, by
) -> SiteDay:
    """A day on site besides the schedule. Raises DayError where one of the two places or the school says otherwise."""
    Student.objects.lock(placement.student)
    if to_time <= from_time:
        raise DayError(_("The end is before the start."), "to_time")
    if not placement.holds(date) or placement.begun_at is None:
        raise DayError(_("The placement does not run on that day."), "date")
    if closure := closed_days([placement.school_id], date, date).get((placement.school_id, date)):
        raise DayError(_("The school is closed then: %(name)s.") % {"name": closure.name}, "date")
    others = expected_on(Placement.objects.filter(student=placement.student), date)
    if taken := next((one for one in others), None):
        raise DayError(
            _("%(name)s is expected at %(place)s on that day already.")
            % {"name": placement.student.name, "place": taken.placement.place}, "date",
        )  # fmt: skip
    if placement.suspension_on(date):
        raise DayError(_("The placement is suspended on that day."), "date")
    day = _day(placement, date)
    day.kind, day.from_time, day.to_time = SiteDay.Kind.MAKE_UP, from_time, to_time
    day.save(update_fields=["kind", "from_time", "to_time"])
    _record("made_up", placement, by, date=date.isoformat())
    return day


@transaction.atomic
def confirm_week(
    *, placement: Placement, monday: datetime.date, minutes: dict[datetime.date, int], by, now: datetime.datetime,
    reasons: dict[datetime.date, str] | None = None, words="", answers: dict[Question, int] | None = None,
    link: Link | None = None,
) -> SiteWeek:  # fmt: skip
    """Say how long the student was there on each day of a week; the first word makes it count.

    What differs from what was proposed, or corrects an earlier word, needs a reason. Later words are corrections of
    their days. Raises DayError with the field `reason_<date>` or `hours_<date>`.
    """
    Student.objects.lock(placement.student)
    if link is not None:
        use(link, now)
    # Read again under the lock: its schedule may have changed since the page was opened.
    placement = Placement.objects.with_place().get(pk=placement.pk)
    days = {one.date: one for one in week_of(placement, monday)}
    today = now.astimezone(placement.zone).date()
    if not days or set(minutes) - set(days):
        raise DayError(_("The student was not expected on one of these days. Look at the week again."))
    for date in sorted(minutes):
        if date > today:
            raise DayError(_("%(day)s has not begun.") % {"day": date_format(date, "l")}, f"hours_{date}")
        _set_minutes(days[date], minutes[date], (reasons or {}).get(date, ""), by, now)
    if last := [date for date in days if date > today and date not in minutes]:
        raise DayError(_("%(day)s is still to come. Confirm the week after it.") % {"day": date_format(last[0], "l")})
    week, is_new = SiteWeek.objects.get_or_create(
        placement=placement, monday=monday, defaults={"words": words, "confirmed_by": by, "confirmed_at": now}
    )
    for question, value in (answers or {}).items():
        Answer.objects.get_or_create(question=question, week=week, defaults={"value": value, "by": by, "at": now})
    _record("confirmed" if is_new else "corrected", placement, by, monday=monday.isoformat())
    return week


def _set_minutes(expected: Expected, minutes, reason, by, now):
    was = proposed(expected)
    day = _day(expected.placement, expected.date)
    if day.confirmed_at and day.minutes == minutes:
        return
    nothing_said = expected.day is None or (not expected.came and not day.absence_id and day.minutes is None)
    # Of a day of which nothing is known, the mentor's word is the first and corrects nobody.
    if minutes != was and not nothing_said and not reason.strip():
        raise DayError(_("Say why it is different."), f"reason_{expected.date}")
    if minutes != was and not nothing_said:
        HoursChange.objects.create(day=day, was=was, now=minutes, reason=reason, by=by, at=now)
    day.minutes, day.confirmed_by, day.confirmed_at = minutes, by, now
    day.save(update_fields=["minutes", "confirmed_by", "confirmed_at"])
    if minutes and nothing_said:
        _mark(expected, _site_code(expected.placement.school), by)


@transaction.atomic
def tell_of_no_show(*, expected: Expected, rules: Rules, on: datetime.date, now: datetime.datetime) -> bool:
    """Once a day: the adviser hears that nobody has heard from the student, and parents where the school says so."""
    Student.objects.lock(expected.placement.student)
    again = next((one for one in expected_on(Placement.objects.filter(pk=expected.placement.pk), expected.date)), None)
    if again is None or not again.is_no_show(now, rules):
        return False
    day = _day(expected.placement, expected.date)
    if day.no_show_told_at:
        return False
    day.no_show_told_at = now
    day.save(update_fields=["no_show_told_at"])
    news.no_show(expected.placement, expected.date, on, parents=rules.parents_hear_of_no_shows)
    return True


def expected_day(placement: Placement, date: datetime.date, field: str | None = None) -> Expected:
    """What is expected there on `date`. Raises DayError with the reason where nothing is."""
    found = expected_on(Placement.objects.filter(pk=placement.pk), date)
    if found:
        return found[0]
    day = date_format(date, "l")
    if closure := closed_days([placement.school_id], date, date).get((placement.school_id, date)):
        raise DayError(_("The school is closed on that day: %(name)s.") % {"name": closure.name}, field)
    if placement.begun_at is None or date < placement.starts_on:
        raise DayError(_("The placement has not begun on that day."), field)
    if not placement.holds(date):
        raise DayError(_("The placement has ended by that day."), field)
    if placement.suspension_on(date):
        raise DayError(_("The placement is suspended on that day."), field)
    raise DayError(
        _("%(day)s is not one of the days at %(place)s. Ask for a make-up day, if you were there.")
        % {"day": day, "place": placement.place}, field,
    )  # fmt: skip


def _refuse_time(claimed_at, now):
    if claimed_at > now + SKEW:
        raise DayError(_("That time has not come yet. Is your phone's clock right?"))
    if claimed_at < now - KEPT_FOR:
        raise DayError(_("That is more than a week ago. Ask your adviser to write it down."))


def _day(placement, date) -> SiteDay:
    """The day's row, made by whoever is first; the student is locked."""
    found, _is_new = SiteDay.objects.get_or_create(
        placement=placement, date=date, defaults={"student_id": placement.student_id, "school_id": placement.school_id}
    )
    return found


def _coarse(degrees: Decimal | None) -> Decimal | None:
    return degrees if degrees is None else degrees.quantize(Decimal("0.01"))


def _site_code(school) -> AttendanceCode | None:
    chosen = Rules.of(school).site_code
    if chosen is not None and not chosen.retired_on:
        return chosen
    return AttendanceCode.objects.filter(school=school, counts=Counts.ELSEWHERE, retired_on__isnull=True).first()


def _mark(expected, code, by, note=""):
    """Write the attendance of each session that the day covers; a school without such a code keeps none."""
    if code is None:
        return
    for session, covers in ((Session.MORNING, expected.from_time < NOON), (Session.AFTERNOON, expected.to_time > NOON)):
        if covers:
            mark(
                student=expected.placement.student, date=expected.date, code=code, by=by, session=session, note=note,
                source=AttendanceMark.Source.SITE,
            )  # fmt: skip


def _record(what, placement, by, **details):
    record(
        f"internships.day.{what}", by=by, subject=placement, school_id=placement.school_id,
        student_id=placement.student_id, **details,
    )  # fmt: skip
