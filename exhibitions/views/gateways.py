from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from exhibitions.access import exhibition_of
from exhibitions.actions import gateways as actions
from exhibitions.actions.gateways import GatewayError
from exhibitions.forms.afterwards import DecisionForm, GatewayForm
from exhibitions.models import Check, Gateway
from schools.access import for_school
from schools.roles import Permission
from students.access import for_student

P = Permission


@for_school(P.SCHOOL_SETTINGS)
def index(request, school):
    """The gateways of the school, and the form that adds one."""
    return _write(request, school, None)


@for_school(P.SCHOOL_SETTINGS)
def change(request, school, gateway_id):
    gateway = get_object_or_404(Gateway, pk=gateway_id, school=school, retired_at__isnull=True)
    return _write(request, school, gateway)


def _write(request, school, gateway):
    form = GatewayForm(request.POST or None, instance=gateway)
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_gateway(school=school, gateway=gateway, by=request.user, **form.said)
        except GatewayError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Saved."))
            return redirect("exhibitions:gateways", school.pk)
    rows = Gateway.objects.filter(school=school, retired_at__isnull=True)
    context = {"school": school, "gateways": rows, "form": form, "gateway": gateway}
    return render(request, "exhibitions/gateways.html", context)


@require_POST
@for_school(P.SCHOOL_SETTINGS)
def retire(request, school, gateway_id):
    gateway = get_object_or_404(Gateway, pk=gateway_id, school=school)
    actions.retire(gateway=gateway, by=request.user, now=timezone.now())
    messages.success(request, _("It is retired. What was decided stays."))
    return redirect("exhibitions:gateways", school.pk)


@require_POST
@for_student(P.EXHIBITION_LEAD)
def make(request, student, exhibition_id):
    """The exhibition is this gateway, or none."""
    exhibition = exhibition_of(student, exhibition_id)
    number = request.POST.get("gateway", "")
    rows = Gateway.objects.filter(school=student.school_id, retired_at__isnull=True)
    gateway = rows.filter(pk=number).first() if number.isdecimal() else None
    if number and gateway is None:
        raise Http404
    try:
        actions.make_one(exhibition=exhibition, gateway=gateway, by=request.user)
    except GatewayError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect("exhibitions:show", student.pk, exhibition.pk)


@for_student(P.EXHIBITION_LEAD)
def decide(request, student, exhibition_id):
    """What is asked for, what is met, and the decision."""
    exhibition = exhibition_of(student, exhibition_id)
    if exhibition.gateway is None:
        raise Http404
    decision = exhibition.decisions.filter(replaced_at__isnull=True).select_related("by").first()
    initial = {"outcome": decision.outcome, "words": decision.words} if decision else {}
    form = DecisionForm(request.POST or None, initial=initial)
    if request.method == "POST":
        try:
            actions.check(exhibition=exhibition, answers=_answers(request, exhibition), **_by(request))
            if request.POST.get("do") == "check":
                messages.success(request, _("Saved."))
                return redirect("exhibitions:decide", student.pk, exhibition.pk)
            if form.is_valid():
                said = form.cleaned_data
                actions.decide(exhibition=exhibition, outcome=said["outcome"], words=said["words"], **_by(request))
                messages.success(request, _("It is decided. The student, and who of the family signs in, are told."))
                return redirect("exhibitions:show", student.pk, exhibition.pk)
        except GatewayError as error:
            refuse(form, error, error.field)
    form.helper.form_tag = False
    context = {
        "student": student, "exhibition": exhibition, "lines": _filled(request, exhibition), "decision": decision,
        "form": form,
    }  # fmt: skip
    return render(request, "exhibitions/decide.html", context)


def _filled(request, exhibition) -> list:
    """The requirements as they stand, or with what was just typed."""
    lines = lines_of(exhibition)
    for line in lines:
        now = line.check_now
        line.was = [("yes" if now.is_met else "no"), now.words] if now else ["", ""]
        line.answer = request.POST.get(f"r{line.pk}", line.was[0])
        line.typed = request.POST.get(f"r{line.pk}-words", line.was[1])
    return lines


def lines_of(exhibition) -> list:
    """The requirements in order, each with what stands of it as `check_now`; two queries."""
    checks = Check.objects.standing().filter(requirement__exhibition=exhibition).select_related("by")
    by_key = {row.requirement_id: row for row in checks}
    lines = list(exhibition.requirements.all())
    for line in lines:
        line.check_now = by_key.get(line.pk)
    return lines


def _answers(request, exhibition) -> dict[int, tuple[bool, str]]:
    found = {}
    for pk in exhibition.requirements.values_list("pk", flat=True):
        answer, words = request.POST.get(f"r{pk}", ""), request.POST.get(f"r{pk}-words", "").strip()
        # What stood on the page is not said anew: a colleague may have changed it meanwhile.
        if [answer, words] == request.POST.getlist(f"r{pk}-was"):
            continue
        if answer in ("yes", "no"):
            found[pk] = answer == "yes", words
        elif words:
            raise GatewayError(_("Say of each, beside your words, whether it is met."))
    return found


def _by(request) -> dict:
    return {"by": request.user, "now": timezone.now()}
