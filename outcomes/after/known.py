"""What is known of one person, read from what people and files say of them: yes, no, or not known. Pure functions.

Yes is stronger than no: somebody who was seen at a college was there, whoever else thought not. And what somebody
means to do is not what they did: of those who say in June that they will enrol, many are not there in autumn.
"""

import datetime
from collections.abc import Iterable

from outcomes.models import Destination

Kind, Level = Destination.Kind, Destination.Level
# What somebody does; the others say what they were offered or earned.
STATUS = frozenset({Kind.ENROLLED, Kind.WORK, Kind.NEITHER, Kind.NOT_ENROLLED})
# An enrolment whose level nobody said is one at a college.
COLLEGE = frozenset({Level.TWO_YEAR, Level.FOUR_YEAR, Level.FURTHER, Level.UNIVERSITY, ""})
PLACES = {"us": COLLEGE, "england": COLLEGE | {Level.APPRENTICESHIP}}

Rows = Iterable[Destination]
Window = tuple[datetime.date, datetime.date]


def years_after(day: datetime.date, years: int) -> datetime.date:
    """The same day some years later; 29 February's is 1 March."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return datetime.date(day.year + years, 3, 1)


def accepted(rows: Rows, left_on: datetime.date, last: datetime.date, places, level: str | None = None) -> bool | None:
    """Whether there was an offer of a place of `level` (of any of `places` without one) by the day `last`. Who enrolled
    by then had one; an enrolment that ended before they left school is none (college courses while at school)."""
    rows = [row for row in rows if row.kind in (Kind.ACCEPTED, Kind.NOT_ACCEPTED, Kind.ENROLLED)]
    levels = {row.level for row in rows if row.level in places and _is_offer(row, left_on, last)}
    denied = {row.level for row in rows if row.kind == Kind.NOT_ACCEPTED}
    if level is None:
        return True if levels else False if "" in denied else None
    if level in levels:
        return True
    if level in denied:
        return False
    # The offer whose level nobody said may be of this one.
    if "" in levels:
        return None
    return False if levels or "" in denied else None


def _is_offer(row, left_on, last) -> bool:
    if row.kind == Kind.ACCEPTED:
        # Of a place that is put off for a year, the offer itself is dated by who said so.
        return min(row.starts_on, row.said_on) <= last
    return row.kind == Kind.ENROLLED and row.starts_on <= last and row.known_until >= left_on


def enrolled(rows: Rows, window: Window, places) -> bool | None:
    """Whether they were enrolled on any day of the window. Who tells of work, of neither or of other training on one of
    its days would have told of a college."""
    rows = _in(rows, window)
    if any(row.kind == Kind.ENROLLED and row.level in places for row in rows):
        return True
    return False if rows else None


def works(rows: Rows, window: Window) -> list[Destination]:
    """The jobs of those who work in the window and learn nowhere; none for everybody else."""
    rows = _in(rows, window)
    if any(row.kind == Kind.ENROLLED for row in rows):
        return []
    return [row for row in rows if row.kind == Kind.WORK]


def to_work(rows: Rows, window: Window) -> bool | None:
    """Whether they worked in the window and learned nowhere. That somebody is not enrolled does not tell of work."""
    if works(rows, window):
        return True
    said = {row.kind for row in _in(rows, window)}
    return False if said & {Kind.ENROLLED, Kind.NEITHER} else None


def through_internship(rows: Rows, window: Window) -> bool | None:
    """Of the jobs in the window: whether one came through an internship; no only where it is known of each."""
    said = {row.through_internship for row in works(rows, window)}
    if True in said:
        return True
    return False if said == {False} else None


def _in(rows, window) -> list[Destination]:
    return [row for row in rows if _is_told(row) and row.covers(*window)]


def _is_told(row) -> bool:
    """Whether it says what somebody does, and was not said before it began."""
    return row.kind in STATUS and row.said_on >= row.starts_on


def now(rows: Rows, left_on: datetime.date, day: datetime.date) -> set[str]:
    """The kinds of the last that is known of what they do, since they left and until `day`; two, where somebody works
    and learns. What was to begin later is not known yet."""
    found = {
        row: min(row.known_until, day)
        for row in rows
        if _is_told(row) and row.starts_on <= day and row.known_until >= left_on
    }
    last = max(found.values(), default=None)
    return {row.kind for row, until in found.items() if until == last}


def working(kinds: set[str]) -> bool | None:
    if Kind.WORK in kinds:
        return True
    return False if kinds & {Kind.ENROLLED, Kind.NEITHER} else None


def neither(kinds: set[str]) -> bool | None:
    if kinds & {Kind.ENROLLED, Kind.WORK}:
        return False
    return True if Kind.NEITHER in kinds else None


def credential(rows: Rows, left_on: datetime.date) -> bool | None:
    """Whether they earned one since they left. No, where somebody told two years on or later what they do, and of
    none."""
    rows = list(rows)
    if any(row.kind == Kind.CREDENTIAL and row.starts_on >= left_on for row in rows):
        return True
    late = years_after(left_on, 2)
    return False if any(_is_told(row) and row.said_on >= late for row in rows) else None


def nothing(rows: Rows, left_on: datetime.date, day: datetime.date) -> bool:
    """Whether nothing at all is known of what became of them since they left; an offer from before does not tell."""
    rows = list(rows)
    earned = any(row.kind == Kind.CREDENTIAL and left_on <= row.starts_on <= day for row in rows)
    return not (earned or now(rows, left_on, day))
