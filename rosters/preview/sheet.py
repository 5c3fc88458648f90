"""An import as its preview shows it, and as its rows are written: the same reading and the same plan."""

import hashlib
import json
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accounts.models import User
from advisories.models import Seat
from common.tables import Table, read
from rosters.access import Reach
from rosters.models import Import
from rosters.preview.known import Known
from rosters.preview.outcome import Outcome, Verdict
from rosters.preview.staff import StaffPlanner
from rosters.preview.students import StudentPlanner
from rosters.tables.columns import STUDENTS, labels, recognised
from rosters.tables.facts import DATES, Facts, Reader, doubtful_columns


@dataclass
class Row:
    number: int
    cells: dict[str, str]
    outcome: Outcome


class Sheet:
    """The table of an import, read once; `rows(by)` plans it for whoever brings it in."""

    def __init__(self, imported: Import):
        self.imported = imported
        self.table: Table = read(imported.text)
        self.columns: list[str] = imported.columns
        self.implied = self._implied()

    def _implied(self) -> dict[str, tuple[str, str]]:
        """What headers such as "mother's name" say: column of the relation -> (column of the name, relation)."""
        meanings = recognised(self.table.headers, self.imported.kind)
        return {
            f"{key.partition('_')[0]}_relation": (key, meaning.implies)
            for meaning, key in zip(meanings, self.columns, strict=False)
            if meaning.implies and meaning.key == key and key.endswith("name")
        }

    @property
    def day_first(self) -> bool:
        """How this table writes dates in figures: as the school's country does, if nobody said otherwise."""
        return self.imported.usual.get("day_first", self.imported.school.day_first)

    @property
    def has_days(self) -> bool:
        return any(key in self.columns for key in DATES)

    @property
    def used(self) -> list[str]:
        """The columns that the table has, each once."""
        return list(dict.fromkeys(key for key in self.columns if key))

    @property
    def unused_headers(self) -> list[str]:
        return [header for header, key in zip(self.table.headers, self.columns, strict=False) if not key and header]

    def cells(self) -> dict[int, dict[str, str]]:
        """What each row says by column, with what was put right in the preview."""
        found = {}
        for record in self.table.records:
            said = self._pasted(record)
            implied = {key: relation for key, (name, relation) in self.implied.items() if said.get(name)}
            found[record.number] = implied | said | self.imported.fixes.get(str(record.number), {})
        return found

    @cached_property
    def _doubtful(self) -> frozenset[str]:
        # As it was pasted: a row that was put right still tells how the others are written.
        return doubtful_columns([self._pasted(record) for record in self.table.records], self.day_first)

    def _pasted(self, record) -> dict[str, str]:
        return {key: text for key, text in zip(self.columns, record.cells, strict=False) if key}

    def preview(self, by: User) -> "Preview":
        """Every row with what will come of it. Nothing is written."""
        cells = self.cells()
        facts = self.facts(list(cells))
        planner = self.planner(by, facts)
        rows = [Row(row.number, cells[row.number], self._outcome(planner, row)) for row in facts]
        warnings = crowded(self.imported, getattr(planner, "gains", Counter()))
        return Preview(self.imported, rows, [*self._other_order(), *warnings])

    def _other_order(self) -> list[str]:
        names = [labels(self.imported.kind)[key] for key in DATES if key in self._doubtful]
        words = _(
            "Some dates of this table are in the other country's order: %(columns)s. Nothing is guessed. If the whole "
            "table is written like that, say so below, with the columns."
        )
        return [words % {"columns": ", ".join(names)}] if names else []

    def facts(self, numbers: list[int]) -> list[Facts]:
        cells, today = self.cells(), self.imported.school.today()
        reader = Reader(self.imported.kind, self.day_first, today, self._doubtful)
        return [reader.read(number, cells[number]) for number in numbers]

    def planner(self, by: User, rows):
        """Plans rows on the import's day, for what `by` may do, over the people whom the school has now."""
        imported, rows = self.imported, list(rows)
        emails = {adult.email for facts in rows for adult in facts.adults} | {facts.email for facts in rows}
        known = Known(imported.school, imported.day, emails - {""})
        if imported.kind == STUDENTS:
            return StudentPlanner(
                known, Reach(by, imported.school, imported.school.today()), imported.day, imported.usual
            )
        return StaffPlanner(known, imported.day, imported.usual)

    def _outcome(self, planner, facts) -> Outcome:
        if facts.number in self.imported.left_out:
            return Outcome(facts, Verdict.LEFT_OUT, facts.name)
        return planner.plan(facts)


@dataclass(frozen=True)
class Preview:
    imported: Import
    rows: list[Row]
    warnings: list[str]

    @property
    def counts(self) -> Counter:
        return Counter(row.outcome.verdict for row in self.rows)

    @property
    def wanted(self) -> list[int]:
        """The rows that will be written."""
        return [row.number for row in self.rows if row.outcome.does_something]

    @property
    def digest(self) -> str:
        """The plan of every row, in short. Whoever confirms says that this is what they looked at."""
        seen = [[row.number, row.outcome.verdict, [step.words for step in row.outcome.steps]] for row in self.rows]
        return hashlib.sha256(json.dumps([self.imported.pk, seen]).encode()).hexdigest()[:32]


def crowded(imported: Import, gains: Counter) -> list[str]:
    """A sentence for each advisory that will be larger than the school's size."""
    school, most = imported.school, imported.school.advisory_size
    gaining = [pk for pk, gain in gains.items() if gain > 0]
    seats = Seat.objects.on(imported.day).filter(advisory__in=gaining).select_related("advisory")
    now, names = Counter(), dict(school.advisories.filter(pk__in=gaining).values_list("pk", "name"))
    now.update(seat.advisory_id for seat in seats)
    words = _("%(name)s will have %(count)s students; your school's size is %(most)s.")
    return [
        words % {"name": names[pk], "count": now[pk] + gains[pk], "most": most}
        for pk in gaining
        if now[pk] + gains[pk] > most
    ]
