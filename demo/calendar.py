"""The demo schools' terms around any day: three closed ones, the current one and the next."""

import datetime
from dataclasses import dataclass

STARTS = [(1, 1), (4, 15), (8, 24)]
US_NAMES = {1: "Winter", 4: "Spring", 8: "Fall"}
ENGLAND_NAMES = {1: "Spring term", 4: "Summer term", 8: "Autumn term"}


@dataclass(frozen=True)
class DemoTerm:
    name: str
    starts_on: datetime.date
    ends_on: datetime.date


def terms_around(today: datetime.date, *, england: bool, past: int = 3, ahead: int = 1) -> list[DemoTerm]:
    """Terms in order of time. They touch, so that a demo has a current term on every day of the year."""
    starts = sorted(
        datetime.date(year, month, day) for year in range(today.year - 3, today.year + 3) for month, day in STARTS
    )
    current = max(index for index, start in enumerate(starts) if start <= today)
    names = ENGLAND_NAMES if england else US_NAMES
    return [
        DemoTerm(f"{names[starts[index].month]} {starts[index].year}", starts[index], starts[index + 1])
        for index in range(current - past, current + ahead + 1)
    ]
