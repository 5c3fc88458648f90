from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.access import for_school
from schools.actions import terms as actions
from schools.forms.calendar import TermForm
from schools.models import Term
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def terms(request, school):
    rows = Term.objects.filter(school=school).select_related("closed_by")
    return render(request, "schools/terms.html", {"school": school, "terms": rows, "day": school.today()})


@for_school(Permission.SCHOOL_SETTINGS)
def add(request, school):
    form = TermForm(request.POST or None, school=school, button=_("Add the term"))
    if request.method == "POST" and form.is_valid():
        try:
            term = actions.add_term(school=school, by=request.user, **form.period())
        except actions.TermError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("%(name)s is in the calendar.") % {"name": term.name})
            return redirect("schools:terms", school.pk)
    return render(request, "schools/term.html", {"school": school, "form": form})


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school, term_id):
    term = _term(school, term_id)
    form = TermForm(request.POST or None, school=school, row=term)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_term(term=term, by=request.user, **form.period())
        except actions.TermError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:terms", school.pk)
    return render(request, "schools/term.html", {"school": school, "form": form, "term": term})


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def remove(request, school, term_id):
    term = _term(school, term_id)
    try:
        actions.remove_term(term=term, by=request.user)
    except actions.TermError as error:
        messages.error(request, str(error))
        return redirect("schools:term", school.pk, term.pk)
    messages.success(request, _("%(name)s is gone from the calendar.") % {"name": term.name})
    return redirect("schools:terms", school.pk)


@for_school(Permission.SCHOOL_SETTINGS)
def close(request, school, term_id):
    """What closing means today; sent, it is done."""
    term = _term(school, term_id)
    if request.method == "POST":
        try:
            actions.close(term=term, by=request.user, now=timezone.now())
        except actions.TermError as error:
            messages.error(request, str(error))
            return redirect("schools:term_close", school.pk, term.pk)
        messages.success(request, _("%(name)s is closed. It stays readable for ever.") % {"name": term.name})
        return redirect("schools:terms", school.pk)
    findings = [] if term.is_closed else actions.before_closing(term, school.today())
    context = {"school": school, "term": term, "findings": findings, "stops": any(found.stops for found in findings)}
    return render(request, "schools/term_close.html", context)


def _term(school, term_id) -> Term:
    return get_object_or_404(Term.objects.select_related("school", "closed_by"), school=school, pk=term_id)
