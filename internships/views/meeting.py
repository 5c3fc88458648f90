import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_link, forget
from accounts.actions.links import LinkError
from common.forms import refuse
from internships.actions import meeting
from internships.actions.meeting import SHADOW, MeetingError
from internships.actions.pursuits import PursuitError
from internships.forms.meeting import (
    HeldForm,
    HostForm,
    InterviewForm,
    ParentForm,
    SetUpForm,
    ShadowForm,
    StudentForm,
)
from internships.models import Pursuit, Rules, ShadowDay
from internships.pipeline import MEETING, State, stage_of
from schools.roles import Permission
from students.access import for_student

ADDRESSES = {
    "interview": "interview", "held": "interview_held", "shadow": "shadow", "parent": "shadow_parent",
    "host": "shadow_host", "student_form": "shadow_student", "set_up": "set_up",
}  # fmt: skip


@for_student(Permission.INTERNSHIP_SEE)
def show(request, student, pursuit_id):
    """Interview, shadow day and set-up meeting of one pursuit, with the form of whoever's turn it is."""
    return _page(request, student, _pursuit(student, pursuit_id))


def _pursuit(student, pursuit_id) -> Pursuit:
    return get_object_or_404(student.pursuits.with_place(), pk=pursuit_id)


def _page(request, student, pursuit, **forms):
    school, rules = student.school, Rules.of(student.school)
    found = {
        "interview": InterviewForm(school=school), "held": HeldForm(school=school), "shadow": ShadowForm(school=school),
        "parent": ParentForm(), "host": HostForm(question=_host_question(pursuit.shadow_day)),
        "student_form": StudentForm(), "set_up": SetUpForm(school=school), **forms,
    }  # fmt: skip
    for name, address in ADDRESSES.items():
        found[name].helper.form_action = reverse(f"internships:{address}", args=[student.pk, pursuit.pk])
    stage = stage_of(pursuit, rules, request.day)
    context = {
        "student": student, "pursuit": pursuit, "stage": stage, "rules": rules, "shadow_day": pursuit.shadow_day,
        "day": request.day, "goes_on": stage.state in (*MEETING, State.CLEARED), "zone": school.zone, **found,
    }  # fmt: skip
    return render(request, "internships/meeting.html", context)


def _host_question(shadow):
    return (
        _("May the student come for an internship?") if shadow and shadow.host_permits else _("Is that day all right?")
    )


def _step(request, student, pursuit_id, name, form, act):
    """Read `form`, do `act` with what was said, and show what was refused where it was typed."""
    pursuit = _pursuit(student, pursuit_id)
    if form.is_valid():
        try:
            act(pursuit, dict(form.cleaned_data))
        except (MeetingError, PursuitError) as error:
            refuse(form, error, error.field if error.field in form.fields else None)
        else:
            messages.success(request, _("Kept."))
            return redirect("internships:meeting", student.pk, pursuit.pk)
    return _page(request, student, pursuit, **{name: form})


def _may(request, *permissions):
    if not request.can & set(permissions):
        raise PermissionDenied


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def interview(request, student, pursuit_id):
    def act(pursuit, said):
        at = datetime.datetime.combine(said["date"], said["time"], student.school.zone)
        meeting.arrange_interview(
            pursuit=pursuit, at=at, by=request.user, now=timezone.now(), questions=said["questions"]
        )

    return _step(request, student, pursuit_id, "interview", InterviewForm(request.POST, school=student.school), act)


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def interview_held(request, student, pursuit_id):
    def act(pursuit, said):
        meeting.interview_was(pursuit=pursuit, happened=said.pop("yes"), by=request.user, now=timezone.now(), **said)

    return _step(request, student, pursuit_id, "held", HeldForm(request.POST, school=student.school), act)


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def shadow(request, student, pursuit_id):
    def act(pursuit, said):
        meeting.arrange_shadow_day(pursuit=pursuit, by=request.user, now=timezone.now(), **said)

    return _step(request, student, pursuit_id, "shadow", ShadowForm(request.POST, school=student.school), act)


@require_POST
@for_student(Permission.INTERNSHIP_SEE)
def shadow_parent(request, student, pursuit_id):
    """A parent's word; staff write down what a parent told them."""
    _may(request, Permission.AGREEMENT_CONSENT, Permission.INTERNSHIP_ADVISE, Permission.INTERNSHIP_COORDINATE)

    def act(pursuit, said):
        meeting.parent_says(pursuit=pursuit, permits=said["yes"], by=request.user, now=timezone.now())

    return _step(request, student, pursuit_id, "parent", ParentForm(request.POST), act)


@require_POST
@for_student(Permission.INTERNSHIP_SEE)
def shadow_host(request, student, pursuit_id):
    """Staff write down what the host told them."""
    _may(request, Permission.INTERNSHIP_ADVISE, Permission.INTERNSHIP_COORDINATE)

    def act(pursuit, said):
        meeting.host_says(pursuit=pursuit, yes=said["yes"], words=said["words"], by=request.user, now=timezone.now())

    return _step(request, student, pursuit_id, "host", HostForm(request.POST), act)


@require_POST
@for_student(Permission.INTERNSHIP_ASK)
def shadow_student(request, student, pursuit_id):
    def act(pursuit, said):
        meeting.student_says(
            pursuit=pursuit, yes=said["yes"], reflection=said["reflection"], by=request.user, now=timezone.now()
        )

    return _step(request, student, pursuit_id, "student_form", StudentForm(request.POST), act)


@require_POST
@for_student(Permission.INTERNSHIP_SEE)
def set_up(request, student, pursuit_id):
    _may(request, Permission.INTERNSHIP_ADVISE, Permission.INTERNSHIP_COORDINATE)

    def act(pursuit, said):
        meeting.hold_set_up(pursuit=pursuit, by=request.user, now=timezone.now(), **said)

    return _step(request, student, pursuit_id, "set_up", SetUpForm(request.POST, school=student.school), act)


@for_link(SHADOW)
def host_by_link(request, link):
    """The host permits a shadow day, or says after it whether the student may come. Opening changes nothing."""
    number = link.subject.partition(":")[0]
    row = get_object_or_404(ShadowDay.objects.select_related("pursuit"), pk=number)
    pursuit = Pursuit.objects.with_place().get(pk=row.pursuit_id)
    if pursuit.shadow_day != row:
        raise Http404
    form = HostForm(request.POST or None, question=_host_question(row))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            meeting.host_says(
                pursuit=pursuit, yes=said["yes"], words=said["words"], by=link.user, now=timezone.now(), link=link
            )
        except (MeetingError, PursuitError, LinkError) as error:
            refuse(form, error, getattr(error, "field", None))
        else:
            return forget(render(request, "internships/shadow_thanks.html", {"pursuit": pursuit}), link)
    context = {"link": link, "pursuit": pursuit, "shadow": row, "form": form}
    return render(request, "internships/shadow_link.html", context)
