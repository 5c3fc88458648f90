"""What taking over a table would do, row by row, before anything is written."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from outcomes.actions.background import before_birth
from outcomes.actions.background_table import Asked, Change, changes_of, digest
from outcomes.background_table import Line, Read
from outcomes.background_whose import LEAVE_OUT, Known
from outcomes.models import Background
from schools.models import School
from students.models import Student

Kind = Background.Kind


class State(models.TextChoices):
    """The first two stand in the way; a person says what is to become of them."""

    BROKEN = "broken", gettext_lazy("cannot be read")
    UNSURE = "unsure", gettext_lazy("not clear whose it is")
    CHANGES = "changes", gettext_lazy("changes")
    SAME = "same", gettext_lazy("is so already")
    LEFT_OUT = "left_out", gettext_lazy("left out")


TONES = {State.BROKEN: "bad", State.UNSURE: "warn", State.CHANGES: "info", State.SAME: "quiet", State.LEFT_OUT: "quiet"}


@dataclass
class Row:
    line: Line
    state: State
    student: Student | None = None
    candidates: list[Student] = field(default_factory=list)
    chosen: str = ""
    # What is in the way, or what would happen.
    words: list[str] = field(default_factory=list)

    @property
    def tone(self) -> str:
        return TONES[self.state]

    @property
    def choice_name(self) -> str:
        return f"who-{self.line.number}"

    @property
    def is_asked(self) -> bool:
        """Whether a person says whose it is; what they said can be said otherwise."""
        return bool(self.candidates) or self.chosen == LEAVE_OUT or self.state == State.UNSURE

    @property
    def options(self) -> list[tuple[Student, bool]]:
        return [(student, self.chosen == str(student.pk)) for student in self.candidates]


@dataclass(frozen=True)
class DryRun:
    rows: list[Row]
    asked: list[Asked]
    # How many rows would be new in the database, and what tells whether that is still so.
    number: int
    seen: str
    unused: list[str]

    def of(self, *states: State) -> list[Row]:
        return [row for row in self.rows if row.state in states]

    @property
    def counts(self) -> list[tuple[State, str, int]]:
        found = [(state, TONES[state], len(self.of(state))) for state in State]
        return [one for one in found if one[2]]

    @property
    def in_the_way(self) -> list[Row]:
        return self.of(State.BROKEN, State.UNSURE)

    @property
    def shown(self) -> list[Row]:
        """What a person has to look at, first what is in the way. That something is so already, is only counted."""
        return [row for state in (State.BROKEN, State.UNSURE, State.LEFT_OUT, State.CHANGES) for row in self.of(state)]

    @property
    def students(self) -> set[int]:
        """Of whom it says what is held."""
        return {one.student for one in self.asked}


def look(
    found: Read, *, school: School, students: Iterable[Student], choices: Mapping[str, str], leaves_out: bool
) -> DryRun:  # fmt: skip
    """`choices` says by the row's name whose it is, or that it is left out; `leaves_out` leaves out all that is in the
    way."""
    known = Known(students)
    rows = [_row(line, known, choices) for line in found.lines]
    said: dict[tuple, Row] = {}
    asked = {id(row): _asked(row, said) for row in rows if row.student and row.state == State.CHANGES}
    changes = changes_of([one for of_row in asked.values() for one in of_row], school)
    for row in rows:
        if row.state == State.CHANGES:
            _tell(row, [changes[one] for one in asked[id(row)] if changes[one]], school)
        if leaves_out and row.state in (State.BROKEN, State.UNSURE):
            row.state = State.LEFT_OUT
    # What two rows say alike is taken over once.
    taken = list(
        dict.fromkeys(one for row in rows if row.state in (State.CHANGES, State.SAME) for one in asked[id(row)])
    )
    coming = [changes[one] for one in taken if changes[one]]
    return DryRun(rows, taken, len(coming), digest(coming), found.unused)


def _row(line: Line, known: Known, choices) -> Row:
    row = Row(line, State.CHANGES)
    row.chosen = choices.get(row.choice_name, "")
    whose = known.whose(line) if line.who else None
    row.student = whose and whose.student
    if row.chosen == LEAVE_OUT:
        row.state = State.LEFT_OUT
        row.candidates = whose.candidates if whose else []
    elif line.problems:
        row.state, row.words = State.BROKEN, list(line.problems)
    elif row.student is None:
        row.student = next((one for one in whose.candidates if str(one.pk) == row.chosen), None)
        row.candidates = whose.candidates
        if row.student is None:
            row.state, row.words = State.UNSURE, [whose.words]
    if row.state == State.CHANGES and row.student.born_on and line.since < row.student.born_on:
        row.state, row.words = State.BROKEN, [before_birth(row.student)]
    return row


def _asked(row: Row, said: dict[tuple, Row]) -> list[Asked]:
    """What a row asks for; where one before it says otherwise, this one is in the way."""
    asked = []
    for kind, value in row.line.values.items():
        one = Asked(row.student.pk, kind, value, row.line.since)
        key = (one.student, one.kind, one.since)
        before = said.setdefault(key, row)
        if before is not row and before.line.values[kind] != value:
            words = _("Row %(number)s says otherwise of %(name)s: %(kind)s.")
            said_of = {"number": before.line.number, "name": row.student.name, "kind": Kind(kind).label}
            row.state, row.words = State.BROKEN, [words % said_of]
            return []
        asked.append(one)
    return asked


def _tell(row: Row, changes: list[Change], school) -> None:
    row.words = [_in_words(change) for change in changes]
    if not changes:
        row.state = State.SAME


def _in_words(change: Change) -> str:
    kind, asked = Kind(change.asked.kind), change.asked
    said = {"kind": kind.label, "value": _label(kind, asked.value), "day": date_format(asked.since)}
    if change.was is None:
        return _("%(kind)s: %(value)s since %(day)s") % said
    said["was"] = _label(kind, change.was)
    if change.corrects:
        return _("%(kind)s: corrects “%(was)s” since %(day)s to “%(value)s”") % said
    return _("%(kind)s: %(value)s since %(day)s; before: %(was)s") % said


def _label(kind, value) -> str:
    return str(Background.VALUES[kind](value).label)


def usual_day(school: School, today: datetime.date) -> datetime.date:
    """From when most tables of a school hold: the first day of its term, else today."""
    term = school.terms.filter(starts_on__lte=today).order_by("-starts_on").first()
    return term.starts_on if term else today
