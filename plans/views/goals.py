from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from plans.access import for_plan
from plans.actions.goals import add_own_goal, change_own_goal
from plans.actions.hold import ChangedMeanwhile, PlanError
from plans.forms.work import OwnGoalForm
from plans.news import address
from schools.roles import Permission

P = Permission


@for_plan(P.PLAN_ITEMS)
def new(request, plan):
    """A goal of the student's own."""
    form = OwnGoalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            add_own_goal(
                plan=plan, words=said["words"], why=said["why"], key=said["key"], by=request.user, at=timezone.now()
            )
        except PlanError as error:
            refuse(form, error)
        else:
            return redirect(address(plan, "own-goals"))
    return render(request, "plans/own_goal.html", {"plan": plan, "form": form})


@for_plan(P.PLAN_ITEMS)
def edit(request, plan, goal_id):
    goal, theirs = get_object_or_404(plan.own_goals.select_related("changed_by"), pk=goal_id), None
    goal.plan = plan
    form = OwnGoalForm(request.POST or None, goal=goal)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data | {"version": form.cleaned_data["version"] or 0}
        try:
            change_own_goal(goal=goal, by=request.user, **said)
        except ChangedMeanwhile as error:
            theirs = error.now
            refuse(form, error)
        except PlanError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The goal is saved."))
            return redirect(address(plan, "own-goals"))
    return render(request, "plans/own_goal.html", {"plan": plan, "goal": goal, "form": form, "theirs": theirs})
