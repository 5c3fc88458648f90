import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_link, forget
from accounts.actions.links import LinkError
from common.forms import refuse
from files.serving import answer
from internships.actions import learning, photos
from internships.actions.learning import FEEDBACK, LearningError
from internships.contact import days_quiet, with_last_contact
from internships.forms.learning import FeedbackForm, JournalForm, VisitForm
from internships.models import Feedback, JournalPhoto, Placement, Rules
from internships.views.placements import placement_seen
from schools.access import for_school
from schools.roles import Permission
from students.access import for_student
from students.models import Student


@for_student(Permission.DAYS_CHECK_IN)
def journal(request, student, placement_id):
    """The student writes about a day on site, with photos. What arrived stays, whatever else is wrong."""
    placement = placement_seen(request, student, placement_id)
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = JournalForm(*sent, school=student.school, day=request.day)
    if request.method == "POST" and "drop" in request.POST:
        _take(request, placement, form)
        _drop_waiting(request, placement, form)
    elif request.method == "POST" and _take(request, placement, form):
        found = {name: form.cleaned_data[name] for name in ("date", "text", "key")}
        try:
            learning.write_journal(placement=placement, by=request.user, now=timezone.now(), **found)
        except LearningError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("It stands in your journal."))
            return redirect("internships:placement", student.pk, placement.pk)
    waiting = photos.waiting(placement, form.form_key, request.user) if form.is_bound else []
    context = {"student": student, "placement": placement, "form": form, "waiting": waiting}
    return render(request, "internships/journal.html", context)


def _take(request, placement, form) -> bool:
    """Keep the photos that came, and say which could not be taken. Whether all of the form is right."""
    valid, key = form.is_valid(), form.form_key
    uploads = form.cleaned_data.get("photos") or []
    if uploads and key:
        refused = photos.keep_photos(
            placement=placement, uploads=uploads, form_key=key, by=request.user, now=timezone.now()
        )
        for words in refused:
            form.add_error("photos", words)
        return valid and not refused
    return valid


def _drop_waiting(request, placement, form):
    """Take out one that waits; what is typed stays and is not judged yet."""
    number = request.POST["drop"]
    rows = photos.waiting(placement, form.form_key, request.user)
    if number.isdecimal() and (photo := rows.filter(pk=number).first()):
        photos.drop_photo(photo=photo, by=request.user)
    for name in set(form.errors) - {"photos"}:
        del form.errors[name]


@for_student(Permission.JOURNAL_SEE)
def photo(request, student, placement_id, photo_id, small=False):
    """The bytes of a photo; one that waits for its entry is its maker's alone."""
    row = _photo(request, student, placement_id, photo_id)
    return answer(request, row.file, small=small)


def _photo(request, student, placement_id, photo_id) -> JournalPhoto:
    placement = placement_seen(request, student, placement_id)
    rows = JournalPhoto.objects.filter(placement=placement).select_related("file", "placement")
    return get_object_or_404(rows.filter(Q(entry__isnull=False) | Q(by=request.user)), pk=photo_id)


@require_POST
@for_student(Permission.JOURNAL_SEE)
def drop_photo(request, student, placement_id, photo_id):
    """Whoever put it there takes it out again, or who keeps the days on site."""
    row = _photo(request, student, placement_id, photo_id)
    if row.by_id != request.user.pk and Permission.DAYS_KEEP not in request.can:
        raise PermissionDenied
    photos.drop_photo(photo=row, by=request.user)
    messages.success(request, _("The photo is gone."))
    return redirect("internships:placement", student.pk, placement_id)


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
