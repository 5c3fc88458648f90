from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from common.names import fold
from mentors.actions.organisations import add_organisation, change_organisation
from mentors.forms import OrganisationForm
from mentors.models import Mentor, Organisation
from schools.access import for_school
from schools.roles import Permission

A_PAGE = 50


@for_school(Permission.SCHOOL_MENTORS)
def index(request, school):
    """The organisations of a school, each with its mentors of today; words find either."""
    day, words = school.today(), request.GET.get("q", "").strip()[:200]
    mentors = Mentor.objects.on(day).with_names()
    organisations = _matching(Organisation.objects.filter(school=school), mentors, words)
    page = Paginator(organisations.prefetch_related(Prefetch("mentors", mentors, to_attr="here")), A_PAGE).get_page(
        request.GET.get("page")
    )
    query = f"&{urlencode({'q': words})}" if words else ""
    return render(request, "mentors/index.html", {"school": school, "page": page, "words": words, "query": query})


def _matching(organisations, mentors, words):
    for word in fold(words).split():
        named = mentors.filter(organisation=OuterRef("pk"), user__search_name__contains=word)
        organisations = organisations.filter(Q(search_name__contains=word) | Exists(named))
    return organisations


@for_school(Permission.SCHOOL_MENTORS)
def add(request, school):
    form = OrganisationForm(request.POST or None, school=school)
    if request.method == "POST" and form.is_valid():
        organisation = add_organisation(school=school, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is added. Who works there as a mentor?") % {"name": organisation})
        return redirect("mentors:organisation", school.pk, organisation.pk)
    return render(request, "mentors/organisation_form.html", {"school": school, "form": form, "organisation": None})


@for_school(Permission.SCHOOL_MENTORS)
def show(request, school, organisation_id):
    """One organisation, its mentors now and before."""
    organisation = get_object_or_404(Organisation, pk=organisation_id, school=school)
    mentors, day = list(organisation.mentors.select_related("user")), school.today()
    context = {
        "school": school, "organisation": organisation,
        "here": [mentor for mentor in mentors if mentor.ends_on is None or mentor.ends_on > day],
        "gone": [mentor for mentor in mentors if mentor.ends_on and mentor.ends_on <= day],
    }  # fmt: skip
    return render(request, "mentors/organisation.html", context)


@for_school(Permission.SCHOOL_MENTORS)
def change(request, school, organisation_id):
    organisation = get_object_or_404(Organisation, pk=organisation_id, school=school)
    facts = {name: getattr(organisation, name) for name in ("name", "town", "address", "website", "phone")}
    form = OrganisationForm(request.POST or None, school=school, organisation=organisation, initial=facts)
    if request.method == "POST" and form.is_valid():
        change_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mentors:organisation", school.pk, organisation.pk)
    context = {"school": school, "form": form, "organisation": organisation}
    return render(request, "mentors/organisation_form.html", context)
