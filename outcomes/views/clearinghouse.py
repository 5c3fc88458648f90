"""Files of the clearinghouse: brought, looked through, taken over, taken back; and the file that asks for them."""

import datetime

from django.contrib import messages
from django.core.cache import cache
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from common.forms import refuse
from outcomes.actions import clearinghouse as actions
from outcomes.actions import clearinghouse_request as requests
from outcomes.actions.clearinghouse_applying import key_of
from outcomes.clearinghouse import FileError
from outcomes.forms.clearinghouse import BringForm, Named, RequestForm
from outcomes.models import ClearinghouseFile, ClearinghouseLine
from outcomes.request_file import FEWEST, Account
from outcomes.views import clearinghouse_lists as lists
from schools.access import for_school
from schools.roles import Permission

BEFORE = 20
# The same file from the same person so soon is a double tap.
A_TAP = datetime.timedelta(minutes=2)
P = Permission
State, LineState = ClearinghouseFile.State, ClearinghouseLine.State


@for_school(P.SCHOOL_DESTINATIONS)
def index(request, school):
    """Bring a file; the next page says what it would do."""
    form, earlier = BringForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try:
            file = actions.bring(school=school, upload=form.cleaned_data["file"], by=request.user, now=now)
            return _back(file)
        except FileError as error:
            refuse(form, error, "file")
        except actions.SameFile as error:
            earlier = error.earlier
            if earlier.by_id == request.user.pk and now - earlier.at < A_TAP:
                return _back(earlier)
            refuse(form, error, "file")
    files = ClearinghouseFile.objects.filter(school=school).select_related("by")
    page = Paginator(files, BEFORE).get_page(request.GET.get("page"))
    context = {"school": school, "form": form, "page": page, "earlier": earlier}
    return render(request, "outcomes/clearinghouse.html", context)


@for_school(P.SCHOOL_DESTINATIONS)
def show(request, school, file_id):
    """How far it is; then what would come of it, by student and row by row; then what did."""
    file = _file(school, file_id)
    context = {"school": school, "file": file}
    if file.state in (State.READING, State.APPLYING) or (file.state == State.APPLIED and file.undone_at):
        context["written"] = cache.get(key_of(file.pk), 0)
        return render(request, "outcomes/clearinghouse_progress.html", context)
    if file.state in (State.REFUSED, State.DROPPED):
        return render(request, "outcomes/clearinghouse_gone.html", context)
    context |= lists.of(file, request.GET.get("show", ""), request.GET.get("page"))
    return render(request, "outcomes/clearinghouse_file.html", context)


def _file(school, file_id) -> ClearinghouseFile:
    files = ClearinghouseFile.objects.select_related("by", "applied_by", "undone_by", "file")
    file = get_object_or_404(files, school=school, pk=file_id)
    file.school = school
    return file


def _back(file, show=""):
    here = redirect("outcomes:clearinghouse_file", file.school_id, file.pk)
    if show:
        here["Location"] += f"?show={show}"
    return here


@require_POST
@for_school(P.SCHOOL_DESTINATIONS)
def decide(request, school, file_id):
    """Whose the rows are that name somebody who is not certain; or all that are left are nobody's."""
    file, again = _file(school, file_id), "again" in request.POST
    here = _back(file, "decided" if again else LineState.UNSURE)
    try:
        if "rest" in request.POST:
            number = actions.leave_out_the_rest(file=file, by=request.user)
        else:
            chosen = request.POST.get("student", "")
            # Python refuses to read a number of thousands of digits.
            is_id = chosen.isdecimal() and len(chosen) < 20
            if not is_id and chosen != "none":
                raise actions.ClearinghouseError(_("Choose one of these students, or leave the rows out."))
            number = actions.decide(
                file=file, who=request.POST.get("who", "").replace("\0", ""), by=request.user, again=again,
                student_id=int(chosen) if is_id else None,
            )  # fmt: skip
    except actions.ClearinghouseError as error:
        messages.warning(request, str(error))
        return here
    messages.success(request, ngettext("%(n)s row is decided.", "%(n)s rows are decided.", number) % {"n": number})
    return here


@require_POST
@for_school(P.SCHOOL_DESTINATIONS)
def take_over(request, school, file_id):
    file = _file(school, file_id)
    try:
        actions.take_over(file=file, by=request.user, now=timezone.now(), looked="looked" in request.POST)
    except actions.ClearinghouseError as error:
        messages.error(request, str(error))
    return _back(file)


@require_POST
@for_school(P.SCHOOL_DESTINATIONS)
def drop(request, school, file_id):
    file = _file(school, file_id)
    try:
        actions.drop(file=file, by=request.user, now=timezone.now())
    except actions.ClearinghouseError as error:
        messages.error(request, str(error))
        return _back(file)
    messages.success(request, _("The file is dropped. Nothing of it was taken over."))
    return redirect("outcomes:clearinghouse", school.pk)


@require_POST
@for_school(P.SCHOOL_DESTINATIONS)
def undo(request, school, file_id):
    file = _file(school, file_id)
    try:
        actions.undo(file=file, by=request.user, now=timezone.now())
    except actions.ClearinghouseError as error:
        messages.error(request, str(error))
    return _back(file)


@for_school(P.SCHOOL_DESTINATIONS)
def ask(request, school):
    """The file that asks the clearinghouse for classes, and who cannot be asked for."""
    people = requests.people_of(school, school.today())
    counts = {year: (sum(asked.can_be_asked for _one, asked in rows), len(rows)) for year, rows in people.items()}
    students = {one.student_id: one.student for rows in people.values() for one, _asked in rows}
    initial = _as_last_time(school, students)
    form = RequestForm(request.POST or None, counts=counts, students=students.values(), initial=initial)
    if request.method == "POST" and form.is_valid():
        return _download(request, school, form.cleaned_data)
    lacks = ((year, [one for one, asked in rows if not asked.can_be_asked]) for year, rows in people.items())
    context = {
        "school": school, "form": form, "counts": counts, "fewest": FEWEST,
        "lacking": [(year, leavers) for year, leavers in lacks if leavers],
    }  # fmt: skip
    return render(request, "outcomes/clearinghouse_request.html", context)


def _as_last_time(school, students) -> dict:
    account, objected = requests.as_last_time(school)
    account = account or Account("", "00", school.name)
    named = Named(students.values())
    said = "\n".join(named.shortest(students[pk]) for pk in objected if pk in students)
    return {"code": account.code, "branch": account.branch, "name": account.name, "objected": said}


def _download(request, school, said):
    on = school.today()
    account = Account(said["code"], said["branch"], said["name"])
    text = requests.request(
        school=school, classes=said["classes"], account=account, by=request.user, on=on, objected=said["objected"]
    )
    response = HttpResponse(text, content_type="text/plain; charset=us-ascii")
    response["Content-Disposition"] = f'attachment; filename="studenttracker_request_{on:%Y%m%d}.txt"'
    return response
