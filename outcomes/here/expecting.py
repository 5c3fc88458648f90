"""On which days of a whole term each student was expected on site, and how each stands.

What internships/expected.py says of a few weeks, for a term: in queries that do not grow with students or days, and
without a model for each day. The tests hold the two together.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import Exists, OuterRef

from internships.expected import closed_days
from internships.models import Placement, SiteDay, SiteWeekday, Suspension, Touch
from outcomes.here.facts import DAY, Facts
from schools.models import AttendanceCode


class Known(NamedTuple):
    """What is known of one day of a placement."""

    is_make_up: bool
    checked_in: bool
    # Minutes that somebody confirmed; None while nobody has.
    confirmed: int | None
    said_absent: bool

    @property
    def attended(self) -> bool:
        """As the mentor confirmed it, until then as the student checked in."""
        return self.checked_in if self.confirmed is None else self.confirmed > 0

    @property
    def without_a_word(self) -> bool:
        return not (self.attended or self.checked_in or self.said_absent)


NOTHING = Known(False, False, None, False)


class Days(NamedTuple):
    """A student's days on site until yesterday; `missed` are those of which nobody heard."""

    expected: int
    attended: int
    missed: tuple[datetime.date, ...]


class Place(NamedTuple):
    """A placement, as far as its days need it."""

    pk: int
    student: int
    starts_on: datetime.date
    ends_on: datetime.date | None

    @property
    def last_day(self) -> datetime.date | None:
        return self.ends_on and self.ends_on - DAY


def placements(facts: Facts) -> list[Place]:
    """Those that ran on any day of the term until the cohort's day."""
    rows = Placement.objects.begun().overlapping(facts.first, facts.day + DAY).filter(student__in=facts.ids)
    names = ("pk", "student", "starts_on", "ends_on")
    return [Place(*row) for row in rows.order_by("starts_on", "pk").values_list(*names)]


def known(facts: Facts) -> dict[tuple[int, datetime.date], Known]:
    """By placement and day. That the school wrote "absent, not excused" afterwards is no word from the student."""
    came = Touch.objects.filter(day=OuterRef("pk"), way=Touch.Way.IN)
    rows = SiteDay.objects.filter(student__in=facts.ids, date__range=(facts.first, facts.passed))
    rows = rows.annotate(came=Exists(came)).order_by()
    found = {}
    for placement, date, kind, minutes, confirmed_at, absence, source, is_in in rows.values_list(
        "placement", "date", "kind", "minutes", "confirmed_at", "absence__counts", "absence_source", "came"
    ):
        by_school = source == SiteDay.Source.STAFF and absence == AttendanceCode.Counts.ABSENT
        found[placement, date] = Known(
            kind == SiteDay.Kind.MAKE_UP, is_in, (minutes or 0) if confirmed_at else None,
            absence is not None and not by_school,
        )  # fmt: skip
    return found


def minutes(facts: Facts) -> dict[int, int]:
    """Minutes on site that somebody confirmed, until yesterday, over all placements."""
    students = {one.pk: one.student for one in facts.ask(placements)}
    found: dict[int, int] = defaultdict(int)
    for (placement, _date), day in facts.ask(known).items():
        if placement in students:
            found[students[placement]] += day.confirmed or 0
    return found


def days(facts: Facts) -> dict[int, Days]:
    """Of every student who was expected on a day, and of those with a placement and none so far, nothing."""
    slots, rests = _spans(SiteWeekday, facts, "weekday"), _spans(Suspension, facts)
    closed = {date for _school, date in closed_days([facts.school.pk], facts.first, facts.passed)}
    on = facts.ask(known)
    made_up: dict[int, list[datetime.date]] = defaultdict(list)
    for (placement, date), day in on.items():
        if day.is_make_up:
            made_up[placement].append(date)
    found: dict[int, list[tuple[datetime.date, Known]]] = defaultdict(list)
    for one in facts.ask(placements):
        dates = {date for starts, ends, weekday in slots[one.pk] for date in _on(weekday, starts, ends, facts, one)}
        dates |= {date for date in made_up[one.pk] if _within(date, one, facts)}
        dates = {date for date in dates - closed if not any(holds(date, *rest) for rest in rests[one.pk])}
        found[one.student] += [(date, on.get((one.pk, date), NOTHING)) for date in sorted(dates)]
    return {pk: _summed(some) for pk, some in found.items() if some}


def _summed(some: Iterable[tuple[datetime.date, Known]]) -> Days:
    some = list(some)
    return Days(
        len(some), sum(day.attended for _date, day in some),
        tuple(sorted(date for date, day in some if day.without_a_word)),
    )  # fmt: skip


def _spans(model, facts, *names) -> dict[int, list]:
    rows = model.objects.overlapping(facts.first, facts.passed + DAY)
    rows = rows.filter(placement__in=[one.pk for one in facts.ask(placements)]).order_by()
    found: dict[int, list] = defaultdict(list)
    for placement, *span in rows.values_list("placement", "starts_on", "ends_on", *names):
        found[placement].append(span)
    return found


def holds(date, starts, ends) -> bool:
    return starts <= date and (ends is None or date < ends)


def _within(date, one: Place, facts) -> bool:
    """Whether the placement and the student's own time hold a day that is over."""
    last = min(facts.passed, facts.stays[one.student].last_day)
    return facts.first <= date <= last and holds(date, one.starts_on, one.ends_on)


def _on(weekday, starts, ends, facts, one: Place) -> Iterable[datetime.date]:
    date = max(starts, one.starts_on, facts.first)
    date += datetime.timedelta(days=(weekday - date.weekday()) % 7)
    while _within(date, one, facts) and holds(date, starts, ends):
        yield date
        date += datetime.timedelta(days=7)
