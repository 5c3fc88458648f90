"""Figures as a table for a spreadsheet: what is published, with everything that is needed to read it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from outcomes import tables
from outcomes.figure import Stage
from outcomes.intervals import Difference, Share
from outcomes.sheets import About, Row, Sheets


def rows(sheets: Sheets, of: str, cuts: dict[str, str]) -> Iterator[list]:
    """The head and every line; `cuts` are the names of the cuts by key."""
    yield _head()
    yield from _lines(sheets, of, cuts)


def _head() -> list[str]:
    return [
        _("School or network"), _("Part"), _("Topic"), _("Figure"), _("Cohort"), _("Split by"), _("Group"),
        _("Students"), _("Counted"), _("Not known"), _("Share in %"), _("Interval from"), _("Interval to"),
        _("Measured"), _("Gap in points"), _("Gap from"), _("Gap to"), _("Published on"), _("What counts"),
        _("Source"), _("Of whom"), _("Method"),
    ]  # fmt: skip


def _lines(sheets, of, cuts) -> Iterator[list]:
    for key, rows in sheets.by_figure.items():
        about = sheets.about[key]
        for cohort in sorted(rows, reverse=True):
            yield from _cohort(sheets, about, rows[cohort], of, cuts)


def _cohort(sheets: Sheets, about: About, row: Row, of, cuts) -> Iterator[list]:
    shown = sheets.shown(row)
    begins = [of, str(Stage(about.stage).label), about.topic, about.name, row.name]
    published = row.published_on.isoformat() if row.published_on else ""
    explained = [about.definition, about.source, about.denominator, method()]
    yield [*begins, "", "", *_cell(about, shown.whole), *_gap(shown.gap), published, *explained]
    for cut, cells in shown.cuts.items():
        for cell in cells:
            yield [*begins, cuts.get(cut, cut), cell.name, *_cell(about, cell), "", "", "", published, "", "", "", ""]


def _cell(about: About, cell: tables.Cell) -> list:
    if cell.is_hidden:
        return [_("too few to be shown"), "", "", "", "", "", ""]
    count = cell.count
    return [count.n, count.x, count.unknown, *_share(cell.share), tables.amount_in_words(about, cell)]


def _share(share: Share | None) -> list:
    return [round(100 * part, 1) for part in (share.value, share.low, share.high)] if share else ["", "", ""]


def _gap(gap: Difference | None) -> list:
    return [round(100 * part, 1) for part in (gap.value, gap.low, gap.high)] if gap else ["", "", ""]


def method() -> str:
    return _(
        "95% intervals: of a share by Wilson's score method, of a gap by Newcombe's hybrid score method (Newcombe "
        "1998, methods 3 and 10), without correction for continuity. A gap is the share of peers less the share of "
        "disadvantaged students, in percentage points. Whoever is not known stays in the number of students."
    )
