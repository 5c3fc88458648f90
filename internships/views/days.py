import datetime
import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_link, forget
from accounts.actions.links import LinkError
from common.forms import refuse
from internships.actions.days import DayError, confirm_week, make_up, say_absent, take_back_absence, touch
from internships.actions.weeks import WEEK
from internships.expected import expected_between, monday_of, week_of
from internships.forms.days import AbsenceForm, CheckForm, MakeUpForm, WeekForm
from internships.models import Placement, Question, Rules, SiteDay, SiteWeek
from internships.questions import question_for
from internships.views.placements import placement_seen
from schools.roles import Permission, Role
from students.access import for_student

AHEAD = datetime.timedelta(days=14)
# As whom somebody says that the student does not come, the nearest first.
SOURCES = {
    Role.STUDENT: SiteDay.Source.STUDENT, Role.PARENT: SiteDay.Source.PARENT, Role.MENTOR: SiteDay.Source.MENTOR,
}  # fmt: skip


@for_student(Permission.DAYS_CHECK_IN)
def today(request, student):
    """The student's day on site: one button to say that they have come, one that they go."""
    now, rules = timezone.now(), Rules.of(student.school)
    found = expected_between(Placement.objects.filter(student=student), request.day, request.day + AHEAD)
    here = [one for one in found if one.date == now.astimezone(one.placement.zone).date()]
    later = next((one for one in found if one not in here), None)
    question = question_for(student.school, Question.Of.STUDENT, request.day) if here else None
    cards = [
        {
            "one": one,
            "status": one.status(now, rules),
            "way": _next_way(one),
            "key": uuid.uuid4(),
            "zone": one.placement.zone,
        }
        for one in here
    ]
    context = {
        "student": student,
        "cards": cards,
        "later": later,
        "question": question,
        "rules": rules,
        "scale": range(1, 6),
    }
    return render(request, "internships/today_mine.html", context)


def _next_way(one) -> str:
    if one.day and (one.day.absence_id or one.went or one.day.minutes is not None):
        return ""
    return "out" if one.came else "in"


@require_POST
@for_student(Permission.DAYS_CHECK_IN)
def check(request, student, placement_id, way):
    """The student came or went; a phone that kept it sends it later, with its own time. Answers JSON to the script."""
    placement = placement_seen(request, student, placement_id)
    form = CheckForm(request.POST, school=student.school)
    error = ""
    if form.is_valid():
        found, now = form.cleaned_data, timezone.now()
        try:
            touch(
                placement=placement, way=way, by=request.user, claimed_at=found["claimed_at"] or now, now=now,
                key=found["key"], latitude=found["latitude"], longitude=found["longitude"], answers=form.answers,
            )  # fmt: skip
        except DayError as refused:
            error = str(refused)
    else:
        error = _("That could not be read. Open the page again and tap once more.")
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"ok": not error, "words": error}, status=422 if error else 200)
    if error:
        messages.error(request, error)
    else:
        messages.success(request, _("You are checked in.") if way == "in" else _("You are checked out. Well done."))
    return redirect("internships:today_mine", student.pk)


@for_student(Permission.DAYS_EXCUSE)
def absence(request, student, placement_id):
    """The student does not come on a day, and why."""
    placement = placement_seen(request, student, placement_id)
    form = AbsenceForm(request.POST or None, school=student.school, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            say_absent(
                placement=placement, source=_source(request), by=request.user, now=timezone.now(), **form.cleaned_data
            )
        except DayError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It is written down; adviser and mentor are told."))
            return _back(request, student, placement)
    coming = placement.site_days.filter(date__gte=request.day, absence__isnull=False).select_related(
        "absence", "absence_by"
    )
    context = {"student": student, "placement": placement, "form": form, "coming": coming}
    return render(request, "internships/absence.html", context)


def _source(request) -> str:
    held = [source for role, source in SOURCES.items() if role in request.standing.roles]
    return held[0] if held and Permission.DAYS_KEEP not in request.can else SiteDay.Source.STAFF


def _back(request, student, placement):
    if Permission.DAYS_CHECK_IN in request.can:
        return redirect("internships:today_mine", student.pk)
    return redirect("internships:placement", student.pk, placement.pk)


@require_POST
@for_student(Permission.DAYS_EXCUSE)
def comes(request, student, placement_id, day_id):
    """The student comes after all."""
    placement = placement_seen(request, student, placement_id)
    day = get_object_or_404(placement.site_days.select_related("placement__school", "student"), pk=day_id)
    try:
        take_back_absence(day=day, by=request.user)
    except DayError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The absence is taken back."))
    return _back(request, student, placement)


@for_student(Permission.DAYS_KEEP)
def make_up_day(request, student, placement_id):
    placement = placement_seen(request, student, placement_id)
    form = MakeUpForm(request.POST or None, school=student.school)
    if request.method == "POST" and form.is_valid():
        try:
            make_up(placement=placement, by=request.user, **form.cleaned_data)
        except DayError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("The make-up day is arranged."))
            return redirect("internships:placement", student.pk, placement.pk)
    return render(request, "internships/make_up.html", {"student": student, "placement": placement, "form": form})


@for_student(Permission.PLACEMENT_SEE)
def week(request, student, placement_id):
    """A week's hours: confirmed by the mentor, or written down by the school from paper."""
    placement = placement_seen(request, student, placement_id)
    if not request.can & {Permission.DAYS_CONFIRM, Permission.DAYS_KEEP}:
        raise PermissionDenied
    monday = _monday(request, request.day)
    form, done = (
        _week_form(request, placement, monday),
        SiteWeek.objects.filter(placement=placement, monday=monday).first(),
    )
    if request.method == "POST" and form.days and form.is_valid() and _confirmed(form, placement, monday, request.user):
        messages.success(request, _("Thank you. The hours count."))
        return redirect("internships:placement", student.pk, placement.pk)
    context = {
        "student": student, "placement": placement, "form": form, "monday": monday, "done": done,
        "before": monday - datetime.timedelta(weeks=1), "after": monday + datetime.timedelta(weeks=1),
    }  # fmt: skip
    return render(request, "internships/week.html", context)


def _monday(request, day) -> datetime.date:
    try:
        return monday_of(datetime.date.fromisoformat(request.GET.get("monday", "")))
    except ValueError:
        return monday_of(day)


def _week_form(request, placement, monday):
    return WeekForm(
        request.POST or None, days=week_of(placement, monday), zone=placement.zone,
        question=question_for(placement.school, Question.Of.MENTOR, monday),
    )  # fmt: skip


def _confirmed(form, placement, monday, by, link=None) -> bool:
    try:
        confirm_week(placement=placement, monday=monday, by=by, now=timezone.now(), link=link, **form.said)
    except (DayError, LinkError) as error:
        refuse(form, error, getattr(error, "field", None))
        return False
    return True


@for_link(WEEK)
def week_by_link(request, link):
    """The mentor's week, without an account: one button. Opening it changes nothing."""
    number, _colon, monday = link.subject.partition(":")
    rows = Placement.objects.with_place().filter(mentors__mentor__user=link.user).distinct()
    placement = get_object_or_404(rows, pk=number)
    monday = datetime.date.fromisoformat(monday)
    form = _week_form(request, placement, monday)
    if (
        request.method == "POST"
        and form.days
        and form.is_valid()
        and _confirmed(form, placement, monday, link.user, link)
    ):
        return forget(render(request, "internships/week_thanks.html", {"placement": placement}), link)
    context = {
        "link": link, "placement": placement, "form": form, "monday": monday,
        "done": SiteWeek.objects.filter(placement=placement, monday=monday).select_related("confirmed_by").first(),
    }  # fmt: skip
    return render(request, "internships/week_link.html", context)


@for_student(Permission.PLACEMENT_SEE)
def sheet(request, student, placement_id):
    """A week on paper, for a site without signal."""
    placement = placement_seen(request, student, placement_id)
    monday = _monday(request, request.day)
    context = {"student": student, "placement": placement, "days": week_of(placement, monday), "monday": monday}
    return render(request, "internships/sheet.html", context)
