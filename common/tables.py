"""A table as people paste or upload it: text of any usual kind in, rows of cells out. Knows nothing of schools."""

import csv
import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

SEPARATORS = "\t;,|"
MOST_ROWS = 2000
LONGEST_TEXT = 4_000_000


class TableError(ValueError):
    """Why a text cannot be read as a table, for the person who pasted it."""


@dataclass(frozen=True)
class Record:
    """One row; `number` counts as a spreadsheet does, so that the names of the columns are row 1."""

    number: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    headers: list[str]
    records: list[Record]
    separator: str


def read(text: str) -> Table:
    """The table in `text`. Raises TableError."""
    text = text.removeprefix("\ufeff")
    if len(text) > LONGEST_TEXT:
        raise TableError(_("That is too long for one table. Bring it in in parts."))
    text, separator = _separator(text)
    rows = [Record(number, [_tidy(cell) for cell in row]) for number, row in enumerate(_rows(text, separator), start=1)]
    rows = [row for row in rows if any(row.cells)]
    if not rows:
        raise TableError(_("There is nothing in it yet."))
    head, *records = rows
    if not records:
        raise TableError(_("There is only one row. The first row names the columns, and people follow below it."))
    if len(records) > MOST_ROWS:
        raise TableError(
            _("That is %(count)s rows; one table can hold %(most)s. Bring it in in parts.")
            % {"count": len(records), "most": MOST_ROWS}
        )
    return Table(head.cells, records, separator)


def write(headers: list[str], rows: list[list[str]], separator: str = ",") -> str:
    """The text of a table, such as `read` reads."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows([headers, *rows])
    return out.getvalue()


def _separator(text) -> tuple[str, str]:
    """The text, without the line by which some spreadsheets name the separator; and the separator."""
    first, _newline, rest = text.lstrip("\r\n").partition("\n")
    if named := re.fullmatch(r'"?sep=(.)"?\r?', first, re.IGNORECASE):
        return rest, named[1]
    outside_quotes = re.sub(r'"[^"]*"', "", first)
    return text, max(SEPARATORS, key=outside_quotes.count) if first else ","


def _rows(text, separator):
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        # A quotation mark that nobody closed is part of somebody's words, not the beginning of a long cell.
        return [line.split(separator) for line in text.split("\n")]


def _tidy(cell: str) -> str:
    lines = (" ".join(line.split()) for line in cell.replace("\xa0", " ").split("\n"))
    return "\n".join(line for line in lines if line)
