"""The cells of a preview as fields of one form: `cell-17-born_on` is the birthday in row 17."""

import re
from dataclasses import dataclass, field

from rosters.preview.outcome import Verdict
from rosters.preview.sheet import Row, Sheet
from rosters.tables.columns import labels
from rosters.tables.facts import Remark


@dataclass
class Cell:
    """One cell, with its name, its words and what is remarked on it."""

    name: str
    label: str
    text: str
    remarks: list[Remark] = field(default_factory=list)

    @property
    def is_wrong(self) -> bool:
        return any(remark.stops for remark in self.remarks)

    @property
    def has_lines(self) -> bool:
        return "\n" in self.text


@dataclass
class ShownRow:
    row: Row
    cells: list[Cell]
    is_open: bool

    @property
    def remarks(self) -> list[Remark]:
        return self.row.outcome.facts.remarks


def shown(rows: list[Row], sheet: Sheet, edited: int | None) -> list[ShownRow]:
    """The rows of a page; those that are wrong, and the one that is edited, with their cells open."""
    names = labels(sheet.imported.kind)
    return [_shown(row, sheet, names, edited) for row in rows]


def _shown(row, sheet, names, edited) -> ShownRow:
    is_open = row.outcome.verdict == Verdict.WRONG or row.number == edited
    remarks = row.outcome.facts.remarks
    keys = [key for key in names if key in sheet.used or row.cells.get(key) or any(r.key == key for r in remarks)]
    cells = [
        Cell(f"cell-{row.number}-{key}", names[key], row.cells.get(key, ""), [r for r in remarks if r.key == key])
        for key in (keys if is_open else ())
    ]
    return ShownRow(row, cells, is_open and sheet.imported.is_open)


def typed(posted) -> dict[int, dict[str, str]]:
    """What was typed, by row and column."""
    found: dict[int, dict[str, str]] = {}
    for name, text in posted.items():
        if match := re.fullmatch(r"cell-(\d{1,6})-(\w{1,40})", name):
            found.setdefault(int(match[1]), {})[match[2]] = text.replace("\r\n", "\n").replace("\0", "").strip()
    return found


@dataclass(frozen=True)
class ColumnChoice:
    """What one column of the table is taken for."""

    at: int
    header: str
    key: str
    example: str


def choices(sheet: Sheet) -> dict:
    """Each column with an example, and what it may be."""
    first = sheet.table.records[0].cells
    columns = [
        ColumnChoice(at, header, key, first[at] if at < len(first) else "")
        for at, (header, key) in enumerate(zip(sheet.table.headers, sheet.columns, strict=False))
    ]
    return {
        "columns": columns, "labels": labels(sheet.imported.kind).items(), "none_known": not sheet.used,
        "has_days": sheet.has_days, "day_first": sheet.day_first,
    }  # fmt: skip
