from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import links
from accounts.access import for_link
from common.forms import refuse
from outcomes.access import is_own, records, survey_of
from outcomes.actions import asking
from outcomes.actions.asking import ALUMNI, SurveyError
from outcomes.actions.survey import answer
from outcomes.forms.survey import SurveyForm
from outcomes.models import Destination, Survey
from schools.roles import Permission
from students.access import for_student

Source = Destination.Source


@for_link(ALUMNI)
def by_link(request, link):
    """How somebody is who has left, without signing in. Opening it changes nothing; once answered, it says thank you
    and shows nothing of what was said."""
    rows = Survey.objects.filter(leaver__taken_back_at__isnull=True, student__user=link.user)
    survey = get_object_or_404(rows.select_related("student__school", "student__user"), pk=link.subject)
    if survey.answered_at:
        return render(request, "outcomes/survey_thanks.html", {"survey": survey})
    form = SurveyForm(request.POST if request.method == "POST" else None, student=survey.student)
    day = survey.student.school.today()
    if request.method == "POST" and form.is_valid() and _answered(form, survey, Source.SELF, link.user, day):
        return redirect(links.page_of(link))
    return render(request, "outcomes/survey_link.html", {"survey": survey, "form": form, "link": link})


@for_student(Permission.DESTINATION_SEE)
def signed_in(request, student, survey_id):
    """The same by the student who signs in, or for them by whoever asked."""
    if not (records(request) or is_own(request, student)):
        raise PermissionDenied
    survey = survey_of(student, survey_id, request.day)
    if survey.answered_at:
        messages.info(request, _("This has been answered already."))
        return redirect("outcomes:destinations", student.pk)
    form = SurveyForm(request.POST if request.method == "POST" else None, student=student)
    source = Source.SELF if is_own(request, student) else Source.ADVISER
    if request.method == "POST" and form.is_valid() and _answered(form, survey, source, request.user, request.day):
        messages.success(request, _("Thank you. It is written down."))
        return redirect("outcomes:destinations", student.pk)
    context = {"student": student, "survey": survey, "form": form, "is_own": source == Source.SELF}
    return render(request, "outcomes/survey.html", context)


def _answered(form, survey, source, by, day) -> bool:
    try:
        answer(survey=survey, said=form.said, source=source, by=by, on=day, now=timezone.now())
    except SurveyError as error:
        refuse(form, error, error.field if error.field in form.fields else None)
        return False
    return True


@require_POST
@for_student(Permission.DESTINATION_RECORD)
def send(request, student, survey_id):
    """Send the link now."""
    survey = survey_of(student, survey_id, request.day)
    try:
        asking.send(survey=survey, by=request.user, on=request.day, now=timezone.now())
    except SurveyError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The link is on its way."))
    return redirect("outcomes:destinations", student.pk)
