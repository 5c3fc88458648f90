"""Hours on site. All of them are minutes until they are shown.

What counts is what somebody confirmed. Until then hours are proposed from when the student came and went; the break of
the schedule is taken off a stay of more than four hours.
"""

import datetime
import re
from dataclasses import dataclass

from django.db.models import Prefetch, Sum
from django.utils.translation import gettext as _

from internships.expected import Expected, closed_days, expected_again
from internships.models import Placement, Rules, SiteDay
from schools.models import Term

BREAK_AFTER = 4 * 60


def stayed(expected: Expected) -> int | None:
    """Minutes from coming to going, the break taken off; None while one of the two is not known."""
    came, went = expected.came, expected.went
    if came is None or went is None:
        return None
    minutes = max(int((went.claimed_at - came.claimed_at).total_seconds() // 60), 0)
    return minutes - expected.break_minutes if minutes > BREAK_AFTER else minutes


def proposed(expected: Expected) -> int:
    """What the mentor is asked to confirm: as it was, or as planned where only the coming is known, else nothing."""
    if expected.day and expected.day.minutes is not None:
        return expected.day.minutes
    if expected.day and expected.day.absence_id:
        return 0
    if (minutes := stayed(expected)) is not None:
        return minutes
    return expected.minutes if expected.came else 0


class HoursError(ValueError):
    """What was typed is no time on site."""


@dataclass(frozen=True)
class Total:
    """Minutes of one student in one term; `target` is the school's."""

    term: Term
    confirmed: int
    unconfirmed: int
    target: int

    @property
    def percent(self) -> int:
        return min(100, round(100 * self.confirmed / self.target)) if self.target else 100


def in_term(student, rules: Rules, day: datetime.date) -> Total | None:
    """The student's hours over all placements in the term of `day`; None between terms."""
    term = Term.objects.on(day).filter(school=student.school_id).first()
    if term is None:
        return None
    days = SiteDay.objects.filter(student=student, date__gte=term.starts_on, date__lt=term.ends_on)
    confirmed = days.filter(confirmed_at__isnull=False).aggregate(sum=Sum("minutes"))["sum"] or 0
    return Total(term, confirmed, _unconfirmed(student, days.filter(date__lte=day)), rules.hours_a_term * 60)


def _unconfirmed(student, days) -> int:
    """Minutes that nobody has confirmed yet: these are the few last days, so they are where it begins."""
    placements = Prefetch("placement", Placement.objects.with_place())
    rows = days.filter(confirmed_at__isnull=True).select_related("absence").prefetch_related("touches", placements)
    found = list(rows)
    if not found:
        return 0
    dates = [row.date for row in found]
    closed = closed_days([student.school_id], min(dates), max(dates))
    expected = [expected_again(row) for row in found if (student.school_id, row.date) not in closed]
    return sum(proposed(one) for one in expected if one is not None)


def in_words(minutes: int) -> str:
    """ "5:30", as time sheets write it."""
    return f"{minutes // 60}:{minutes % 60:02}"


def from_words(text: str) -> int:
    """Minutes of "5:30", "5.5", "5,5" or "5". Raises HoursError for anything else and for more than a day."""
    clock = re.fullmatch(r"(\d{1,2}):([0-5]\d)", text.strip())
    number = re.fullmatch(r"\d{1,2}([.,]\d{1,2})?", text.strip())
    if not clock and not number:
        raise HoursError(_("Write hours like 5:30 or 5.5."))
    found = int(clock[1]) * 60 + int(clock[2]) if clock else round(float(number[0].replace(",", ".")) * 60)
    if found > 24 * 60:
        raise HoursError(_("A day has 24 hours."))
    return found
