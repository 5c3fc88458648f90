from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from common.pdf import pdf
from exhibitions import problems
from exhibitions.actions import timetable as actions
from exhibitions.actions.timetable import TimetableError
from exhibitions.forms.timetable import SlotForm
from exhibitions.fortnight import Fortnight, read
from exhibitions.grid import Line, days_of, programme_of
from exhibitions.models import Exhibition, Timetabling, Window
from schools.access import for_school
from schools.roles import Permission
from students.models import Student

P = Permission
# So many forms stand on the page itself; where more have no time, each has a page of its own.
MOST_FORMS = 20


def _window(school, window_id) -> Window:
    window = get_object_or_404(Window.objects.select_related("term"), pk=window_id, school=school)
    window.school = school
    return window


@for_school(P.SCHOOL_EXHIBITIONS)
def show(request, school, window_id):
    """Who exhibits when and where, what is wrong with it, who has no time and why."""
    window = _window(school, window_id)
    run = window.timetablings.first()
    context = {"school": school, "window": window, "run": run, "over": window.is_over(school.today())}
    if run is None or run.state != Timetabling.State.WAITING:
        context |= _timetable(read(window, timezone.now()))
    return render(request, "exhibitions/timetable.html", context)


def _timetable(fortnight: Fortnight) -> dict:
    without = [one for one in fortnight.exhibitions if one.pk in fortnight.sittings and one.starts_at is None]
    has_forms = len(without) <= MOST_FORMS
    return {
        "days": days_of(fortnight), "rooms": fortnight.rooms, "problems": problems.found(fortnight),
        "placed": len(fortnight.sittings) - len(without), "begun": len(fortnight.exhibitions),
        "changes": len(fortnight.changes),
        "without": [
            (one, problems.why_no_time(fortnight, one), _form(fortnight, one) if has_forms else None) for one in without
        ],
        "not_begun": _not_begun(fortnight),
    }  # fmt: skip


def _form(fortnight, exhibition, data=None) -> SlotForm:
    return SlotForm(data, fortnight=fortnight, exhibition=exhibition)


def _not_begun(fortnight) -> int:
    school = fortnight.window.school
    students = Student.objects.filter(school=school).enrolled(school.today())
    return students.exclude(pk__in=[one.student_id for one in fortnight.exhibitions]).count()


@require_POST
@for_school(P.SCHOOL_EXHIBITIONS)
def propose(request, school, window_id):
    window = _window(school, window_id)
    try:
        actions.ask(window=window, by=request.user, now=timezone.now())
    except TimetableError as error:
        messages.error(request, str(error))
    return redirect("exhibitions:timetable", school.pk, window.pk)


@require_POST
@for_school(P.SCHOOL_EXHIBITIONS)
def tell(request, school, window_id):
    window = _window(school, window_id)
    if not actions.ask_to_tell(window=window, by=request.user, now=timezone.now()):
        messages.success(request, _("Everybody knows already."))
    return redirect("exhibitions:timetable", school.pk, window.pk)


@for_school(P.SCHOOL_EXHIBITIONS)
def place(request, school, window_id, exhibition_id):
    """One exhibition's time, by hand: set, pinned or not, taken out."""
    window = _window(school, window_id)
    fortnight = read(window, timezone.now())
    exhibition = fortnight.by_id.get(exhibition_id)
    # One that was held has its time.
    if exhibition is None or not fortnight.may_change(exhibition):
        raise Http404
    # Of a student who has left there is only to say that it does not take place.
    has_left = exhibition_id in fortnight.gone
    form = None if has_left else _form(fortnight, exhibition)
    if request.method == "POST":
        what = request.POST.get("do", "")
        if what not in ("pin", "unpin", "out"):
            if has_left:
                raise Http404
            form = _form(fortnight, exhibition, request.POST)
        if _done(request, what, exhibition, form):
            return redirect("exhibitions:timetable", school.pk, window.pk)
    context = {
        "school": school, "window": window, "exhibition": exhibition, "form": form, "has_left": has_left,
        "over": window.is_over(school.today()), "is_past": exhibition_id in fortnight.past,
        "lines": [] if has_left else [Line.of(fortnight, exhibition, slot) for slot in fortnight.upcoming],
        "why": "" if exhibition.starts_at or has_left else problems.why_no_time(fortnight, exhibition),
    }  # fmt: skip
    return render(request, "exhibitions/timetable_place.html", context)


def _done(request, what, exhibition: Exhibition, form: SlotForm | None) -> bool:
    facts = {"exhibition": exhibition, "by": request.user}
    name = {"name": exhibition.student.name}
    try:
        if what == "pin":
            actions.pin(**facts)
            said = _("%(name)s's time is pinned.")
        elif what == "unpin":
            actions.unpin(**facts)
            said = _("%(name)s's time may change with the next proposal.")
        elif what == "out":
            actions.unplace(**facts, now=timezone.now())
            said = _("%(name)s has no time now.")
        elif form.is_valid():
            actions.move(**facts, **form.cleaned_data, now=timezone.now())
            said = _("%(name)s's time is set and pinned.")
        else:
            return False
    except TimetableError as error:
        if form is None or not form.is_bound:
            messages.error(request, str(error))
            return True
        refuse(form, error, error.field)
        return False
    messages.success(request, said % name)
    return True


@for_school(P.SCHOOL_PROGRAMME)
def programme(request, school, window_id):
    """What was told, to be put up at the door: who exhibits when and where. Nothing of the panels."""
    return render(request, "exhibitions/programme.html", _programme(school, window_id))


@for_school(P.SCHOOL_PROGRAMME)
def programme_pdf(request, school, window_id):
    context = _programme(school, window_id)
    document = pdf(render_to_string("exhibitions/programme_pdf.html", context, request=request))
    name = slugify(f"{context['window']}") or f"programme-{window_id}"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


def _programme(school, window_id) -> dict:
    window = _window(school, window_id)
    return {"school": school, "window": window, "days": programme_of(window, school.today())}
