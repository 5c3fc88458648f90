"""Who the students are, as far as a school holds it, beside what the network has published of its students."""

from django.utils.translation import gettext as _

from outcomes import beside, cuts, words
from outcomes.board import Board
from outcomes.cuts import Cut
from outcomes.figure import Stage
from outcomes.models import FigureTable
from outcomes.places import Place
from outcomes.sheets import Row, Sheets


def composition(place: Place, board: Board, *, small: bool) -> dict | None:
    """From the figure of the chosen term that is of the most students; None where none is shown. One query."""
    part = next((part for part in board.parts if part.stage == Stage.HERE), None)
    lines = [line for line in part.lines if not line.is_hidden] if part else []
    if not lines:
        return None
    widest = max(lines, key=lambda line: line.shown.whole.count.n)
    kept = FigureTable.objects.filter(**place.of, figure=widest.about.key, cohort=part.cohort)
    table = kept.values_list("counts" if small else "published", flat=True).first()
    return of_table(table, part.cohort_name) if table else None


def of_sheets(sheets: Sheets, board: Board) -> dict | None:
    """The same from sheets that are whole."""
    part = next((part for part in board.parts if part.stage == Stage.HERE), None)
    rows = [row for row in sheets.rows if part and row.cohort == part.cohort and row.kept["whole"]]
    rows = [row for row in rows if sheets.about[row.figure].stage == Stage.HERE]
    widest: Row | None = max(rows, key=lambda row: row.kept["whole"][1], default=None)
    return of_table(widest.kept, widest.name) if widest else None


def of_table(table: dict, cohort: str) -> dict | None:
    n = table["whole"][1] if table["whole"] else 0
    lines = [
        line
        for cut, name, published in (
            (Cut.DISADVANTAGED, _("Disadvantaged"), beside.DISADVANTAGED),
            (Cut.ABSENT, _("Mother or father absent from the household"), beside.ABSENT),
        )
        if n and (line := _line(table["cuts"].get(cut), n, name, published))
    ]
    return {"cohort": cohort, "n": n, "lines": lines} if lines else None


def _line(groups, n, name, published) -> dict | None:
    if not groups:
        return None
    # Where the few of whom it is not recorded are with the others, how many they are is not shown.
    none = None if cuts.OTHERS in groups else [0, 0]
    yes, not_held = groups.get(cuts.YES), groups.get(cuts.NOT_HELD, none)
    return {
        "name": name,
        "share": words.percent(yes[1] / n) if yes else None,
        "count": yes[1] if yes else None,
        "not_recorded": not_held[1] if not_held else None,
        "beside": published,
    }
