"""A plan's steps: review, back, ready to sign, active, closed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from plans.access import for_plan
from plans.actions.activate import activate
from plans.actions.close import close_plan
from plans.actions.hold import PlanError
from plans.actions.review import send_back, submit
from plans.actions.version import make_ready
from plans.forms.life import ActivateForm, CloseForm, SendBackForm, SubmitForm
from plans.page import said_to
from plans.parts import parts_of
from plans.standing import has_changed, standing_of_plan
from plans.turns import Task, Turn
from schools.roles import Permission, Role

P = Permission


def _step(request, plan, form, template, act, said, context=None):
    """Show the form of one step, or take the step with what the form holds."""
    if request.method == "POST" and form.is_valid():
        try:
            act(plan=plan, by=request.user, on=request.day, at=timezone.now(), **form.cleaned_data)
        except PlanError as error:
            refuse(form, error, next(iter(form.fields), None))
        else:
            messages.success(request, said)
            return redirect("plans:show", plan.pk)
    return render(request, template, {"plan": plan, "form": form, **(context or {})})


@for_plan(P.PLAN_SUBMIT)
def review(request, plan):
    form = SubmitForm(request.POST or None)
    said = _("Your adviser is asked to review the plan.")
    return _step(request, plan, form, "plans/review.html", submit, said)


@for_plan(P.PLAN_MANAGE)
def back(request, plan):
    form = SendBackForm(request.POST or None)
    return _step(request, plan, form, "plans/back.html", send_back, _("The plan is a draft again."))


@for_plan(P.PLAN_MANAGE)
def ready(request, plan):
    """What the next version will hold and who will be asked; the button fixes it."""
    if request.method == "POST":
        try:
            version = make_ready(plan=plan, by=request.user, on=request.day, at=timezone.now())
        except PlanError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Version %(number)s is ready to sign.") % {"number": version.number})
        return redirect("plans:show", plan.pk)
    parts = parts_of(plan)
    context = {
        "plan": plan, "parts": parts, "empty": [section for section in parts.sections if section.text.is_empty],
        "next_number": plan.version.number + 1 if plan.version else 1,
        "has_changed": plan.version is None or has_changed(plan, parts),
        "signs": [
            (Role(role).label, [request.team.name(user) for user in users])
            for role, users in request.team.signers.items()
        ],
    }  # fmt: skip
    return render(request, "plans/ready.html", context)


@for_plan(P.PLAN_MANAGE)
def active(request, plan):
    standing = standing_of_plan(plan, request.team.rows, request.day)
    asked = [said_to(Turn(Task.SIGN, role, tuple(people)), request.team) for role, people in standing.missing.items()]
    form = ActivateForm(request.POST or None)
    form.fields["reason"].required = bool(asked)
    return _step(request, plan, form, "plans/active.html", activate, _("The plan is active."), {"asked": asked})


@for_plan(P.PLAN_MANAGE)
def close(request, plan):
    form = CloseForm(request.POST or None)
    unfinished = [item for item in parts_of(plan).items if item.is_unfinished]
    said = _("The plan is closed. It stays readable for ever.")
    return _step(request, plan, form, "plans/close.html", close_plan, said, {"unfinished": unfinished})
