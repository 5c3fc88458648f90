import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import User
from common.forms import refuse
from common.names import fold
from mentors.actions.organisations import (
    FIELDS,
    OrganisationError,
    add_organisation,
    change_organisation,
    log_contact,
    merge,
    take_apart,
)
from mentors.forms.organisations import ContactForm, MergeForm, OrganisationForm
from mentors.models import Mentor, Organisation, OrganisationContact
from mentors.sharing import SHARED, shared_with
from mentors.standing import due, of_organisation
from schools.access import for_school
from schools.roles import Permission

A_PAGE = 50
CONTACTS = 20
# After so long a place may have forgotten the school.
QUIET = datetime.timedelta(days=90)


@for_school(Permission.SCHOOL_MENTORS)
def index(request, school):
    """The organisations of a school, each with its mentors of today and the last contact; words find any of it."""
    day, words = school.today(), request.GET.get("q", "").strip()[:200]
    mentors = Mentor.objects.on(day).with_names()
    organisations = _matching(Organisation.objects.current().filter(school=school), mentors, words)
    organisations = organisations.with_last_contact()
    if quiet := "quiet" in request.GET:
        organisations = organisations.quiet_since(timezone.now() - QUIET)
    organisations = organisations.prefetch_related(
        Prefetch("mentors", mentors, to_attr="here"),
        Prefetch("merged__mentors", mentors, to_attr="here"),
    )
    page = Paginator(organisations, A_PAGE).get_page(request.GET.get("page"))
    kept = ({"q": words} if words else {}) | ({"quiet": 1} if quiet else {})
    query = f"&{urlencode(kept)}" if kept else ""
    context = {
        "school": school, "page": page, "words": words, "query": query, "due": len(due(school, day)), "quiet": quiet,
        "shares": bool(school.network and school.network.shares_organisations), "quiet_days": QUIET.days,
    }  # fmt: skip
    return render(request, "mentors/index.html", context | {"rows": _rows(page.object_list)})


def _rows(organisations) -> list:
    """Leaves `everybody` (mentors of today) and `contacted_by` on each."""
    rows = list(organisations)
    people = User.objects.in_bulk({row.contacted_by_id for row in rows} - {None})
    for row in rows:
        row.everybody = [*row.here, *(mentor for other in row.merged.all() for mentor in other.here)]
        row.contacted_by = people.get(row.contacted_by_id)
    return rows


def _matching(organisations, mentors, words):
    for word in fold(words).split():
        of_it = mentors.filter(Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk")))
        merged = Organisation.objects.filter(merged_into=OuterRef("pk"), search_name__contains=word)
        organisations = organisations.filter(
            Q(search_name__contains=word) | Exists(of_it.filter(user__search_name__contains=word)) | Exists(merged)
        )
    return organisations


@for_school(Permission.SCHOOL_MENTORS)
def shared(request, school):
    """What the other schools of the network know, where the network says that they share it: no person, no contact."""
    words = request.GET.get("q", "").strip()[:200]
    found = shared_with(school).matching(words).select_related("school").order_by("search_name", "pk")
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    query = f"&{urlencode({'q': words})}" if words else ""
    context = {"school": school, "page": page, "words": words, "query": query}
    return render(request, "mentors/shared.html", context)


def _copied(request, school) -> dict:
    """What the form begins with where somebody takes over what another school knows."""
    number = request.GET.get("from", "")
    other = shared_with(school).filter(pk=number).first() if number.isdecimal() else None
    return {name: getattr(other, name) for name in SHARED} if other else {}


@for_school(Permission.SCHOOL_MENTORS)
def add(request, school):
    form = OrganisationForm(request.POST or None, school=school, initial=_copied(request, school))
    if request.method == "POST" and form.is_valid():
        organisation = add_organisation(school=school, by=request.user, **form.cleaned_data)
        messages.success(request, _("%(name)s is added. Who works there as a mentor?") % {"name": organisation})
        return redirect("mentors:organisation", school.pk, organisation.pk)
    return render(request, "mentors/organisation_form.html", {"school": school, "form": form, "organisation": None})


@for_school(Permission.SCHOOL_MENTORS)
def show(request, school, organisation_id):
    """One organisation, its papers, its mentors now and before, and who was last in contact with it."""
    organisation = get_object_or_404(
        Organisation.objects.select_related("merged_into"), pk=organisation_id, school=school
    )
    if organisation.merged_into:
        return redirect("mentors:organisation", school.pk, organisation.merged_into_id)
    return _page(request, school, organisation)


def _page(request, school, organisation, contact=None):
    day, rows = school.today(), organisation.all_its_rows()
    mentors = list(Mentor.objects.filter(organisation__in=rows).select_related("user"))
    contacts = OrganisationContact.objects.filter(organisation__in=rows).select_related("by", "mentor__user")
    contact = contact or ContactForm(organisation=organisation, day=day)
    contact.helper.form_action = reverse("mentors:contact", args=[school.pk, organisation.pk])
    context = {
        "school": school, "organisation": organisation, "papers": of_organisation(organisation, day),
        "here": [mentor for mentor in mentors if mentor.ends_on is None or mentor.ends_on > day],
        "gone": [mentor for mentor in mentors if mentor.ends_on and mentor.ends_on <= day],
        "contacts": contacts[:CONTACTS], "contact": contact, "merged": organisation.merged.all(),
    }  # fmt: skip
    return render(request, "mentors/organisation.html", context)


@for_school(Permission.SCHOOL_MENTORS)
def change(request, school, organisation_id):
    organisation = _organisation(school, organisation_id)
    facts = {name: getattr(organisation, name) for name in FIELDS}
    form = OrganisationForm(request.POST or None, school=school, organisation=organisation, initial=facts)
    if request.method == "POST" and form.is_valid():
        change_organisation(organisation=organisation, by=request.user, **form.cleaned_data)
        messages.success(request, _("Saved."))
        return redirect("mentors:organisation", school.pk, organisation.pk)
    context = {"school": school, "form": form, "organisation": organisation}
    return render(request, "mentors/organisation_form.html", context)


@require_POST
@for_school(Permission.SCHOOL_MENTORS)
def contact(request, school, organisation_id):
    """Log a contact with the organisation."""
    organisation = _organisation(school, organisation_id)
    form = ContactForm(request.POST, organisation=organisation, day=school.today())
    if not form.is_valid():
        return _page(request, school, organisation, form)
    log_contact(organisation=organisation, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The contact is logged."))
    return redirect("mentors:organisation", school.pk, organisation.pk)


@for_school(Permission.SCHOOL_MENTORS)
def merge_with(request, school, organisation_id):
    """Another row is this organisation too."""
    organisation = _organisation(school, organisation_id)
    words = request.GET.get("q", "").strip()[:200]
    form = MergeForm(request.POST or None, organisation=organisation, words=words)
    if request.method == "POST" and form.is_valid():
        try:
            merge(organisation=form.cleaned_data["other"], into=organisation, by=request.user)
        except OrganisationError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("They are one now. Nothing is lost: it can be taken apart again."))
            return redirect("mentors:organisation", school.pk, organisation.pk)
    context = {"school": school, "organisation": organisation, "form": form, "words": words}
    return render(request, "mentors/merge.html", context)


@require_POST
@for_school(Permission.SCHOOL_MENTORS)
def apart(request, school, organisation_id):
    """A merged row is an organisation of its own after all."""
    organisation = get_object_or_404(Organisation, pk=organisation_id, school=school)
    try:
        take_apart(organisation=organisation, by=request.user)
    except OrganisationError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s stands on its own again.") % {"name": organisation})
    return redirect("mentors:organisation", school.pk, organisation.pk)


def _organisation(school, organisation_id) -> Organisation:
    return get_object_or_404(Organisation.objects.current(), pk=organisation_id, school=school)
