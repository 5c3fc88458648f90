from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from schools.access import for_school
from schools.actions import goals as actions
from schools.defaults import SIXTH_GOAL
from schools.forms.codes import GoalForm
from schools.models import LearningGoal
from schools.roles import Permission


@for_school(Permission.SCHOOL_SETTINGS)
def goals(request, school):
    """The goals in order; those that are retired below."""
    rows = list(LearningGoal.objects.filter(school=school))
    context = {
        "school": school, "goals": [goal for goal in rows if goal.retired_on is None],
        "retired": [goal for goal in rows if goal.retired_on],
        "offers_sixth": SIXTH_GOAL[0] not in {goal.key for goal in rows},
    }  # fmt: skip
    return render(request, "schools/goals.html", context)


@for_school(Permission.SCHOOL_SETTINGS)
def add(request, school):
    form = GoalForm(request.POST or None, initial=_sixth() if "sixth" in request.GET else None)
    if request.method == "POST" and form.is_valid():
        try:
            goal = actions.add_goal(school=school, by=request.user, **form.cleaned_data)
        except actions.GoalError as error:
            refuse(form, error, "name")
        else:
            messages.success(request, _("%(name)s is one of your goals.") % {"name": goal.name})
            return redirect("schools:goals", school.pk)
    return render(request, "schools/goal.html", {"school": school, "form": form})


def _sixth() -> dict:
    return dict(zip(("key", "name", "question", "prompts"), SIXTH_GOAL, strict=True))


@for_school(Permission.SCHOOL_SETTINGS)
def change(request, school, goal_id):
    goal = _goal(school, goal_id)
    form = GoalForm(request.POST or None, goal=goal)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_goal(goal=goal, by=request.user, **form.cleaned_data)
        except actions.GoalError as error:
            refuse(form, error, "name")
        else:
            messages.success(request, _("Saved."))
            return redirect("schools:goals", school.pk)
    return render(request, "schools/goal.html", {"school": school, "form": form, "goal": goal})


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def move(request, school, goal_id):
    actions.move_goal(goal=_goal(school, goal_id), up=request.POST.get("to") == "up", by=request.user)
    return redirect("schools:goals", school.pk)


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def retire(request, school, goal_id):
    goal = _goal(school, goal_id)
    try:
        actions.retire_goal(goal=goal, by=request.user, on=school.today())
    except actions.GoalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is retired. What was done under it stays.") % {"name": goal.name})
    return redirect("schools:goals", school.pk)


@require_POST
@for_school(Permission.SCHOOL_SETTINGS)
def bring_back(request, school, goal_id):
    goal = _goal(school, goal_id)
    try:
        actions.bring_back_goal(goal=goal, by=request.user)
    except actions.GoalError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(name)s is one of your goals again.") % {"name": goal.name})
    return redirect("schools:goals", school.pk)


def _goal(school, goal_id) -> LearningGoal:
    return get_object_or_404(LearningGoal, school=school, pk=goal_id)
