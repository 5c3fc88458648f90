from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from outcomes.access import is_own, leaver_of, records, standing_one, waiting_survey
from outcomes.actions import consent as consents
from outcomes.actions import destinations as actions
from outcomes.actions import leaving
from outcomes.consents import consent_of
from outcomes.forms.destinations import ConsentForm, DestinationForm, HowForm
from outcomes.known import history
from outcomes.models import Destination
from schools.roles import Permission
from students.access import for_student

P = Permission


@for_student(P.DESTINATION_SEE)
def show(request, student):
    """What is known of a student's time after school, who says so, and who may ask."""
    return _page(request, student)


def _page(request, student, how=None, consent=None):
    leaver = leaver_of(student)
    told, withdrawn = history(student)
    said = consent_of(student)
    context = {
        "student": student, "leaver": leaver, "told": told, "withdrawn": withdrawn, "consent": said,
        "survey": waiting_survey(student, request.day), "records": records(request),
        "is_own": is_own(request, student), "kinds": Destination.Kind.choices,
        "surveys": student.surveys.filter(answered_at__isnull=False).order_by("-answered_at"),
    }  # fmt: skip
    if leaver and context["records"]:
        context["how"] = how or HowForm(leaver=leaver)
        context["how"].helper.form_action = reverse("outcomes:leaver_how", args=[student.pk])
    if context["records"] or context["is_own"]:
        context["consent_form"] = consent or ConsentForm(consent=said, is_own=context["is_own"])
        context["consent_form"].helper.form_action = reverse("outcomes:contact_consent", args=[student.pk])
    return render(request, "outcomes/destinations.html", context)


@for_student(P.DESTINATION_RECORD)
def record(request, student, kind):
    """Write down one thing that is known, of a kind that was chosen before."""
    if kind not in Destination.Kind:
        raise Http404
    sent = request.POST if request.method == "POST" else None
    form = DestinationForm(sent, kind=kind, student=student, day=request.day)
    if request.method == "POST" and form.is_valid() and _take(form, actions.record, request, student=student):
        messages.success(request, _("Written down."))
        return redirect("outcomes:destinations", student.pk)
    return _form_page(request, student, form)


@for_student(P.DESTINATION_RECORD)
def correct(request, student, destination_id):
    """What was written down wrongly; what stood there stays to be read."""
    row = standing_one(student, destination_id)
    sent = request.POST if request.method == "POST" else None
    form = DestinationForm(sent, kind=row.kind, student=student, day=request.day, destination=row)
    if request.method == "POST" and form.is_valid() and _take(form, actions.correct, request, destination=row):
        messages.success(request, _("Corrected. What stood there before can still be read."))
        return redirect("outcomes:destinations", student.pk)
    return _form_page(request, student, form, row)


def _form_page(request, student, form, row=None):
    label = Destination.Kind(form.kind).label
    context = {"student": student, "form": form, "label": label, "destination": row}
    return render(request, "outcomes/destination_form.html", context)


def _take(form, act, request, **of) -> bool:
    try:
        act(by=request.user, on=request.day, now=timezone.now(), **of, **form.said)
    except actions.DestinationError as error:
        refuse(form, error, error.field if error.field in form.fields else None)
        return False
    return True


@require_POST
@for_student(P.DESTINATION_RECORD)
def withdraw(request, student, destination_id):
    """It does not hold. The button pressed twice does it once."""
    row = student.destinations.filter(pk=destination_id).first()
    if row is None:
        raise Http404
    row.student = student
    actions.withdraw(destination=row, by=request.user, now=timezone.now())
    messages.success(request, _("Taken back."))
    return redirect("outcomes:destinations", student.pk)


@require_POST
@for_student(P.DESTINATION_RECORD)
def say_how(request, student):
    """How somebody left, where it was not known or was wrong."""
    leaver = leaver_of(student)
    if leaver is None:
        raise Http404
    form = HowForm(request.POST, leaver=leaver)
    if not form.is_valid():
        return _page(request, student, how=form)
    leaving.say_how(
        leaver=leaver, how=form.cleaned_data["how"], by=request.user, on=request.day, now=timezone.now()
    )  # fmt: skip
    messages.success(request, _("Saved."))
    return redirect("outcomes:destinations", student.pk)


@require_POST
@for_student(P.DESTINATION_SEE)
def say_consent(request, student):
    """Whether they may be asked: their own to say, or told to somebody who stays in touch."""
    if not (records(request) or is_own(request, student)):
        raise PermissionDenied
    form = ConsentForm(request.POST, consent=consent_of(student), is_own=is_own(request, student))
    if not form.is_valid():
        return _page(request, student, consent=form)
    consents.say(student=student, by=request.user, on=request.day, now=timezone.now(), **form.said)
    messages.success(request, _("Saved."))
    return redirect("outcomes:destinations", student.pk)
