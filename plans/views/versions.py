from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify

from common.pdf import pdf
from common.prepared import Prepared
from plans.access import for_plan
from plans.compare import compare
from plans.models import PlanVersion, Step
from plans.reading import now_for, version_for
from plans.standing import signatures_of
from schools.roles import Permission

P = Permission

_versions = Prepared(
    lambda plan: (
        PlanVersion.objects.filter(plan=plan).select_related("fixed_by").defer("content", "marks", "role_hashes")
    )
)
_steps = Prepared(
    lambda plan: (
        Step.objects.filter(plan=plan).select_related("by", "version")
        .defer("version__content", "version__marks", "version__role_hashes")
    )
)  # fmt: skip


@for_plan(P.PLAN_SEE)
def index(request, plan):
    """The plan's history: its steps, its versions, who signed which."""
    versions = _versions(plan=plan.pk)
    signatures = _named(signatures_of(plan), request.team)
    for version in versions:
        version.signed = [one for one in signatures if one.version_id == version.pk]
    context = {
        "plan": plan, "versions": versions, "steps": _steps(plan=plan.pk), "mine": _last(signatures, request.user)
    }  # fmt: skip
    return render(request, "plans/versions.html", context)


def _named(signatures, team):
    for one in signatures:
        one.name = team.name(one.user)
    return signatures


def _last(signatures, user):
    return max((one for one in signatures if one.user_id == user.pk), key=lambda one: one.version.number, default=None)


@for_plan(P.PLAN_SEE)
def show(request, plan, number):
    """One version, as far as it was and still is open to this person."""
    version = get_object_or_404(plan.versions.select_related("fixed_by"), number=number)
    signatures = _named([one for one in signatures_of(plan) if one.version_id == version.pk], request.team)
    content = version_for(version, plan, request.standing)
    context = {"plan": plan, "version": version, "content": content, "signatures": signatures}
    return render(request, "plans/version.html", context)


@for_plan(P.PLAN_SEE)
def difference(request, plan, number, other):
    """What changed between two versions; `other` 0 is the plan as it stands now."""
    old, new = (_content(request, plan, one) for one in (number, other))
    context = {"plan": plan, "old": number, "new": other, "changes": compare(old, new)}
    return render(request, "plans/difference.html", context)


def _content(request, plan, number):
    if number == 0:
        return now_for(plan, request.standing)
    return version_for(get_object_or_404(plan.versions, number=number), plan, request.standing)


@for_plan(P.PLAN_SIGN)
def since_signed(request, plan):
    """What changed since this person signed: up to the version that waits for them, else up to now."""
    last = _last(signatures_of(plan), request.user)
    if last is None:
        return redirect("plans:versions", plan.pk)
    is_waiting = plan.version_id != last.version_id
    return redirect("plans:difference", plan.pk, last.version.number, plan.version.number if is_waiting else 0)


@for_plan(P.PLAN_SEE)
def on_paper(request, plan):
    """The whole plan as it is printed."""
    return render(request, "plans/print.html", _paper(request, plan))


@for_plan(P.PLAN_SEE)
def as_pdf(request, plan):
    document = pdf(render_to_string("plans/pdf.html", _paper(request, plan), request=request))
    name = slugify(f"{plan.student.name} {plan.term}") or f"plan-{plan.pk}"
    return HttpResponse(
        document, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{name}.pdf"'}
    )


def _paper(request, plan):
    """A closed plan is printed as it was closed, a running one as it stands today."""
    content = version_for(plan.version, plan, request.standing) if plan.is_closed else now_for(plan, request.standing)
    signatures = _named(signatures_of(plan), request.team)
    steps = _steps(plan=plan.pk)
    return {"plan": plan, "content": content, "signatures": signatures, "steps": steps, "now": timezone.now()}
