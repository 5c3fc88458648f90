from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from outcomes import beside, export, figure_rows, sheets
from outcomes.cuts import Cut
from outcomes.figure import Stage
from outcomes.places import Place
from outcomes.series import Series, bars, cell_in_words, if_known
from outcomes.sheets import Row, Sheets
from outcomes.tables import amount_in_words
from outcomes.views.dashboard import csv_response, cut_names, day_at, refresh_of, views_of, wants_small

# How an address asks for all cuts at once, to print.
EVERY_CUT = "all"


def show(request, place: Place, key):
    """One figure: what it says and of whom, over cohorts, and in each of its cuts."""
    small, today = wants_small(request, place), day_at(place)
    found = sheets.of_figure(
        place, key, lambda heads: cohort_in(request.GET, heads, key, today), lambda row: cuts_in(request.GET, row)[1],
        small=small,
    )  # fmt: skip
    if key not in found.by_figure:
        raise Http404
    context = page_of(request.GET, found, key, today, cut_names()) | {
        "place": place, "small": small, "refresh": refresh_of(place), "threshold": sheets.threshold(place),
        "page": f"figure/{key}",
        "kept": {name: request.GET[name][:100] for name in ("cohort", "cut") if request.GET.get(name)},
    }  # fmt: skip
    context |= {"views": views_of(request.user, place), "urls": _urls(place, key, context)}
    return render(request, "outcomes/figure.html", context)


def _urls(place: Place, key: str, context: dict) -> dict:
    cohort = urlencode({"cohort": context["row"].cohort})
    return {
        "up": place.url("dashboard"), "csv": place.url("figure_csv", key), "saved": place.url("saved"),
        "here": "?" + urlencode(context["kept"] | {"cohort": context["row"].cohort}),
        "behind": f"{place.url('behind', key)}?{cohort}" if place.school else "",
    }  # fmt: skip


def to_csv(request, place: Place, key):
    found = sheets.whole(place, figure=key)
    if key not in found.about:
        raise Http404
    return csv_response(found, str(place), cut_names(), f"{place}-{found.about[key].name}")


def cohort_in(asked, found: Sheets, key: str, today) -> str:
    """The cohort that is asked for, where the figure has it."""
    stage = found.about[key].stage
    known, cohort = found.cohorts(stage, key), asked.get("cohort")
    return cohort if cohort in known else sheets.default_cohort(stage, known, today)


def cuts_in(asked, row: Row) -> tuple[list[str], list[str]]:
    """The cuts there are beside that of the gap, and those of them that are shown: one, or every."""
    known = [cut.value for cut in Cut if cut in row.kept["cuts"] and cut != Cut.DISADVANTAGED]
    cut = asked.get("cut", "")
    return known, known if cut == EVERY_CUT else [cut] if cut in known else known[:1]


def page_of(asked, found: Sheets, key: str, today, cut_names: dict[str, str]) -> dict:
    """What the page of a figure shows, of a snapshot as well: the gap, and the chosen one of the other cuts, or all."""
    about, cohort = found.about[key], cohort_in(asked, found, key, today)
    row: Row = found.by_figure[key][cohort]
    (known, chosen), shows_all = cuts_in(asked, row), asked.get("cut") == EVERY_CUT
    shown, series = found.shown(row, [Cut.DISADVANTAGED, *chosen]), Series.of(found, key)
    sides = shown.cuts.get(Cut.DISADVANTAGED, [])
    return {
        "about": about, "stage": Stage(about.stage), "row": row, "shown": shown, "whole": cell_in_words(shown.whole),
        "series": series, "cohorts": found.cohorts(about.stage, key), "if_known": if_known(shown.whole),
        "amount": amount_in_words(about, shown.whole), "method": export.method(),
        "sides": _groups(about, sides), "sides_are_hidden": _are_hidden(sides),
        "movement": figure_rows.cohorts(series.lines), "beside": beside.FIGURES.get(key), "source": beside.SOURCE,
        "line": next(line for line in series.lines if line["cohort"] == cohort),
        "cuts": [(one, cut_names.get(one, one), one in chosen and not shows_all) for one in known],
        "splits": [
            (cut_names.get(one, one), _groups(about, shown.cuts[one]), _are_hidden(shown.cuts[one])) for one in chosen
        ],
        "shows_all": shows_all,
    }  # fmt: skip


def _groups(about, cells) -> SafeString:
    lines = [bar | {"amount": amount_in_words(about, cell)} for bar, cell in zip(bars(cells), cells, strict=True)]
    return figure_rows.groups(lines, str(about.amount.label) if about.amount else "")


def _are_hidden(cells) -> bool:
    return all(cell.is_hidden for cell in cells)
