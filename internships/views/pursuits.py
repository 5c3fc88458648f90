import datetime
from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from internships.actions.pursuits import PursuitError, ask, ask_again, decide, end, set_travel
from internships.fit import fit
from internships.forms.pursuits import AskForm, DecideForm, EndForm, SiteForm, TravelForm
from internships.models import Opportunity, Placement, Pursuit, Rules, Travel
from internships.pipeline import MEETING, State, stage_of
from internships.placing import Standing, placings
from internships.suggesting import interests_of
from schools.access import for_school
from schools.roles import Permission, Role
from students.access import for_student
from students.models import Student

# Whose word each permission is.
SPEAKS_AS = {Permission.INTERNSHIP_ADVISE: Role.ADVISER, Permission.INTERNSHIP_COORDINATE: Role.COORDINATOR}


@for_student(Permission.INTERNSHIP_SEE)
def index(request, student):
    """The places that the student pursues and pursued, each with whose turn it is."""
    return _index(request, student, TravelForm(instance=Travel.objects.filter(student=student).first()))


def _index(request, student, travel):
    stages = _stages(student.pursuits.with_place(), student.school, request.day)
    context = {
        "student": student, "stages": stages, "travel": travel, "rules": Rules.of(student.school),
        "may_say_how_far": bool(request.can & {Permission.INTERNSHIP_ASK, Permission.INTERNSHIP_COORDINATE}),
    }  # fmt: skip
    return render(request, "internships/pursuits.html", context)


@require_POST
@for_student(Permission.INTERNSHIP_SEE)
def travel(request, student):
    """How far the student can travel to a place."""
    if not request.can & {Permission.INTERNSHIP_ASK, Permission.INTERNSHIP_COORDINATE}:
        raise PermissionDenied
    form = TravelForm(request.POST)
    if not form.is_valid():
        return _index(request, student, form)
    set_travel(student=student, by=request.user, now=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("internships:pursuits", student.pk)


def _stages(pursuits, school, day):
    rules = Rules.of(school)
    return [stage_of(pursuit, rules, day) for pursuit in pursuits]


@for_student(Permission.OPPORTUNITIES_SEE)
def offered(request, student, opportunity_id):
    """One opportunity as the student may read it, and the form that asks for it."""
    rows = Opportunity.objects.filter(school=student.school_id).offered(request.day).with_place()
    opportunity = get_object_or_404(rows, pk=opportunity_id)
    form = AskForm(request.POST or None)
    if request.method == "POST":
        if Permission.INTERNSHIP_ASK not in request.can:
            raise PermissionDenied
        if form.is_valid() and (answer := _asked(request, student, form, opportunity=opportunity)):
            return answer
    context = {
        "student": student, "opportunity": opportunity, "fit": fit(interests_of(student), opportunity), "form": form,
        "pursuit": student.pursuits.open().exclude(cleared_until__lte=request.day)
        .filter(opportunity=opportunity).first(),
    }  # fmt: skip
    return render(request, "internships/browse_one.html", context)


@for_student(Permission.INTERNSHIP_ASK)
def propose(request, student):
    """A place that the school does not know yet."""
    form = SiteForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and (answer := _asked(request, student, form)):
        return answer
    return render(request, "internships/propose.html", {"student": student, "form": form})


def _asked(request, student, form, **of):
    try:
        pursuit = ask(student=student, by=request.user, on=request.day, now=timezone.now(), **of, **form.cleaned_data)
    except PursuitError as error:
        refuse(form, error, error.field)
        return None
    messages.success(request, _("It is asked for. You hear as soon as somebody has said something."))
    return redirect("internships:pursuit", student.pk, pursuit.pk)


@for_student(Permission.INTERNSHIP_SEE)
def show(request, student, pursuit_id):
    """One pursuit: how far it is, who said what, whom to call once that is cleared, and the next step."""
    return _page(request, student, _pursuit(student, pursuit_id))


def _page(request, student, pursuit, **forms):
    rules = Rules.of(student.school)
    stage = stage_of(pursuit, rules, request.day)
    found = {"decide": DecideForm(), "end": EndForm()} | forms
    may_arrange = Permission.PLACEMENT_ARRANGE in request.can and stage.state == _last_state(rules)
    for name, form in found.items():
        form.helper.form_action = reverse(f"internships:{name}", args=[student.pk, pursuit.pk])
    context = {
        "student": student, "pursuit": pursuit, "stage": stage,
        "is_mine_to_say": _speaks_as(request, stage) is not None,
        "may_end": Permission.INTERNSHIP_ASK in request.can and stage.state != State.ENDED,
        "may_arrange": may_arrange,
        "shows_meeting": pursuit.has_met or (rules.has_steps and stage.state == State.CLEARED),
        "may_ask_again": Permission.INTERNSHIP_ASK in request.can and stage.state == State.LAPSED,
        "knows_whom_to_call": stage.state in (State.CLEARED, *MEETING) and Permission.INTERNSHIP_ASK in request.can,
        **found,
    }  # fmt: skip
    return render(request, "internships/pursuit.html", context)


def _last_state(rules) -> str:
    """After which a placement is arranged: a school may have left all steps between out."""
    return State.READY if rules.has_steps else State.CLEARED


def _speaks_as(request, stage) -> str | None:
    """The role as which this person has the next word."""
    return next((role for held, role in SPEAKS_AS.items() if held in request.can and role == stage.owner), None)


@require_POST
@for_student(Permission.INTERNSHIP_SEE)
def say(request, student, pursuit_id):
    """Yes or no, from whoever has the next word."""
    pursuit = _pursuit(student, pursuit_id)
    if not request.can & SPEAKS_AS.keys():
        raise PermissionDenied
    form = DecideForm(request.POST)
    role = _speaks_as(request, stage_of(pursuit, Rules.of(student.school), request.day))
    if role is None:
        messages.error(request, _("Somebody has said so meanwhile, or it is another's turn. Look at it again."))
        return redirect("internships:pursuit", student.pk, pursuit.pk)
    if form.is_valid():
        try:
            decide(pursuit=pursuit, role=role, by=request.user, on=request.day, now=timezone.now(), **form.cleaned_data)
        except PursuitError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Said. Whoever is next hears of it."))
            return redirect("internships:pursuit", student.pk, pursuit.pk)
    return _page(request, student, pursuit, decide=form)


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def stop(request, student, pursuit_id):
    """The place said no, or the student gives it up."""
    pursuit = _pursuit(student, pursuit_id)
    form = EndForm(request.POST)
    if form.is_valid():
        try:
            end(pursuit=pursuit, by=request.user, now=timezone.now(), **form.cleaned_data)
        except PursuitError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("It is ended. What was learned from it stays here."))
        return redirect("internships:pursuit", student.pk, pursuit.pk)
    return _page(request, student, pursuit, end=form)


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def again(request, student, pursuit_id):
    """Nobody called in time: the same is asked once more."""
    pursuit = _pursuit(student, pursuit_id)
    try:
        pursuit = ask_again(pursuit=pursuit, by=request.user, on=request.day, now=timezone.now())
    except PursuitError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is asked for. You hear as soon as somebody has said something."))
    return redirect("internships:pursuit", student.pk, pursuit.pk)


def _pursuit(student, pursuit_id) -> Pursuit:
    return get_object_or_404(student.pursuits.with_place(), pk=pursuit_id)


@for_school(Permission.SCHOOL_MENTORS)
def board(request, school):
    """Every open pursuit of the students whom I see: whose turn it is and since when, the longest first."""
    day, rules = school.today(), Rules.of(school)
    seen = Student.objects.filter(school=school).open_to(request.user, Permission.INTERNSHIP_SEE, day)
    stages = _stages(Pursuit.objects.open().filter(student__in=seen).with_place(), school, day)
    standing = Placement.objects.filter(school=school, student__in=seen, ended_at__isnull=True)
    placed = placings(standing.exclude(ends_on__lte=day).with_place().prefetch_related("forms"), rules, day)
    busy = {one.pursuit.student_id for one in stages} | {one.placement.student_id for one in placed}
    searching = [_Searching(student, day) for student in _searching(seen, busy, day)]
    columns = [(_("Searching"), "searching", _oldest_first(searching))]
    columns += [
        (state.label, "pursuit", _oldest_first(one for one in stages if one.state == state))
        for state in State if state != State.ENDED
    ]  # fmt: skip
    columns += [
        (state.label, "placement", _oldest_first(one for one in placed if one.state == state)) for state in Standing
    ]
    waiting = [(one.days, one.student.name) for one in searching]
    waiting += [(one.days, one.pursuit.student.name) for one in stages]
    waiting += [(one.days, one.placement.student.name) for one in placed if one.state != Standing.PLACED]
    context = {
        "school": school, "columns": columns, "count": len(stages),
        "longest": max(waiting, key=lambda one: one[0], default=None),
    }  # fmt: skip
    return render(request, "internships/pipeline.html", context)


def _oldest_first(found):
    return sorted(found, key=lambda one: -one.days)


@dataclass(frozen=True)
class _Searching:
    """A student without a pursuit and a placement: since their start, or since the last of either has ended."""

    student: Student
    day: datetime.date

    @property
    def days(self) -> int:
        since = max(filter(None, (self.student.started_on, self.student.placed_until, _date(self.student.asked_until))))
        return max((self.day - since).days, 0)


def _date(moment):
    return moment and moment.date()


def _searching(seen, busy, day):
    return (
        seen.enrolled(day).exclude(pk__in=busy).select_related("user")
        .annotate(placed_until=Max("placements__ends_on"), asked_until=Max("pursuits__ended_at"))
    )  # fmt: skip
