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
# Between two exhibitions people change rooms and one is put away.
PAUSE = datetime.timedelta(minutes=15)


class TimesError(SaidAtField):
    """What was typed is no list of times."""


def usual_times(slot_minutes: int) -> list[str]:
    """From nine to four, with a pause between two and an hour at midday."""
    found, at = [], datetime.datetime.combine(datetime.date.min, DAY_BEGINS)
    slot = datetime.timedelta(minutes=slot_minutes)
    while (at + slot).time() <= DAY_ENDS:
        if at.time() < MIDDAY < (at + slot).time() or at.time() == MIDDAY:
            at = datetime.datetime.combine(datetime.date.min, datetime.time(13))
            continue
        found.append(f"{at:%H:%M}")
        at += slot + PAUSE
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


def days_of(window: Window) -> Iterator[datetime.date]:
    """Mondays to Fridays of the window on which the school is open; one query."""
    shut = list(Closure.objects.filter(school=window.school_id, starts_on__lte=window.last_on))
    day = window.starts_on
    while day <= window.last_on:
        if day.weekday() < 5 and not any(row.holds(day) for row in shut):
            yield day
        day += datetime.timedelta(days=1)


def slots_of(window: Window) -> list[datetime.datetime]:
    """Every time at which an exhibition of the window can begin, in order, in the school's zone."""
    zone = window.school.zone
    return [
        datetime.datetime.combine(day, datetime.time.fromisoformat(clock), zone)
        for day in days_of(window)
        for clock in window.times
    ]
