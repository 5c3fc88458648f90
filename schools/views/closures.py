from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.access import for_school
from schools.actions import closures as actions
from schools.forms.calendar import ClosureForm
from schools.models import Closure
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def closures(request, school):
    """The days on which the school is shut, and the form for more."""
    form = ClosureForm(request.POST or None, school=school, button=_("Add these days"))
    if request.method == "POST" and form.is_valid():
        try:
            closure = actions.add_closure(school=school, by=request.user, **form.period())
        except actions.ClosureError as error:
            refuse(form, error, "last_day")
        else:
            messages.success(request, _("The school is shut: %(name)s.") % {"name": closure.name})
            return redirect("schools:closures", school.pk)
    rows = Closure.objects.filter(school=school).order_by("-starts_on")
    context = {"school": school, "closures": rows, "form": form, "day": school.today()}
    return render(request, "schools/closures.html", context)


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school, closure_id):
    closure = get_object_or_404(Closure, school=school, pk=closure_id)
    form = ClosureForm(request.POST or None, school=school, row=closure)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_closure(closure=closure, by=request.user, **form.period())
        except actions.ClosureError as error:
            refuse(form, error, "last_day")
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:closures", school.pk)
    return render(request, "schools/closure.html", {"school": school, "closure": closure, "form": form})


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def remove(request, school, closure_id):
    closure = get_object_or_404(Closure, school=school, pk=closure_id)
    actions.remove_closure(closure=closure, by=request.user)
    messages.success(request, _("%(name)s is gone from the calendar.") % {"name": closure.name})
    return redirect("schools:closures", school.pk)
