import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from internships.access import permissions_at, seen_at
from internships.actions.placements import (
    PlacementError,
    add_mentor,
    arrange,
    away,
    begin,
    change,
    change_schedule,
    drop_mentor,
    end,
    go_on,
    rest,
)
from internships.expected import TONES, Status, monday_of, week_of
from internships.forms.placements import (
    AwayForm,
    ChangeForm,
    EndForm,
    PersonForm,
    PlacementForm,
    RestForm,
    ScheduleForm,
)
from internships.hours import in_term, in_words
from internships.models import Placement, Rules
from internships.placing import placings
from schools.roles import Permission
from students.access import for_student
from students.actions.team import TeamError


def placement_seen(request, student, placement_id) -> Placement:
    """The placement, where this person may see it: 404 elsewhere, 403 where they may not do what the view is for.

    Narrows `request.can` to what they may do at this placement: a mentor with a second role mentors only their own.
    """
    rows = Placement.objects.filter(student=student).with_place().prefetch_related("forms")
    placement = get_object_or_404(rows, pk=placement_id)
    request.can = permissions_at(placement, request.standing)
    if Permission.PLACEMENT_SEE not in request.can:
        raise Http404
    if request.permission not in request.can:
        raise PermissionDenied
    return placement


@for_student(Permission.PLACEMENT_SEE)
def index(request, student):
    """Where the student is and was on site."""
    rows = Placement.objects.filter(student=student).with_place().prefetch_related("forms")
    found = seen_at(rows, request.standing)
    stages = {one.placement.pk: one for one in _stages(found, Rules.of(student.school), request.day)}
    lines = [(placement, stages.get(placement.pk)) for placement in found]
    return render(request, "internships/placements.html", {"student": student, "lines": lines})


def _stages(placements, rules, day):
    return placings([one for one in placements if not one.is_over], rules, day)


@for_student(Permission.PLACEMENT_SEE)
def show(request, student, placement_id):
    """One placement: where, with whom, when, how it stands, and this week."""
    return _page(request, student, placement_seen(request, student, placement_id))


def _page(request, student, placement, **forms):
    rules, day, now = Rules.of(student.school), request.day, timezone.now()
    on = max(day, placement.starts_on)
    statuses = [(one, one.status(now, rules)) for one in week_of(placement, monday_of(day))]
    total = in_term(student, rules, day)
    stage = next(iter(_stages([placement], rules, day)), None)
    context = {
        "student": student, "placement": placement, "lacks": stage.lacks if stage else [],
        "rests": placement.suspension_on(day), "stage": stage, "schedule": placement.schedule_on(on),
        "people": [(row, _away_form(student, placement, row)) for row in placement.mentors_on(on)],
        "week": [(one, Status(status), TONES[status]) for one, status in statuses], "zone": placement.zone,
        "total": total, "hours": total and in_words(total.confirmed), "target": total and in_words(total.target),
        "open_hours": total and in_words(total.unconfirmed),
        "person": PersonForm(placement=placement, day=on), "rest": RestForm(), **forms,
    }  # fmt: skip
    for name in ("person", "rest"):
        context[name].helper.form_action = reverse(f"internships:placement_{name}", args=[student.pk, placement.pk])
    return render(request, "internships/placement.html", context)


def _away_form(student, placement, row):
    row.placement = placement
    form = AwayForm(row=row)
    form.helper.form_action = reverse("internships:placement_away", args=[student.pk, placement.pk, row.pk])
    return form


@for_student(Permission.PLACEMENT_ARRANGE)
def new(request, student):
    """Write down what is agreed with a place, from a pursuit or without one."""
    number = request.GET.get("pursuit", "")
    pursuit = student.pursuits.with_place().open().filter(pk=number).first() if number.isdecimal() else None
    form = PlacementForm(request.POST or None, school=student.school, day=request.day, pursuit=pursuit)
    if request.method == "POST" and form.is_valid():
        found = form.cleaned_data
        try:
            placement = arrange(
                student=student, organisation=found["mentor"].organisation.current, mentor=found["mentor"],
                title=found["title"], slots=form.slots, starts_on=found["starts_on"], ends_on=found.get("ends_on"),
                review_on=found["review_on"], time_zone=found["time_zone"], pursuit=pursuit,
                opportunity=pursuit and pursuit.opportunity, by=request.user, now=timezone.now(),
            )  # fmt: skip
        except PlacementError as error:
            refuse(form, error, error.field)
        else:
            _tell_arranged(request, placement)
            return redirect("internships:placement", student.pk, placement.pk)
    return render(request, "internships/placement_form.html", {"student": student, "form": form, "pursuit": pursuit})


def _tell_arranged(request, placement):
    """Where the school asks for no form, whoever arranges it lets it begin with that, unless a paper lacks."""
    rules = Rules.of(placement.school)
    if rules.forms:
        messages.success(request, _("It is arranged. The agreement comes next."))
        return
    try:
        begin(placement=placement, by=request.user, on=request.day, now=timezone.now())
    except PlacementError as error:
        messages.warning(request, _("It is arranged.") + " " + str(error))
    else:
        messages.success(request, _("It is arranged and begins on its first day. All whom it concerns are told."))


def _done(request, student, placement_id, act, words):
    """Do `act` on the placement; what it refuses stands on the placement's page."""
    placement = placement_seen(request, student, placement_id)
    try:
        act(placement)
    except (PlacementError, TeamError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, words)
    return redirect("internships:placement", student.pk, placement.pk)


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def let_begin(request, student, placement_id):
    now = timezone.now()
    return _done(
        request, student, placement_id,
        lambda placement: begin(placement=placement, by=request.user, on=request.day, now=now),
        _("It begins. All whom it concerns have been told."),
    )  # fmt: skip


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def let_go_on(request, student, placement_id):
    return _done(
        request, student, placement_id,
        lambda placement: go_on(placement=placement, by=request.user, on=request.day), _("It goes on."),
    )  # fmt: skip


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def suspend(request, student, placement_id):
    placement = placement_seen(request, student, placement_id)
    form = RestForm(request.POST)
    if not form.is_valid():
        return _page(request, student, placement, rest=form)
    rest(placement=placement, by=request.user, on=request.day, now=timezone.now(), words=form.cleaned_data["words"])
    messages.success(request, _("It is suspended. All whom it concerns have been told."))
    return redirect("internships:placement", student.pk, placement.pk)


@for_student(Permission.PLACEMENT_ARRANGE)
def correct(request, student, placement_id):
    """Correct what the placement is about, its review date or time zone."""
    placement = placement_seen(request, student, placement_id)
    form = ChangeForm(request.POST or None, instance=placement)
    if request.method == "POST" and form.is_valid():
        try:
            change(placement=placement, by=request.user, **form.cleaned_data)
        except PlacementError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("internships:placement", student.pk, placement.pk)
    context = {"student": student, "placement": placement, "form": form}
    return render(request, "internships/placement_change.html", context)


@for_student(Permission.PLACEMENT_ARRANGE)
def schedule(request, student, placement_id):
    """Other weekdays or hours from a day on."""
    placement = placement_seen(request, student, placement_id)
    form = ScheduleForm(request.POST or None, placement=placement, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            change_schedule(placement=placement, slots=form.slots, by=request.user, on=form.cleaned_data["starts_on"])
        except PlacementError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("The days are changed."))
            return redirect("internships:placement", student.pk, placement.pk)
    context = {"student": student, "placement": placement, "form": form}
    return render(request, "internships/placement_schedule.html", context)


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def add_person(request, student, placement_id):
    """Another mentor or a colleague on site."""
    placement = placement_seen(request, student, placement_id)
    form = PersonForm(request.POST, placement=placement, day=max(request.day, placement.starts_on))
    if form.is_valid():
        try:
            add_mentor(placement=placement, by=request.user, on=request.day, **form.cleaned_data)
        except (PlacementError, TeamError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            messages.success(request, _("Added."))
            return redirect("internships:placement", student.pk, placement.pk)
    return _page(request, student, placement, person=form)


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def drop_person(request, student, placement_id, row_id):
    def drop(placement):
        row = get_object_or_404(placement.mentors.select_related("mentor__user", "placement"), pk=row_id)
        drop_mentor(row=row, by=request.user, on=request.day)

    return _done(request, student, placement_id, drop, _("They are no longer on this placement."))


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def person_away(request, student, placement_id, row_id):
    """While a mentor is away, a colleague is asked."""
    placement = placement_seen(request, student, placement_id)
    row = get_object_or_404(placement.mentors.select_related("mentor__user", "placement__school"), pk=row_id)
    form = AwayForm(request.POST, row=row)
    if form.is_valid():
        away(row=row, back_on=form.cleaned_data["back_on"], by=request.user)
        messages.success(request, _("Saved."))
    else:
        messages.error(request, " ".join(words for found in form.errors.values() for words in found))
    return redirect("internships:placement", student.pk, placement.pk)


@for_student(Permission.PLACEMENT_ARRANGE)
def finish(request, student, placement_id):
    """End it, with why, how it went and what the place says."""
    placement = placement_seen(request, student, placement_id)
    form = EndForm(request.POST or None, placement=placement, day=request.day)
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        on = found.pop("last_day") + datetime.timedelta(days=1)
        try:
            end(placement=placement, by=request.user, on=on, now=timezone.now(), **found)
        except PlacementError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It is ended. What was learned there stays."))
            return redirect("internships:placement", student.pk, placement.pk)
    total = in_term(student, Rules.of(student.school), request.day)
    context = {
        "student": student, "placement": placement, "form": form, "hours": total and in_words(total.confirmed),
    }  # fmt: skip
    return render(request, "internships/placement_end.html", context)
