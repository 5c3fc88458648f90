"""Dates as people write them."""

import datetime
import functools
import re

from django.conf import settings
from django.utils import dates, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from common.names import fold

FIGURES = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
DAY_THEN_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|\.|º|°)?[\s-]+(?:(?:de|of)\s+)?([^\W\d_]+)\.?,?[\s-]+(?:del?\s+)?(\d{4})"
)
MONTH_THEN_DAY = re.compile(r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(?:del?\s+)?(\d{4})")
SHORTEST_MONTH = 3
# Nobody here was born before, and no page counts on to days after: 0206 and 20026 are slips of the finger.
YEARS = range(1900, 2101)


class DateError(ValueError):
    """What is wrong with a typed date, for the person who typed it."""


def parse_day(text: str, *, day_first: bool) -> datetime.date:
    """The day that `text` names: 2026-11-24, 24 Nov 2026, November 24, 2026, 24 de noviembre de 2026 (months in every
    language of the site), or figures in the order of the school's country.

    Raises DateError with a sentence; a date in the other country's order is named, never guessed.
    """
    text = " ".join(text.split())
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _day_of(*map(int, match.groups()), text=text)
    if match := DAY_THEN_MONTH.fullmatch(text):
        return _named(match[3], match[2], match[1], text)
    if match := MONTH_THEN_DAY.fullmatch(text):
        return _named(match[3], match[1], match[2], text)
    if match := FIGURES.fullmatch(text):
        return _numbers(int(match[1]), int(match[2]), int(match[3]), day_first, text)
    if re.fullmatch(r"\S+[-/. ]\S+[-/. ]'?\d{2}", text):
        raise DateError(_("Write the year of “%(text)s” with four figures.") % {"text": text})
    raise DateError(_("“%(text)s” is not a date. Write it like %(example)s.") % {"text": text, "example": "2026-11-24"})


def day_in_address(text: str) -> datetime.date:
    """The day of a page, as addresses write it: 2026-11-24. Raises DateError."""
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise DateError(text)
    return _day_of(*map(int, text.split("-")), text=text)


def meanings(text: str) -> dict[bool, datetime.date]:
    """The days that a date in figures can mean: with the day first (True), and with the month first (False)."""
    match = FIGURES.fullmatch(text.strip())
    first, second, year = map(int, match.groups()) if match else (0, 0, 0)
    found = {}
    for day_first, (day, month) in {True: (first, second), False: (second, first)}.items():
        try:
            found[day_first] = datetime.date(year, month, day)
        except ValueError:
            continue
    return found


def is_doubtful(text: str) -> bool:
    """Whether both orders make a day of it, and not the same one."""
    return len(set(meanings(text).values())) > 1


def doubt(text: str) -> str:
    """A sentence that asks which of two days is meant."""
    by_day, by_month = (meanings(text)[day_first] for day_first in (True, False))
    said = {"text": text, "one": date_format(by_day), "other": date_format(by_month),
            "first": by_day.isoformat(), "second": by_month.isoformat()}  # fmt: skip
    return (
        _("“%(text)s” can be %(one)s or %(other)s. Write the one that is meant: %(first)s or %(second)s.") % said
    )  # fmt: skip


def _numbers(first, second, year, day_first, text):
    day, month = (first, second) if day_first else (second, first)
    if month > 12 and day <= 12:
        order = _("day, month, year") if day_first else _("month, day, year")
        meant = _day_of(year, day, month, text=text)
        raise DateError(
            _("Dates here are written %(order)s, and “%(text)s” has no such month. If you mean %(meant)s, write that.")
            % {"order": order, "text": text, "meant": meant.isoformat()}
        )
    return _day_of(year, month, day, text=text)


def _named(year, month, day, text):
    word = fold(month)
    numbers = {number for name, number in _months() if len(word) >= SHORTEST_MONTH and name.startswith(word)}
    if len(numbers) != 1:
        raise DateError(_("“%(text)s” has no month that we know.") % {"text": text})
    return _day_of(int(year), numbers.pop(), int(day), text=text)


@functools.cache
def _months() -> list[tuple[str, int]]:
    """The months' names in every language of the site: a family's table is read as well as an office's."""
    found = []
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            found += [(fold(str(name)), number) for number, name in dates.MONTHS.items()]
    return [*found, ("setiembre", 9)]


def _day_of(year: int, month: int, day: int, *, text: str) -> datetime.date:
    if year not in YEARS:
        raise DateError(_("“%(text)s” is in the year %(year)s. Please look again.") % {"text": text, "year": year})
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise DateError(_("There is no such day as “%(text)s”.") % {"text": text}) from None
