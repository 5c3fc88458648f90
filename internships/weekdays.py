"""Days of the week as one number in the database: Monday is 1, Tuesday 2, Wednesday 4, ... Sunday 64, and their sum."""

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR

ALL = 127


def mask(days: Iterable[int]) -> int:
    """Of the days 0 (Monday) to 6 (Sunday)."""
    return sum({1 << day for day in days})


def days(of: int) -> list[int]:
    return [day for day in range(7) if of & 1 << day]


def words(of: int) -> str:
    """ "Tuesday, Thursday"."""
    return ", ".join(str(WEEKDAYS[day]) for day in days(of))


def short_words(of: int) -> str:
    return ", ".join(str(WEEKDAYS_ABBR[day]) for day in days(of))


def choices() -> list[tuple[int, str]]:
    return [(day, WEEKDAYS[day]) for day in range(7)]
