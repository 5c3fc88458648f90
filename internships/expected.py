"""Who is expected on site on a day, and how that stands: read from schedules, closures, suspensions and what was said.

The same number of queries for one placement as for all of a school, and after one term as after ten years.
"""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from internships.models import Placement, Rules, SiteDay, SiteWeekday, Touch
from internships.models.placement import minutes_between
from schools.models import Closure

Way = Touch.Way


class Status(models.TextChoices):
    NOT_HEARD = "not_heard", _("not heard from")
    LATE = "late", _("came late")
    IN = "in", _("on site")
    OUT = "out", _("has been there")
    ABSENT = "absent", _("absent")
    EXPECTED = "expected", _("expected later")


TONES = {
    Status.NOT_HEARD: "bad", Status.LATE: "warn", Status.IN: "ok", Status.OUT: "ok", Status.ABSENT: "quiet",
    Status.EXPECTED: "info",
}  # fmt: skip


@dataclass(frozen=True)
class Expected:
    """One student on one day of one placement; `day` is what is known of it, None while nothing is."""

    placement: Placement
    date: datetime.date
    from_time: datetime.time
    to_time: datetime.time
    break_minutes: int
    day: SiteDay | None

    @property
    def starts_at(self) -> datetime.datetime:
        return datetime.datetime.combine(self.date, self.from_time, self.placement.zone)

    @property
    def ends_at(self) -> datetime.datetime:
        return datetime.datetime.combine(self.date, self.to_time, self.placement.zone)

    @property
    def minutes(self) -> int:
        """Minutes on site by the schedule, the break taken off."""
        return minutes_between(self.from_time, self.to_time) - self.break_minutes

    @property
    def came(self) -> Touch | None:
        return self.day.touch(Way.IN) if self.day else None

    @property
    def went(self) -> Touch | None:
        return self.day.touch(Way.OUT) if self.day else None

    def status(self, now: datetime.datetime, rules: Rules) -> str:
        if self.day and self.day.absence_id:
            return Status.ABSENT
        late_at = self.starts_at + datetime.timedelta(minutes=rules.late_after_minutes)
        if self.went or (self.day and self.day.minutes is not None):
            return Status.OUT
        if self.came:
            return Status.LATE if self.came.claimed_at > late_at else Status.IN
        return Status.EXPECTED if now <= late_at else Status.NOT_HEARD

    def is_no_show(self, now: datetime.datetime, rules: Rules) -> bool:
        """Whether the hour has passed after which somebody has to hear that nobody has."""
        due = self.starts_at + datetime.timedelta(minutes=rules.no_show_after_minutes)
        return now >= due and self.status(now, rules) == Status.NOT_HEARD


def expected_on(placements: models.QuerySet, date: datetime.date) -> list[Expected]:
    """Those of `placements` in which the student is expected on `date`, by name."""
    return expected_between(placements, date, date)


def expected_between(placements: models.QuerySet, first: datetime.date, last: datetime.date) -> list[Expected]:
    """The same for each day from `first` to `last`, both counted; at most a few weeks at a time."""
    dates = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
    slots = SiteWeekday.objects.overlapping(first, last + datetime.timedelta(days=1)).filter(
        placement=OuterRef("pk"), weekday__in={date.weekday() for date in dates}
    )
    made_up = SiteDay.objects.filter(placement=OuterRef("pk"), date__range=(first, last), kind=SiteDay.Kind.MAKE_UP)
    rows = placements.begun().filter(starts_on__lte=last).filter(Q(ends_on__isnull=True) | Q(ends_on__gt=first))
    found = rows.filter(Exists(slots) | Exists(made_up)).with_place().order_by("student__user__search_name", "pk")
    return expected_of(list(found), first, last)


def expected_of(found: list[Placement], first: datetime.date, last: datetime.date) -> list[Expected]:
    """The same for placements that have begun and were read with `with_place`."""
    dates = [first + datetime.timedelta(days=n) for n in range((last - first).days + 1)]
    closed = closed_days({placement.school_id for placement in found}, first, last)
    days = {(day.placement_id, day.date): day for day in _days(found, first, last)}
    return [
        one
        for date in dates
        for placement in found
        if (placement.school_id, date) not in closed
        and (one := _expected(placement, date, days.get((placement.pk, date)))) is not None
    ]


def _days(placements, first, last) -> Iterable[SiteDay]:
    rows = SiteDay.objects.filter(placement__in=[one.pk for one in placements], date__range=(first, last))
    return rows.select_related("absence").prefetch_related("touches")


def _expected(placement, date, day) -> Expected | None:
    if not placement.holds(date) or placement.suspension_on(date):
        return None
    if day and day.kind == SiteDay.Kind.MAKE_UP:
        return Expected(placement, date, day.from_time, day.to_time, 0, day)
    slot = placement.slot_on(date)
    return slot and Expected(placement, date, slot.from_time, slot.to_time, slot.break_minutes, day)


def closed_days(schools, first: datetime.date, last: datetime.date) -> dict[tuple[int, datetime.date], Closure]:
    """Each closed day of these schools, with its closure."""
    found = {}
    for closure in Closure.objects.overlapping(first, last + datetime.timedelta(days=1)).filter(school__in=schools):
        day = max(closure.starts_on, first)
        while day <= last and closure.holds(day):
            found[closure.school_id, day] = closure
            day += datetime.timedelta(days=1)
    return found


def monday_of(date: datetime.date) -> datetime.date:
    return date - datetime.timedelta(days=date.weekday())


def expected_again(day: SiteDay) -> Expected | None:
    """What was expected on a day of which something is known, its placement read with it; closures apart."""
    return _expected(day.placement, day.date, day)


def week_of(placement: Placement, monday: datetime.date) -> list[Expected]:
    """The days of one week on which the student is expected there, of a placement read with `with_place`."""
    if placement.begun_at is None:
        return []
    return expected_of([placement], monday, monday + datetime.timedelta(days=6))
