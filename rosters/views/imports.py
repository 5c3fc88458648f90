from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.spreadsheet import download
from rosters.access import Reach, for_import, imports_of
from rosters.actions import imports
from rosters.forms.imports import PasteForm, UsualForm
from rosters.models import Import
from rosters.preview.outcome import Verdict
from rosters.preview.sheet import Sheet
from rosters.tables.columns import labels
from rosters.views.cells import choices, shown, typed
from schools.access import for_school
from schools.roles import Permission

A_PAGE = 100
BEFORE = 20


@for_school(Permission.SCHOOL_PEOPLE)
def paste(request, school):
    """Paste or upload a table; the next page says what it would do."""
    reach = Reach(request.user, school, school.today())
    form = PasteForm(request.POST or None, request.FILES or None, reach=reach)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        imported = imports.keep(
            school=school, kind=said["kind"], text=said["text"], usual=form.usual(), day=said["day"], by=request.user,
            now=timezone.now(), key=said["key"],
        )  # fmt: skip
        if secret := imports.secret_headers(said["text"]):
            words = _("Thrown away and kept nowhere, because passwords may stand in it: %(columns)s.")
            messages.info(request, words % {"columns": ", ".join(secret)})
        return redirect("rosters:import", school.pk, imported.pk)
    context = {"school": school, "form": form, "before": imports_of(request, school)[:BEFORE]}
    return render(request, "rosters/paste.html", context)


@for_school(Permission.SCHOOL_PEOPLE)
def template(request, school, kind):
    """An empty table with the names of all columns, to be filled in a spreadsheet."""
    name = "staff" if kind == Import.Kind.STAFF else "students"
    return download([labels(name).values()], f"{name}.csv")


@for_import
def show(request, imported):
    """What would happen, row by row; or, once it is confirmed, what did."""
    if imported.confirmed_at is not None:
        return _report(request, imported)
    if request.method == "POST":
        return _act(request, imported)
    return _preview(request, imported)


def _act(request, imported):
    """Keep what was typed first, whatever the button; then do what it says."""
    here = redirect(request.get_full_path())
    try:
        changed = imports.put_right(imported=imported, cells=typed(request.POST), by=request.user)
        if number := _number(request, "leave_out"):
            imports.leave_out(imported=imported, numbers=[number], by=request.user)
        elif number := _number(request, "take_in"):
            imports.take_in(imported=imported, numbers=[number], by=request.user)
        elif "confirm" in request.POST and changed:
            messages.info(request, _("You had changed cells. They are saved: this is what would happen now."))
        elif "confirm" in request.POST:
            imports.confirm(imported=imported, seen=request.POST.get("seen", ""), by=request.user, now=timezone.now())
            return redirect("rosters:import", imported.school_id, imported.pk)
        elif changed:
            messages.success(request, _("Saved."))
    except imports.TableRefused as error:
        messages.warning(request, str(error))
    return here


def _number(request, name) -> int | None:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() else None


def _preview(request, imported):
    sheet = Sheet(imported)
    preview = sheet.preview(imported.made_by if imported.dropped_at else request.user)
    wanted = request.GET.get("show", "") if request.GET.get("show") in Verdict.values else ""
    wrong = [row for row in preview.rows if row.outcome.verdict == Verdict.WRONG]
    others = [row for row in preview.rows if row.outcome.verdict != Verdict.WRONG]
    rows = [row for row in [*wrong, *others] if not wanted or row.outcome.verdict == wanted]
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    reach = Reach(request.user, imported.school, imported.school.today())
    context = {
        "usual": UsualForm(initial=imported.usual, reach=reach, kind=imported.kind),
        "imported": imported, "school": imported.school, "preview": preview, "page": page, "wanted": wanted,
        "chips": [(verdict, preview.counts[verdict]) for verdict in Verdict if preview.counts[verdict]],
        "rows": shown(page.object_list, sheet, _edited(request)), "unused": sheet.unused_headers,
        "columns": choices(sheet), "query": f"&show={wanted}" if wanted else "", "count": len(preview.wanted),
    }  # fmt: skip
    return render(request, "rosters/import.html", context)


def _edited(request) -> int | None:
    text = request.GET.get("edit", "")
    return int(text) if text.isdecimal() else None


def _report(request, imported):
    """What came of each row, or how far it is."""
    said = sorted(((int(number), row) for number, row in imported.report.items()), key=lambda pair: pair[0])
    refused = [(number, row) for number, row in said if row["refused"]]
    done = [(number, row) for number, row in said if not row["refused"]]
    page = Paginator([*refused, *done], A_PAGE).get_page(request.GET.get("page"))
    context = {
        "imported": imported, "school": imported.school, "page": page, "refused": len(refused), "done": len(done),
        "verdicts": dict(Verdict.choices),
    }  # fmt: skip
    template = "rosters/_progress.html" if request.htmx and not imported.finished_at else "rosters/report.html"
    return render(request, template, context)


@require_POST
@for_import
def columns(request, imported):
    """Say what each column is, what rows leave out, and in which order the dates are written."""
    reach = Reach(request.user, imported.school, imported.school.today())
    form = UsualForm(request.POST, reach=reach, kind=imported.kind)
    usual = form.usual() if form.is_valid() else None
    order = {"day": True, "month": False}.get(request.POST.get("order"))
    picked = [request.POST.get(f"column-{at}", "") for at in range(len(imported.columns))]
    try:
        imports.choose_columns(imported=imported, columns=picked, by=request.user, usual=usual, day_first=order)
    except imports.TableRefused as error:
        messages.error(request, str(error))
    return redirect("rosters:import", imported.school_id, imported.pk)


@require_POST
@for_import
def drop(request, imported):
    try:
        imports.drop(imported=imported, by=request.user, now=timezone.now())
    except imports.TableRefused as error:
        messages.error(request, str(error))
        return redirect("rosters:import", imported.school_id, imported.pk)
    messages.success(request, _("The table is dropped. What you pasted stays to be read."))
    return redirect("rosters:paste", imported.school_id)


@require_POST
@for_import
def go_on(request, imported):
    """The rows that were not brought in, as a table of their own."""
    day = imported.school.today()
    try:
        rest = imports.go_on(imported=imported, by=request.user, on=day, now=timezone.now())
    except imports.TableRefused as error:
        messages.info(request, str(error))
        return redirect("rosters:import", imported.school_id, imported.pk)
    return redirect("rosters:import", imported.school_id, rest.pk)
