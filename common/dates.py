"""Dates as people write them."""

import datetime
import re

from django.utils.translation import gettext as _

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


class DateError(ValueError):
    """What is wrong with a typed date, for the person who typed it."""


def parse_day(text: str, *, day_first: bool) -> datetime.date:
    """The day that `text` names: 2026-11-24, 24 Nov 2026, Nov 24 2026, or numbers in the order of the school's country.

    Raises DateError with a sentence; a date in the other country's order is named, never guessed.
    """
    text = text.strip()
    if match := re.fullmatch(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})", text):
        return _day(*map(int, match.groups()), text=text)
    if match := re.fullmatch(r"(\d{1,2})\s+([A-Za-z]{3})[a-z]*\.?,?\s+(\d{4})", text):
        return _named(match[3], match[2], match[1], text)
    if match := re.fullmatch(r"([A-Za-z]{3})[a-z]*\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})", text):
        return _named(match[3], match[1], match[2], text)
    if match := re.fullmatch(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})", text):
        return _numbers(int(match[1]), int(match[2]), int(match[3]), day_first, text)
    raise DateError(_("“%(text)s” is not a date. Write it like %(example)s.") % {"text": text, "example": "2026-11-24"})


def _numbers(first, second, year, day_first, text):
    day, month = (first, second) if day_first else (second, first)
    if month > 12 and day <= 12:
        order = _("day, month, year") if day_first else _("month, day, year")
        meant = _day(year, day, month, text=text)
        raise DateError(
            _("Dates here are written %(order)s, and “%(text)s” has no such month. If you mean %(meant)s, write that.")
            % {"order": order, "text": text, "meant": meant.isoformat()}
        )
    return _day(year, month, day, text=text)


def _named(year, month, day, text):
    if month.lower() not in MONTHS:
        raise DateError(_("“%(text)s” has no month that we know.") % {"text": text})
    return _day(int(year), MONTHS.index(month.lower()) + 1, int(day), text=text)


def _day(year, month, day, *, text):
    try:
        return datetime.date(year, month, day)
    except ValueError:
        raise DateError(_("There is no such day as “%(text)s”.") % {"text": text}) from None
