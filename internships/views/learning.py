import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_link, forget
from accounts.actions.links import LinkError
from common.forms import refuse
from internships.actions import learning
from internships.actions.learning import FEEDBACK, LearningError
from internships.contact import days_quiet, with_last_contact
from internships.forms.learning import FeedbackForm, JournalForm, VisitForm
from internships.models import Feedback, Placement, Rules
from internships.views.placements import placement_seen
from schools.access import for_school
from schools.roles import Permission
from students.access import for_student
from students.models import Student


@for_student(Permission.DAYS_CHECK_IN)
def journal(request, student, placement_id):
    """The student writes about a day on site."""
    placement = placement_seen(request, student, placement_id)
    form = JournalForm(request.POST or None, school=student.school, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            learning.write_journal(placement=placement, by=request.user, now=timezone.now(), **form.cleaned_data)
        except LearningError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It stands in your journal."))
            return redirect("internships:placement", student.pk, placement.pk)
    return render(request, "internships/journal.html", {"student": student, "placement": placement, "form": form})


@for_student(Permission.VISITS_LOG)
def visit(request, student, placement_id):
    """Log a visit, a call or a meeting with the people on site."""
    placement = placement_seen(request, student, placement_id)
    form = VisitForm(request.POST or None, placement=placement, day=request.day)
    if request.method == "POST" and form.is_valid():
        found = dict(form.cleaned_data)
        at = _moment(found.pop("at"), placement.zone)
        try:
            learning.log_visit(placement=placement, by=request.user, at=at, now=timezone.now(), **found)
        except LearningError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("The contact is logged."))
            return redirect("internships:placement", student.pk, placement.pk)
    return render(request, "internships/visit.html", {"student": student, "placement": placement, "form": form})


def _moment(day, zone) -> datetime.datetime:
    """Noon of that day, and now of today: people remember the day."""
    now = timezone.now().astimezone(zone)
    return now if day == now.date() else datetime.datetime.combine(day, datetime.time(12), zone)


@for_student(Permission.PLACEMENT_SEE)
def give_feedback(request, student, placement_id):
    """The mentor's feedback, or what they said, written down by the school."""
    placement = placement_seen(request, student, placement_id)
    if not request.can & {Permission.DAYS_CONFIRM, Permission.DAYS_KEEP}:
        raise PermissionDenied
    form = FeedbackForm(request.POST or None, school=student.school, last=_last(placement, request.user))
    if request.method == "POST" and form.is_valid() and _given(form, placement, request.user):
        messages.success(request, _("Thank you. Student and adviser read it."))
        return redirect("internships:placement", student.pk, placement.pk)
    return render(request, "internships/feedback.html", {"student": student, "placement": placement, "form": form})


def _last(placement, user, **only) -> Feedback | None:
    return placement.feedback.filter(by=user, superseded_by__isnull=True, **only).first()


def _given(form, placement, by, link=None) -> bool:
    try:
        learning.give_feedback(placement=placement, by=by, now=timezone.now(), link=link, **form.said)
    except (LearningError, LinkError) as error:
        refuse(form, error, getattr(error, "field", None))
        return False
    return True


@require_POST
@for_student(Permission.VISITS_LOG)
def ask_feedback(request, student, placement_id):
    """Send the mentor a link to the feedback."""
    placement = placement_seen(request, student, placement_id)
    stage = Feedback.Stage.END if request.POST.get("stage") == Feedback.Stage.END else Feedback.Stage.MIDDLE
    try:
        learning.ask_for_feedback(placement=placement, stage=stage, by=request.user, on=request.day, now=timezone.now())
    except LearningError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The mentor has a link to it."))
    return redirect("internships:placement", student.pk, placement.pk)


@for_link(FEEDBACK)
def feedback_by_link(request, link):
    """The mentor's feedback without an account. Opening it changes nothing."""
    number, _colon, stage = link.subject.partition(":")
    rows = Placement.objects.with_place().filter(mentors__mentor__user=link.user).distinct()
    placement = get_object_or_404(rows, pk=number)
    last = _last(placement, link.user, stage=stage)
    form = FeedbackForm(request.POST or None, school=placement.school, last=last, stage=stage)
    if request.method == "POST" and form.is_valid() and _given(form, placement, link.user, link):
        return forget(render(request, "internships/feedback_thanks.html", {"placement": placement}), link)
    return render(request, "internships/feedback_link.html", {"link": link, "placement": placement, "form": form})


@for_school(Permission.SCHOOL_MENTORS)
def not_contacted(request, school):
    """Placements whose people nobody has reached for too long, the longest first."""
    day, limit = school.today(), Rules.of(school).contact_days
    seen = Student.objects.filter(school=school).open_to(request.user, Permission.PLACEMENT_SEE, day)
    running = with_last_contact(Placement.objects.running(day).filter(school=school, student__in=seen)).with_place()
    lines = [(one, days_quiet(one, school.zone, day)) for one in running]
    quiet = sorted((line for line in lines if line[1] > limit), key=lambda line: -line[1])
    return render(request, "internships/not_contacted.html", {"school": school, "lines": quiet, "limit": limit})
