"""What a row of the clearinghouse's file says of a student: an enrolment, a degree, both, or nothing."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from outcomes.clearinghouse import Line
from outcomes.models import ClearinghouseLine, Destination

Kind, Level = Destination.Kind, Destination.Level
LEVELS = {2: Level.TWO_YEAR, 4: Level.FOUR_YEAR}
# Of one cell. No college's name is longer; a file that somebody made by hand may be anything.
LONGEST = 200
# How `cells["new"]` writes what of a row is news.
LETTERS = {Kind.ENROLLED: "e", Kind.CREDENTIAL: "c"}


@dataclass(frozen=True)
class Fact:
    """The same fact in two files is one, by all but its level: who, what, where and when."""

    student: int
    kind: str
    where: str
    what: str
    starts_on: datetime.date
    ends_on: datetime.date | None


def cells_of(line: Line) -> dict:
    """The row as it is kept: what is empty is left away. `who` is the same for all rows that say the same of their
    person, who is decided upon once."""
    said = {
        "ours": line.ours, "first": line.first, "last": line.last, "born": line.born, "college": line.college,
        "code": line.code, "years": line.years, "begins": line.begins, "ends": line.ends, "status": line.status,
        "graduated_on": line.graduated_on if line.graduated else None, "degree": line.degree,
    }  # fmt: skip
    cells = {name: _kept(value) for name, value in said.items() if value}
    who = repr([cells.get(name, "") for name in ("ours", "first", "last", "born")])
    return cells | {"who": hashlib.sha256(who.encode()).hexdigest()[:16]}


def _kept(value):
    return value[:LONGEST] if isinstance(value, str) else value.isoformat() if hasattr(value, "isoformat") else value


def facts_of(line: ClearinghouseLine) -> list[Fact]:
    """What it says of the student whose it is."""
    cells, found = line.cells, []
    where = cells.get("college", "")
    if "begins" in cells:
        found.append(Fact(line.student_id, Kind.ENROLLED, where, "", _day(cells["begins"]), _day(cells.get("ends"))))
    if "graduated_on" in cells:
        degree = cells.get("degree", "")
        found.append(Fact(line.student_id, Kind.CREDENTIAL, where, degree, _day(cells["graduated_on"]), None))
    return found


def _day(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None


def letters(facts: Iterable[Fact]) -> str:
    return "".join(LETTERS[fact.kind] for fact in facts)


def destination(fact: Fact, line: ClearinghouseLine, said_on: datetime.date, **made) -> Destination:
    """An enrolment without an end is known on its first day alone: that it goes on is nowhere said."""
    is_open = fact.kind == Kind.ENROLLED and fact.ends_on is None
    return Destination(
        student_id=fact.student, kind=fact.kind, level=LEVELS.get(line.cells.get("years"), ""), where=fact.where,
        what=fact.what, starts_on=fact.starts_on, ends_on=fact.ends_on, line=line,
        said_on=fact.starts_on if is_open else said_on, source=Destination.Source.CLEARINGHOUSE,
        confidence=Destination.Confidence.CERTAIN, **made,
    )  # fmt: skip
