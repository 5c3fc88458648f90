from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from internships.actions.opportunities import (
    OpportunityError,
    add_opportunity,
    change_opportunity,
    offer_again,
    withdraw_opportunity,
)
from internships.forms.opportunities import OpportunityForm, SearchForm
from internships.models import Opportunity
from internships.suggesting import students_for
from mentors.models import Organisation
from schools.access import for_school
from schools.roles import Permission

A_PAGE = 50


@for_school(Permission.SCHOOL_MENTORS)
def index(request, school):
    """What the school's organisations offer, found by words and by the day of the week."""
    form, wanted, query = searched(request)
    day = school.today()
    offered = Opportunity.objects.filter(school=school).offered(day).with_place().with_taken(day)
    found = narrowed(offered, wanted, day)
    if wanted.get("again"):
        found = found.would_host_again()
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "school": school, "form": form, "page": page, "query": query, "is_narrowed": _is_narrowed(wanted),
        "is_staff": True,
    }  # fmt: skip
    return render(request, "internships/opportunities.html", context)


def searched(request):
    """The search form of a list of opportunities, what it asks for, and how the next page keeps it."""
    form = SearchForm(request.GET)
    wanted = form.cleaned_data if form.is_valid() else {}
    kept = {name: value for name, value in wanted.items() if value not in ("", None, False)}
    return form, wanted, f"&{urlencode(kept)}" if kept else ""


def narrowed(opportunities, wanted, day):
    opportunities = opportunities.matching(wanted.get("q", ""))
    if wanted.get("free"):
        opportunities = opportunities.free_on(day)
    weekday = wanted.get("weekday")
    return opportunities if weekday is None else opportunities.on_weekday(weekday)


def _is_narrowed(wanted) -> bool:
    return any(value not in ("", None, False) for value in wanted.values())


@for_school(Permission.SCHOOL_MENTORS)
def add(request, school, organisation_id):
    organisation = get_object_or_404(Organisation.objects.current(), pk=organisation_id, school=school)
    form = OpportunityForm(request.POST or None, organisation=organisation, school=school)
    if request.method == "POST" and form.is_valid():
        try:
            opportunity = add_opportunity(organisation=organisation, by=request.user, **form.facts())
        except OpportunityError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("“%(title)s” is offered.") % {"title": opportunity})
            return redirect("internships:opportunity", school.pk, opportunity.pk)
    context = {"school": school, "organisation": organisation, "form": form, "opportunity": None}
    return render(request, "internships/opportunity_form.html", context)


@for_school(Permission.SCHOOL_MENTORS)
def show(request, school, opportunity_id):
    """One opportunity, and whom of the students I see it would fit."""
    opportunity, day = _opportunity(school, opportunity_id), school.today()
    context = {
        "school": school, "opportunity": opportunity, "is_offered": opportunity.is_offered(day),
        "suggested": students_for(opportunity, request.user, day),
    }  # fmt: skip
    return render(request, "internships/opportunity.html", context)


@for_school(Permission.SCHOOL_MENTORS)
def change(request, school, opportunity_id):
    opportunity = _opportunity(school, opportunity_id)
    form = OpportunityForm(request.POST or None, organisation=opportunity.place, school=school, opportunity=opportunity)
    if request.method == "POST" and form.is_valid():
        try:
            change_opportunity(opportunity=opportunity, by=request.user, **form.facts())
        except OpportunityError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("internships:opportunity", school.pk, opportunity.pk)
    context = {"school": school, "organisation": opportunity.place, "form": form, "opportunity": opportunity}
    return render(request, "internships/opportunity_form.html", context)


@require_POST
@for_school(Permission.SCHOOL_MENTORS)
def withdraw(request, school, opportunity_id):
    opportunity = _opportunity(school, opportunity_id)
    withdraw_opportunity(opportunity=opportunity, by=request.user, now=timezone.now())
    messages.success(request, _("It is offered no more. Whoever has it keeps it."))
    return redirect("internships:opportunity", school.pk, opportunity.pk)


@require_POST
@for_school(Permission.SCHOOL_MENTORS)
def again(request, school, opportunity_id):
    opportunity = _opportunity(school, opportunity_id)
    offer_again(opportunity=opportunity, by=request.user)
    messages.success(request, _("“%(title)s” is offered.") % {"title": opportunity})
    return redirect("internships:opportunity", school.pk, opportunity.pk)


def _opportunity(school, opportunity_id) -> Opportunity:
    return get_object_or_404(Opportunity.objects.with_place(), pk=opportunity_id, school=school)
