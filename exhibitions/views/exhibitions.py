from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from coedit.access import may_read
from common.forms import refuse
from exhibitions.access import evidence_seen, exhibition_of, one_seen
from exhibitions.actions import exhibitions as actions
from exhibitions.actions.exhibitions import ExhibitionError
from exhibitions.actions.judging import is_frozen
from exhibitions.actions.panel import ask_for_times, without_times
from exhibitions.actions.rehearsals import RehearsalError
from exhibitions.actions.rehearsals import arrange as arrange_rehearsal
from exhibitions.actions.rehearsals import call_off as call_off_rehearsal
from exhibitions.forms.afterwards import RehearsalForm
from exhibitions.forms.exhibitions import TitleForm, WindowForm
from exhibitions.models import Check, Exhibition, Gateway, Seat, Window
from exhibitions.progress import progress_of
from exhibitions.promised import promises
from exhibitions.seats import holding, open_seats
from exhibitions.together import together
from exhibitions.views.gateways import lines_of
from schools.access import for_school
from schools.roles import Permission
from students.access import for_student
from students.models import Student

P = Permission


@for_school(P.SCHOOL_PROGRAMME)
def windows(request, school):
    """The school's windows, and the form that opens another."""
    may_open = P.SCHOOL_EXHIBITIONS in request.can
    if request.method == "POST" and not may_open:
        raise PermissionDenied
    form = WindowForm(request.POST or None, school=school) if may_open else None
    if request.method == "POST" and form.is_valid():
        try:
            window = actions.open_window(school=school, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ExhibitionError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It is open: students can begin their exhibition."))
            return redirect("exhibitions:window", school.pk, window.pk)
    context = {"school": school, "form": form, "windows": school.exhibition_windows.select_related("term")}
    return render(request, "exhibitions/windows.html", context)


@for_school(P.SCHOOL_PROGRAMME)
def window(request, school, window_id):
    """How far the exhibitions of one window are: who has begun, what it is called, how much is shown."""
    found = get_object_or_404(
        Window.objects.select_related("term", "rubric").prefetch_related("rooms"), pk=window_id, school=school
    )
    students = {student.pk: student for student in _students(request, school)}
    begun = {row.student_id: row for row in progress_of(found)}
    if P.SCHOOL_EXHIBITIONS in request.can:
        # Also who has left since then.
        students |= {row.student_id: row.student for row in begun.values() if row.student_id not in students}
    begun = {pk: row for pk, row in begun.items() if pk in students}
    if found.is_over(school.today()):
        students = {pk: student for pk, student in students.items() if pk in begun}
    in_order = sorted(students.values(), key=lambda student: (student.user.search_name, student.pk))
    lines = [(student, begun.get(student.pk)) for student in in_order]
    waiting = _waiting(found, school) if P.SCHOOL_EXHIBITIONS in request.can else {}
    context = waiting | {
        "school": school, "window": found, "lines": lines, "begun": len(begun),
        "missing": sum(exhibition is None for _student, exhibition in lines), "is_over": found.is_over(school.today()),
        "criteria": found.rubric.criteria.count(),
    }  # fmt: skip
    return render(request, "exhibitions/window.html", context)


def _waiting(window, school) -> dict:
    """How many have not said when they cannot come, and who cannot be reached at all."""
    day = school.today()
    if window.is_over(day):
        return {}
    unsaid = without_times(window, day).values_list("user_id", flat=True)
    seats = holding(day).filter(exhibition__window=window, user__email="").exclude(kind=Seat.As.STUDENT)
    unreached = [seat for seat in seats.order_by("user__search_name", "pk") if not seat.user.can_sign_in]
    return {"unsaid": len(set(unsaid)), "unreached": unreached}


@require_POST
@for_school(P.SCHOOL_EXHIBITIONS)
def ask_times(request, school, window_id):
    """Ask everybody who has not said so when they cannot come: each person once."""
    window = get_object_or_404(Window, pk=window_id, school=school)
    n = ask_for_times(seats=without_times(window, school.today()), by=request.user, now=timezone.now())
    messages.success(request, ngettext("%(n)d person is asked.", "%(n)d people are asked.", n) % {"n": n})
    return redirect("exhibitions:window", school.pk, window.pk)


def _students(request, school):
    day = school.today()
    found = Student.objects.filter(school=school).open_to(request.user, P.EXHIBITION_SEE, day).enrolled(day)
    return found.select_related("user").order_by("user__search_name")


@for_school(P.SCHOOL_EXHIBITIONS)
def change_window(request, school, window_id):
    """Other days, times or rooms."""
    window = get_object_or_404(Window.objects.select_related("term"), pk=window_id, school=school)
    form = WindowForm(request.POST or None, instance=window, school=school)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_window(window=window, by=request.user, now=timezone.now(), **form.cleaned_data)
        except ExhibitionError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("exhibitions:window", school.pk, window.pk)
    window.refresh_from_db()
    return render(request, "exhibitions/window_change.html", {"school": school, "window": window, "form": form})


@require_POST
@for_school(P.SCHOOL_EXHIBITIONS)
def remove_window(request, school, window_id):
    try:
        actions.remove_window(window=get_object_or_404(Window, pk=window_id, school=school), by=request.user)
    except ExhibitionError as error:
        messages.error(request, str(error))
        return redirect("exhibitions:window", school.pk, window_id)
    messages.success(request, _("It is gone."))
    return redirect("exhibitions:windows", school.pk)


@require_POST
@for_school(P.SCHOOL_EXHIBITIONS)
def begin_all(request, school, window_id):
    """Begin for everybody who has not, so that all can be given a time."""
    window = get_object_or_404(Window.objects.select_related("school"), pk=window_id, school=school)
    try:
        n = actions.begin_all(
            window=window, students=_students(request, school), by=request.user, on=school.today(), now=timezone.now()
        )
    except ExhibitionError as error:
        messages.error(request, str(error))
    else:
        said = ngettext("%(n)d exhibition is begun.", "%(n)d exhibitions are begun.", n) % {"n": n}
        messages.success(request, said)
    return redirect("exhibitions:window", school.pk, window.pk)


@for_student(P.EXHIBITION_SEE)
def index(request, student):
    """The student's exhibitions, and the windows in which one can be begun."""
    found = list(student.exhibitions.select_related("window__term", "outline", "told_room"))
    has = {one.window_id for one in found}
    coming = Window.objects.filter(school=student.school_id, last_on__gte=request.day).exclude(pk__in=has)
    return render(request, "exhibitions/index.html", {"student": student, "exhibitions": found, "coming": coming})


@require_POST
@for_student(P.EXHIBITION_PREPARE)
def begin(request, student):
    number = request.POST.get("window", "")
    window = Window.objects.filter(school=student.school_id, pk=number).first() if number.isdecimal() else None
    if window is None:
        raise Http404
    try:
        found = actions.begin(window=window, student=student, by=request.user, on=request.day, now=timezone.now())
    except ExhibitionError as error:
        messages.error(request, str(error))
        return redirect("exhibitions:index", student.pk)
    return redirect("exhibitions:show", student.pk, found.pk)


@for_student(P.EXHIBITION_SEE)
def show(request, student, exhibition_id):
    """What the exhibition is about, what is shown in which order, what the plan promised beside what is there."""
    return _page(request, student, exhibition_of(student, exhibition_id))


def _page(request, student, exhibition, form=None, rehearsal=None):
    seen = list(evidence_seen(request, student).prefetch_related("items"))
    by_id = {one.pk: one for one in seen}
    rows = list(exhibition.shown.select_related("evidence"))
    shown = [by_id[row.evidence_id] for row in rows if row.evidence_id in by_id]
    gone = [row.evidence for row in rows if row.evidence.removed_at]
    may_prepare = P.EXHIBITION_PREPARE in request.can and not is_frozen(exhibition)
    context = {
        "student": student, "exhibition": exhibition, "shown": shown, "may_prepare": may_prepare, "gone": gone,
        "may_choose": may_prepare and (request.user == student.user or not student.user.can_sign_in),
        "others": [one for one in seen if one not in shown and not one.is_draft],
        "promises": promises(student, exhibition.window, seen) if P.PLAN_SEE in request.can else [],
        "form": form or TitleForm(instance=exhibition),
    }  # fmt: skip
    context |= _around(request, exhibition, rehearsal)
    return render(request, "exhibitions/show.html", context)


def _around(request, exhibition, rehearsal) -> dict:
    """The panel, rehearsals, the gateway, the judgement and the narrative, as far as this person may see them."""
    seats = list(exhibition.seats.kept().select_related("user").order_by("id"))
    mine = open_seats(request.user, request.day).filter(exhibition=exhibition).first()
    may_prepare, may_lead = P.EXHIBITION_PREPARE in request.can, P.EXHIBITION_LEAD in request.can
    sees_outcome = P.NARRATIVE_SEE in request.can
    rehearsals = list(exhibition.rehearsals.prefetch_related("feedback__by")) if may_prepare or may_lead else []
    is_over = exhibition.window.is_over(request.day)
    if may_prepare and not is_over and rehearsal is None:
        rehearsal = _rehearsal_form(exhibition)
    narratives = [
        one for one in exhibition.narratives.select_related("text") if may_read(one.text, request.standing)
    ] if sees_outcome else []  # fmt: skip
    sees_gateway = sees_outcome and exhibition.gateway_id is not None
    lines = _agreed(request, exhibition, mine) if sees_outcome else []
    return {
        "mine": mine, "seats": seats if may_prepare or may_lead else [], "may_lead": may_lead, "rehearsals": rehearsals,
        "rehearsal": rehearsal, "is_over": is_over, "lines": lines, "narrative": next(iter(narratives), None),
        "sees_narrative": sees_outcome, "requirements": lines_of(exhibition) if sees_gateway else [],
        "decision": exhibition.decisions.standing().first() if sees_gateway else None,
        "is_judged": exhibition.decisions.exists() or Check.objects.filter(requirement__exhibition=exhibition).exists(),
        "gateways": Gateway.objects.filter(school=exhibition.school_id, retired_at__isnull=True) if may_lead else [],
    }  # fmt: skip


def _agreed(request, exhibition, mine) -> list:
    """What the panel agreed on: to who writes or judges as it stands, to the family as a release told them. Nobody who
    still has to rate sees it."""
    if mine is not None and not mine.handed_in_at:
        return []
    as_of = None
    if not request.can & {P.NARRATIVE_WRITE, P.NARRATIVE_PROOF, P.EXHIBITION_LEAD}:
        released = exhibition.narratives.filter(released_at__isnull=False).first()
        if released is None and mine is None:
            return []
        as_of = released and released.released_at
    lines = together(exhibition, as_of=as_of).lines
    return sorted(lines, key=lambda line: line.criterion.order) if any(line.agreed for line in lines) else []


def _rehearsal_form(exhibition, data=None) -> RehearsalForm:
    action = reverse("exhibitions:rehearse", args=[exhibition.student_id, exhibition.pk])
    return RehearsalForm(data, school=exhibition.student.school, action=action)


@require_POST
@for_student(P.EXHIBITION_PREPARE)
def rehearse(request, student, exhibition_id):
    """A day on which it is tried before the advisory."""
    exhibition = exhibition_of(student, exhibition_id)
    form = _rehearsal_form(exhibition, request.POST)
    if form.is_valid():
        try:
            arrange_rehearsal(
                exhibition=exhibition, held_on=form.cleaned_data["held_on"], by=request.user, on=request.day,
                now=timezone.now(),
            )  # fmt: skip
        except RehearsalError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("The advisory knows."))
            return redirect("exhibitions:show", student.pk, exhibition.pk)
    return _page(request, student, exhibition, rehearsal=form)


@require_POST
@for_student(P.EXHIBITION_PREPARE)
def call_off(request, student, exhibition_id, rehearsal_id):
    """A rehearsal does not take place."""
    exhibition = exhibition_of(student, exhibition_id)
    try:
        call_off_rehearsal(rehearsal=get_object_or_404(exhibition.rehearsals, pk=rehearsal_id), by=request.user)
    except RehearsalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is called off."))
    return redirect("exhibitions:show", student.pk, exhibition.pk)


@require_POST
@for_student(P.EXHIBITION_PREPARE)
def name_it(request, student, exhibition_id):
    exhibition = exhibition_of(student, exhibition_id)
    form = TitleForm(request.POST, instance=Exhibition())
    if not form.is_valid():
        return _page(request, student, exhibition, form)
    try:
        actions.name_it(exhibition=exhibition, title=form.cleaned_data["title"], by=request.user)
    except ExhibitionError as error:
        messages.error(request, str(error))
        return redirect("exhibitions:show", student.pk, exhibition.pk)
    messages.success(request, _("Saved."))
    return redirect("exhibitions:show", student.pk, exhibition.pk)


@require_POST
@for_student(P.EXHIBITION_PREPARE)
def arrange(request, student, exhibition_id):
    """One button a piece: put it in, take it out, earlier, later."""
    exhibition = exhibition_of(student, exhibition_id)
    what, _colon, number = request.POST.get("do", "").partition(":")
    if not number.isdecimal():
        raise Http404
    try:
        if what == "in":
            actions.put_in(exhibition=exhibition, evidence=one_seen(request, student, int(number)), by=request.user)
        elif what == "out":
            actions.take_out(exhibition=exhibition, evidence_id=int(number), by=request.user)
        elif what in ("up", "down"):
            places = -1 if what == "up" else 1
            actions.move(exhibition=exhibition, evidence_id=int(number), by_places=places, by=request.user)
    except ExhibitionError as error:
        messages.error(request, str(error))
    return redirect("exhibitions:show", student.pk, exhibition.pk)
