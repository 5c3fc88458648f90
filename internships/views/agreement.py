from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.access import for_link, forget
from accounts.actions.links import LinkError
from accounts.actions.people import PersonError
from common.forms import refuse as show_refusal
from internships.actions.agreement import AgreementError, ask_again, fill, prepare, refuse
from internships.agreeing import AGREEMENT, Kind, delivery, last_time, unfinished
from internships.forms.agreement import FORMS, AgainForm, answered
from internships.models import AgreementForm, Rules
from internships.views.placements import placement_seen
from schools.roles import Permission
from students.access import for_student
from students.actions.reach import ReachError

# Who does a school's own form in place of the person named: cover, another coordinator.
ALSO = {Kind.ADVISER: Permission.INTERNSHIP_ADVISE, Kind.COORDINATOR: Permission.INTERNSHIP_COORDINATE}
# What staff may write down from paper.
FROM_PAPER = (Kind.EMPLOYER, Kind.PARENT, Kind.STUDENT)


@for_student(Permission.INTERNSHIP_SEE)
def show(request, student, placement_id):
    """The chain of forms: whose turn it is since when, whether the link arrived, what was said."""
    placement = placement_seen(request, student, placement_id)
    rules, now = Rules.of(student.school), timezone.now()
    forms = placement.forms.select_related("person", "done_by")
    lines = [
        {
            "form": form, "delivery": delivery(form, now), "is_mine": _is_mine(request, form),
            "from_paper": form.kind in FROM_PAPER and Permission.PLACEMENT_ARRANGE in request.can,
            "answers": answered(form) if _may_read(request, form) else [],
            "again": _again_form(student, placement, form),
        }
        for form in forms
    ]  # fmt: skip
    lacks = [Kind(kind).label for kind in unfinished(placement, rules, request.day)]
    context = {"student": student, "placement": placement, "lines": lines, "lacks": lacks, "day": now}
    return render(request, "internships/agreement.html", context)


def _is_mine(request, form) -> bool:
    return form.person_id == request.user.pk or ALSO.get(form.kind) in request.can


def _may_read(request, form) -> bool:
    """What a parent wrote of emergencies is for staff, the family and the place; not for the other parent."""
    return form.person_id == request.user.pk or Permission.PLACEMENT_ARRANGE in request.can


def _again_form(student, placement, form):
    found = AgainForm(form=form)
    found.helper.form_action = reverse("internships:agreement_again", args=[student.pk, placement.pk, form.pk])
    return found


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def send(request, student, placement_id):
    """Send the agreement on its way, or add what lacks."""
    placement = placement_seen(request, student, placement_id)
    try:
        prepare(placement=placement, by=request.user, on=request.day, now=timezone.now())
    except AgreementError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is on its way. Whoever is next is told when the one before is done."))
    return redirect("internships:agreement", student.pk, placement.pk)


@for_student(Permission.INTERNSHIP_SEE)
def fill_in(request, student, placement_id, form_id):
    """One form, done by the person named, or written down by staff from paper."""
    placement = placement_seen(request, student, placement_id)
    form = get_object_or_404(placement.forms.select_related("person"), pk=form_id)
    on_paper = not _is_mine(request, form)
    if on_paper and not (form.kind in FROM_PAPER and Permission.PLACEMENT_ARRANGE in request.can):
        raise PermissionDenied
    shown = _shown_form(request, form, student.school)
    if request.method == "POST" and shown.is_valid() and _take(shown, form, by=request.user, on_paper=on_paper):
        messages.success(request, _("Thank you. Whoever is next is told."))
        return redirect("internships:agreement", student.pk, placement.pk)
    context = {"student": student, "placement": placement, "form": form, "shown": shown, "on_paper": on_paper}
    return render(request, "internships/agreement_form.html", context)


def _shown_form(request, form, school):
    initial = form.answers or last_time(form, timezone.now())
    return FORMS[form.kind](
        request.POST or None, rules=Rules.of(school), day_first=school.day_first, initial=initial
    )  # fmt: skip


def _take(shown, form, *, by, **how) -> bool:
    """Keep what was said; a refusal of the action stands above the form, with what was typed."""
    on_paper = how.pop("on_paper", False)
    try:
        if shown.cleaned_data["agrees"]:
            fill(form=form, by=by, now=timezone.now(), answers=shown.answers, on_paper=on_paper, **how)
        else:
            refuse(form=form, by=by, now=timezone.now(), words=shown.cleaned_data["words"], **how)
    except (AgreementError, LinkError) as error:
        show_refusal(shown, error, getattr(error, "field", None))
        return False
    return True


@require_POST
@for_student(Permission.PLACEMENT_ARRANGE)
def again(request, student, placement_id, form_id):
    """Ask once more, to a corrected address or after a no."""
    placement = placement_seen(request, student, placement_id)
    form = get_object_or_404(placement.forms.select_related("person"), pk=form_id)
    typed = AgainForm(request.POST, form=form)
    if not typed.is_valid():
        messages.error(request, " ".join(words for found in typed.errors.values() for words in found))
        return redirect("internships:agreement", student.pk, placement.pk)
    email = typed.cleaned_data.get("email")
    try:
        ask_again(form=form, by=request.user, on=request.day, now=timezone.now(), email=email or None)
    except (AgreementError, ReachError, PersonError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Asked again."))
    return redirect("internships:agreement", student.pk, placement.pk)


@for_link(AGREEMENT)
def by_link(request, link):
    """One form of an agreement, without an account. Opening it changes nothing."""
    rows = AgreementForm.objects.select_related(
        "person", "placement__student__user", "placement__school", "placement__organisation__merged_into"
    )
    form = get_object_or_404(rows, pk=int(link.subject), person=link.user)
    placement = form.placement
    shown = _shown_form(request, form, placement.school)
    if request.method == "POST" and shown.is_valid() and _take(shown, form, by=link.user, link=link):
        return forget(render(request, "internships/agreement_thanks.html", {"placement": placement}), link)
    context = {"link": link, "form": form, "placement": placement, "shown": shown}
    return render(request, "internships/agreement_link.html", context)
