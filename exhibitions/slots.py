"""When exhibitions of a window can be: its times on each of its days, without the days on which the school is shut."""

import datetime
import re
from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from common.refusals import SaidAtField
from exhibitions.models import Window
from schools.models import Closure

DAY_BEGINS, DAY_ENDS, MIDDAY = datetime.time(9), datetime.time(16), datetime.time(12)
NOON_ENDS = datetime.time(13)
# Between two exhibitions people change rooms and one is put away; at a fair they go to the next table.
PAUSE, PAUSE_AT_FAIR = datetime.timedelta(minutes=15), datetime.timedelta(minutes=5)
FAIR_MINUTES = 20


class TimesError(SaidAtField):
    """What was typed is no list of times."""


def usual_times(slot_minutes: int) -> list[str]:
    """From nine to four, with a pause between two and an hour at midday in which there is none."""
    found, at = [], datetime.datetime.combine(datetime.date.min, DAY_BEGINS)
    slot = datetime.timedelta(minutes=slot_minutes)
    pause = PAUSE_AT_FAIR if slot_minutes <= FAIR_MINUTES else PAUSE
    while (at + slot).time() <= DAY_ENDS:
        if at.time() < NOON_ENDS and (at + slot).time() > MIDDAY:
            at = datetime.datetime.combine(datetime.date.min, NOON_ENDS)
            continue
        found.append(f"{at:%H:%M}")
        at += slot + pause
    return found


def check_times(times: list[str], slot_minutes: int) -> list[str]:
    """The times in order, as "09:00". Raises TimesError for what is no time, and where one begins in another."""
    found = set()
    for typed in times:
        found.add(_clock(typed))
    if not found:
        raise TimesError(_("Say at least one time."), "times")
    ordered = sorted(found)
    for one, following in pairwise(ordered):
        if _minutes(following) - _minutes(one) < slot_minutes:
            raise TimesError(
                _("%(one)s and %(next)s are less than %(n)d minutes apart.")
                % {"one": one, "next": following, "n": slot_minutes},
                "times",
            )
    return ordered


def _clock(typed: str) -> str:
    clock = re.fullmatch(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:([ap])\.?m\.?)?", typed.strip().lower())
    hour, minute = (int(clock[1]), int(clock[2] or 0)) if clock else (24, 0)
    if clock and clock[3]:
        hour = hour % 12 + (12 if clock[3] == "p" else 0) if 1 <= hour <= 12 else 24
    if hour > 23 or minute > 59:
        raise TimesError(_("“%(typed)s” is not a time. Write it like 9:30.") % {"typed": typed}, "times")
    return f"{hour:02}:{minute:02}"


def _minutes(clock: str) -> int:
    return int(clock[:2]) * 60 + int(clock[3:])


def closures_of(school_id: int, last_on: datetime.date) -> list[Closure]:
    """What has begun by that day."""
    return list(Closure.objects.filter(school=school_id, starts_on__lte=last_on))


def is_shut(closures: list[Closure], day: datetime.date) -> bool:
    return any(row.holds(day) for row in closures)


def days_of(window: Window, closures: list[Closure]) -> Iterator[datetime.date]:
    """The window's days on which the school is open: Mondays to Fridays. Of a weekend, the day with which somebody lets
    the window begin or end: who opens one on a Saturday means it."""
    day = window.starts_on
    while day <= window.last_on:
        is_meant = day.weekday() < 5 or day in (window.starts_on, window.last_on)
        if is_meant and not is_shut(closures, day):
            yield day
        day += datetime.timedelta(days=1)


def slots_of(window: Window, closures: list[Closure] | None = None) -> list[datetime.datetime]:
    """Every time at which an exhibition of the window can begin, in order, in the school's zone; one query where the
    closures are not at hand."""
    if closures is None:
        closures = closures_of(window.school_id, window.last_on)
    zone = window.school.zone
    return [
        datetime.datetime.combine(day, datetime.time.fromisoformat(clock), zone)
        for day in days_of(window, closures)
        for clock in window.times
    ]
