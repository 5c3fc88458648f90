"""Rows as a table for a spreadsheet (CSV)."""

import csv
import io
from collections.abc import Iterable

from django.http import HttpResponse

# A cell that begins with one of these is a formula to a spreadsheet: names are other people's words.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(rows: Iterable[Iterable]) -> str:
    """With a byte order mark, or Excel takes UTF-8 for something else."""
    out = io.StringIO()
    csv.writer(out).writerows([_safe(cell) for cell in row] for row in rows)
    return "\ufeff" + out.getvalue()


def download(rows: Iterable[Iterable], name: str) -> HttpResponse:
    """The same as a file called `name`."""
    response = HttpResponse(as_csv(rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _safe(cell):
    if cell is None or isinstance(cell, (int, float)):
        return cell
    text = str(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
