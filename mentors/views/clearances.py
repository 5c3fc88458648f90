from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from mentors.actions.clearances import ClearanceError, verify, withdraw
from mentors.forms.clearances import ClearanceForm
from mentors.models import Clearance, Mentor, Organisation
from mentors.standing import due, of_mentor, of_organisation
from schools.access import for_school
from schools.roles import Permission


@for_school(Permission.SCHOOL_MENTORS)
def index(request, school):
    """What has run out or will soon, the first to go first."""
    return render(request, "mentors/clearances.html", {"school": school, "due": due(school, school.today())})


@for_school(Permission.SCHOOL_CLEARANCES)
def of_place(request, school, organisation_id):
    """The papers of an organisation: what was seen and by whom; and one more."""
    organisation = get_object_or_404(Organisation.objects.current(), pk=organisation_id, school=school)
    rows = Clearance.objects.filter(organisation__in=organisation.all_its_rows())
    papers = of_organisation(organisation, school.today())
    page = {"organisation": organisation, "subject": organisation, "papers": papers}
    return _page(request, school, Clearance.OF_ORGANISATIONS, rows, page, {"organisation": organisation})


@for_school(Permission.SCHOOL_CLEARANCES)
def of_person(request, school, mentor_id):
    """The checks of a mentor, who is one person wherever they mentor."""
    mentor = get_object_or_404(Mentor.objects.with_names(), pk=mentor_id, school=school)
    rows = Clearance.objects.filter(user=mentor.user_id, school=school)
    papers = of_mentor(mentor.user, school, school.today())
    page = {"mentor": mentor, "subject": mentor.user.name, "papers": papers}
    return _page(request, school, Clearance.OF_MENTORS, rows, page, {"user": mentor.user})


def _page(request, school, kinds, rows, page, of):
    day = school.today()
    form = ClearanceForm(request.POST or None, kinds=kinds, school=school, day=day)
    if request.method == "POST" and form.is_valid():
        try:
            clearance = verify(school=school, by=request.user, on=day, **of, **form.facts())
        except ClearanceError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Written down: %(what)s.") % {"what": clearance.get_kind_display()})
            return redirect(request.path)
    history = list(rows.select_related("verified_by", "withdrawn_by"))
    for clearance in history:
        clearance.state_now = clearance.state(day)
    return render(request, "mentors/papers.html", {"school": school, "form": form, "history": history, **page})


@require_POST
@for_school(Permission.SCHOOL_CLEARANCES)
def take_back(request, school, clearance_id):
    """It was written down wrongly, or is no longer so."""
    rows = Clearance.objects.select_related("organisation__merged_into")
    clearance = get_object_or_404(rows, pk=clearance_id, school=school)
    withdraw(clearance=clearance, by=request.user, now=timezone.now())
    messages.success(request, _("Withdrawn. That it stood here stays to be read."))
    if clearance.organisation:
        return redirect("mentors:place_papers", school.pk, clearance.organisation.current.pk)
    mentor = Mentor.objects.filter(school=school, user=clearance.user_id).order_by("-starts_on").first()
    if mentor is None:
        return redirect("mentors:clearances", school.pk)
    return redirect("mentors:person_papers", school.pk, mentor.pk)
