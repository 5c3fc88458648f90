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


def show(request, place: Place, key):
    """One figure: what it says and of whom, over cohorts, and in each of its cuts."""
    small = wants_small(request, place)
    found = sheets.whole(place, figure=key, small=small)
    if key not in found.about:
        raise Http404
    context = page_of(request.GET, found, key, day_at(place)) | {
        "place": place, "small": small, "refresh": refresh_of(place), "threshold": sheets.threshold(place),
        "cut_names": cut_names(), "page": f"figure/{key}",
        "kept": {name: request.GET[name][:100] for name in ("cohort", "cut") if request.GET.get(name)},
    }  # fmt: skip
    context |= {"views": views_of(request.user, place), "urls": _urls(place, key, context)}
    return render(request, "outcomes/figure.html", with_cuts(context, request.GET.get("cut", "")))


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


def page_of(asked, found: Sheets, key: str, today) -> dict:
    """What the page of a figure shows, of a snapshot as well."""
    about, rows = found.about[key], found.by_figure[key]
    known = found.cohorts(about.stage, key)
    cohort = asked.get("cohort")
    if cohort not in known:
        cohort = sheets.default_cohort(about.stage, known, today)
    row: Row = rows[cohort]
    shown, series = found.shown(row), Series.of(found, key)
    sides = shown.cuts.get(Cut.DISADVANTAGED, [])
    return {
        "about": about, "stage": Stage(about.stage), "row": row, "shown": shown, "whole": cell_in_words(shown.whole),
        "series": series, "cohorts": known, "if_known": if_known(shown.whole),
        "amount": amount_in_words(about, shown.whole), "method": export.method(),
        "sides": _groups(about, sides), "sides_are_hidden": _are_hidden(sides),
        "movement": figure_rows.cohorts(series.lines), "beside": beside.FIGURES.get(key), "source": beside.SOURCE,
        "line": next(line for line in series.lines if line["cohort"] == cohort),
    }  # fmt: skip


def _groups(about, cells) -> SafeString:
    lines = [bar | {"amount": amount_in_words(about, cell)} for bar, cell in zip(bars(cells), cells, strict=True)]
    return figure_rows.groups(lines, str(about.amount.label) if about.amount else "")


def _are_hidden(cells) -> bool:
    return all(cell.is_hidden for cell in cells)


def with_cuts(context: dict, asked: str) -> dict:
    """The cuts beside that of the gap, and the chosen one, or all ("all")."""
    shown, about = context["shown"], context["about"]
    known = [cut for cut in shown.cuts if cut != Cut.DISADVANTAGED]
    chosen = known if asked == "all" else [asked] if asked in known else known[:1]
    splits = [
        (context["cut_names"].get(cut, cut), _groups(about, shown.cuts[cut]), _are_hidden(shown.cuts[cut]))
        for cut in chosen
    ]
    return context | {
        "cuts": [(cut, context["cut_names"].get(cut, cut), cut in chosen and asked != "all") for cut in known],
        "splits": splits, "shows_all": asked == "all", "cut": asked,
    }  # fmt: skip
