from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from advisories.access import MANAGE, for_advisory, may_form_advisories
from advisories.actions import roster
from advisories.board import seated_students, size_warning
from advisories.forms import AdvisoryForm, MoveForm, SeatForm
from advisories.models import Seat
from common.forms import refuse
from schools.access import for_school
from schools.roles import Permission
from students.access import for_student
from students.actions.team import TeamError


@for_school(Permission.SCHOOL_ADVISORIES)
def new(request, school):
    form = AdvisoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            advisory = roster.open_advisory(school=school, by=request.user, on=school.today(), **form.cleaned_data)
        except roster.RosterError as error:
            refuse(form, error, "name")
        else:
            return redirect("advisories:roster", advisory.pk)
    return render(request, "advisories/new.html", {"school": school, "form": form})


@for_advisory(MANAGE)
def show(request, advisory):
    """Who sits here, now, before and soon; and who is in charge."""
    form = SeatForm(request.POST or None, advisory=advisory, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            _bring_in(request, advisory, form.cleaned_data["student"], form.cleaned_data["on"])
        except (roster.RosterError, TeamError) as error:
            refuse(form, error)
        else:
            return redirect("advisories:roster", advisory.pk)
    context = {
        "advisory": advisory, "form": form, "day": request.day,
        "seats": Seat.objects.filter(advisory=advisory).select_related("student__user"),
        "charges": advisory.charges.select_related("user"),
        "warning": size_warning(advisory, len(seated_students(advisory, request.day))),
    }  # fmt: skip
    return render(request, "advisories/roster.html", context)


def _bring_in(request, advisory, student, on):
    roster.seat(student=student, advisory=advisory, by=request.user, on=on)
    messages.success(
        request,
        _("%(name)s is in %(advisory)s from %(day)s.") % {"name": student.name, "advisory": advisory, "day": on},
    )
    if warning := size_warning(advisory, advisory.seats.on(on).count()):
        messages.warning(request, warning)


@require_POST
@for_advisory(MANAGE)
def close(request, advisory):
    try:
        roster.close_advisory(advisory=advisory, by=request.user, on=request.day)
    except roster.RosterError as error:
        messages.error(request, str(error))
        return redirect("advisories:roster", advisory.pk)
    messages.success(request, _("%(name)s is closed. Its history stays.") % {"name": advisory})
    return redirect("advisories:index")


@for_student(Permission.STUDENT_OVERVIEW)
def seats(request, student):
    """One student's advisories over time."""
    found = student.seats.select_related("advisory").order_by("-starts_on")
    context = {"student": student, "seats": found, "may_move": may_form_advisories(request, student.school_id)}
    return render(request, "advisories/seats.html", context)


@for_student(Permission.STUDENT_OVERVIEW)
def move(request, student):
    if not may_form_advisories(request, student.school_id):
        raise PermissionDenied
    form = MoveForm(request.POST or None, student=student, day=request.day)
    if request.method == "POST" and form.is_valid():
        try:
            _bring_in(request, form.cleaned_data["advisory"], student, form.cleaned_data["on"])
        except (roster.RosterError, TeamError) as error:
            refuse(form, error, "on")
        else:
            return redirect("advisories:seats", student.pk)
    return render(request, "advisories/move.html", {"student": student, "form": form})
