from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coedit.access import may_read
from common.forms import refuse
from plans.access import for_plan
from plans.actions.hold import PlanError
from plans.actions.meetings import call_meeting, call_off, change_meeting, invited, note_who_came
from plans.calendar import calendar_file
from plans.forms.talk import CameForm, MeetingForm
from schools.roles import Permission

P = Permission


def _may_call(request) -> bool:
    return bool(request.can & {P.PLAN_SUBMIT, P.PLAN_MANAGE})


def _require_call(request):
    if not _may_call(request):
        raise PermissionDenied


def _load(request, plan, meeting_id):
    """A meeting is for those who may read its notes: everybody else gets 404."""
    meeting = get_object_or_404(plan.meetings.select_related("notes", "led_by", "called_by"), pk=meeting_id)
    meeting.plan = plan
    if not may_read(meeting.notes, request.standing):
        raise Http404
    return meeting


@for_plan(P.PLAN_SEE)
def index(request, plan):
    """The meetings about this plan, the next one first."""
    meetings = [one for one in plan.meetings.select_related("notes", "led_by") if may_read(one.notes, request.standing)]
    now = timezone.now()
    coming = sorted((one for one in meetings if one.starts_at >= now), key=lambda one: one.starts_at)
    context = {
        "plan": plan, "coming": coming, "past": [one for one in meetings if one.starts_at < now],
        "may_call": _may_call(request) and plan.is_open, "zone": plan.student.school.zone,
    }  # fmt: skip
    return render(request, "plans/meetings.html", context)


@for_plan(P.PLAN_SEE)
def call(request, plan):
    """Call a meeting: when, where, who, about what."""
    _require_call(request)
    form = MeetingForm(request.POST or None, team=request.team)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = call_meeting(
                plan=plan, arrangement=form.arrangement(), people=form.invited(), by=request.user, on=request.day,
                at=timezone.now(), key=form.cleaned_data["key"],
            )  # fmt: skip
        except PlanError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The meeting is called. Everybody invited is told."))
            return redirect("plans:meeting", plan.pk, meeting.pk)
    return render(request, "plans/meeting_form.html", {"plan": plan, "form": form})


@for_plan(P.PLAN_SEE)
def show(request, plan, meeting_id):
    """One meeting: agenda, shared notes, who is invited and who came."""
    meeting = _load(request, plan, meeting_id)
    invitations = invited(meeting)
    has_begun = meeting.starts_at.astimezone(plan.student.school.zone).date() <= request.day
    may_call = _may_call(request) and plan.is_open
    may_note = may_call and has_begun and not meeting.is_called_off
    context = {
        "plan": plan, "meeting": meeting, "zone": plan.student.school.zone, "may_call": may_call,
        "invitations": [row for row in invitations if not request.team.hides(row.user)],
        "leader": request.team.name(meeting.led_by), "caller": request.team.name(meeting.called_by),
        "form": CameForm(team=request.team, invitations=invitations) if may_note else None,
    }  # fmt: skip
    return render(request, "plans/meeting.html", context)


@for_plan(P.PLAN_SEE)
def change(request, plan, meeting_id):
    _require_call(request)
    meeting = _load(request, plan, meeting_id)
    form = MeetingForm(request.POST or None, team=request.team, meeting=meeting, invited=invited(meeting))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            change_meeting(
                meeting=meeting, arrangement=form.arrangement(), people=form.invited(), by=request.user, on=request.day,
                at=timezone.now(), version=form.cleaned_data["version"] or 0,
            )  # fmt: skip
        except PlanError as error:
            theirs = getattr(error, "now", None)
            refuse(form, error)
        else:
            messages.success(request, _("The meeting is changed. Everybody invited is told."))
            return redirect("plans:meeting", plan.pk, meeting.pk)
    context = {"plan": plan, "meeting": meeting, "form": form, "theirs": theirs, "zone": plan.student.school.zone}
    return render(request, "plans/meeting_form.html", context)


@require_POST
@for_plan(P.PLAN_SEE)
def off(request, plan, meeting_id):
    """Call a meeting off."""
    _require_call(request)
    meeting = _load(request, plan, meeting_id)
    try:
        call_off(meeting=meeting, by=request.user, at=timezone.now())
    except PlanError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The meeting is called off. Everybody invited is told."))
    return redirect("plans:meeting", plan.pk, meeting.pk)


@require_POST
@for_plan(P.PLAN_SEE)
def came(request, plan, meeting_id):
    """Note who was there."""
    _require_call(request)
    meeting = _load(request, plan, meeting_id)
    form = CameForm(request.POST, team=request.team, invitations=invited(meeting))
    try:
        if form.is_valid():
            note_who_came(meeting=meeting, came=form.people(), by=request.user, on=request.day)
            messages.success(request, _("Noted."))
    except PlanError as error:
        messages.error(request, str(error))
    return redirect("plans:meeting", plan.pk, meeting.pk)


@for_plan(P.PLAN_SEE)
def file(request, plan, meeting_id):
    """The meeting for one's own calendar."""
    meeting = _load(request, plan, meeting_id)
    title = _("Plan meeting: %(name)s") % {"name": plan.student.user.called}
    url = request.build_absolute_uri(request.path.removesuffix("calendar.ics"))
    body = calendar_file(meeting, title=title, url=url, at=timezone.now())
    return HttpResponse(
        body, content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="plan-meeting-{meeting.pk}.ics"'},
    )  # fmt: skip
