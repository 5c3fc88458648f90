from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from outcomes import beside, groups, sheets, who
from outcomes.actions.snapshots import SnapshotError, freeze
from outcomes.board import Board
from outcomes.forms.figures import FreezeForm
from outcomes.models import Snapshot
from outcomes.places import Place
from outcomes.sheets import Sheets
from outcomes.views.dashboard import chosen_in, csv_response, group_in, parts_of, pdf_response, query_of
from outcomes.views.figures import page_of


def index(request, place: Place):
    return _page(request, place, FreezeForm())


def _page(request, place, form):
    found = Snapshot.objects.filter(**place.of).select_related("by").defer("content")
    context = {
        "place": place, "snapshots": found, "form": form if place.may_freeze else None,
        "urls": {"up": place.url("dashboard"), "add": place.url("snapshot_add")},
    }  # fmt: skip
    return render(request, "outcomes/snapshots.html", context)


@require_POST
def add(request, place: Place):
    """Double click is one: the form brings its key."""
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form)
    try:
        snapshot = freeze(
            place=place, name=form.cleaned_data["name"], by=request.user, now=timezone.now(),
            key=form.cleaned_data["key"],
        )  # fmt: skip
    except SnapshotError as error:
        refuse(form, error, "name")
        return _page(request, place, form)
    messages.success(request, _("Frozen. This page stays as it is, whatever is counted or renamed from now on."))
    return redirect(place.url("snapshot", snapshot.pk))


def _of(place, snapshot_id) -> Snapshot:
    return get_object_or_404(Snapshot.objects.select_related("by"), pk=snapshot_id, **place.of)


def show(request, place: Place, snapshot_id):
    snapshot = _of(place, snapshot_id)
    found = sheets.thaw(snapshot.content)
    chosen, known, group, is_gone = _chosen(request.GET, found, snapshot)
    split = f"&cut={group.cut}" if group else ""
    board = Board(
        found, chosen, lambda figure, cohort: _figure_url(place, snapshot, figure, cohort) + split, group=group
    )
    context = {
        "place": place, "snapshot": snapshot, "board": board, "parts": parts_of(board), "sheets": found,
        "groups": known, "group_is_gone": is_gone, "who": None if group else who.of_sheets(found, board),
        "source": beside.SOURCE, "urls": _urls(place, snapshot, query_of(chosen, group)),
    }  # fmt: skip
    return render(request, "outcomes/snapshot.html", context)


def _urls(place: Place, snapshot: Snapshot, query: str) -> dict:
    return {
        "up": place.url("dashboard"), "snapshots": place.url("snapshots"),
        "pdf": place.url("snapshot_pdf", snapshot.pk) + query, "csv": place.url("snapshot_csv", snapshot.pk),
    }  # fmt: skip


def _figure_url(place, snapshot, figure, cohort) -> str:
    return f"{place.url('snapshot_figure', snapshot.pk, figure)}?cohort={cohort}"


def _chosen(asked, found: Sheets, snapshot: Snapshot):
    """The cohorts, the groups there are in them, the one that is asked for, and whether there is no such one."""
    chosen = chosen_in(asked, found, snapshot.at.date())
    known = groups.in_cohorts(found, chosen.values(), snapshot.content["cuts"])
    return chosen, known, *group_in(asked, known)


def figure(request, place: Place, snapshot_id, key):
    snapshot = _of(place, snapshot_id)
    found = sheets.thaw(snapshot.content)
    if key not in found.by_figure:
        raise Http404
    context = page_of(request.GET, found, key, snapshot.at.date(), snapshot.content["cuts"]) | {
        "place": place, "snapshot": snapshot, "threshold": snapshot.content["threshold"],
        "urls": {"up": place.url("snapshot", snapshot.pk)},
    }  # fmt: skip
    return render(request, "outcomes/figure.html", context)


def to_csv(request, place: Place, snapshot_id):
    snapshot = _of(place, snapshot_id)
    content = snapshot.content
    return csv_response(sheets.thaw(content), content["of"], content["cuts"], f"{content['of']}-{snapshot.name}")


def to_pdf(request, place: Place, snapshot_id):
    snapshot = _of(place, snapshot_id)
    found = sheets.thaw(snapshot.content)
    chosen, _known, group, is_gone = _chosen(request.GET, found, snapshot)
    board = Board(found, chosen, group=group)
    facts = {name: snapshot.content[name] for name in ("of", "paper", "threshold")}
    facts |= {"snapshot": snapshot, "group_is_gone": is_gone}
    return pdf_response(request, found, board, facts, f"{snapshot.content['of']}-{snapshot.name}")
