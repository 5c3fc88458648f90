"""A plan's door is its student's (students/access.py); this loads what every page of a plan needs with it."""

from functools import wraps

from django.http import Http404

from common.prepared import Prepared
from plans.models import Plan
from plans.people import Team, team_rows
from students.access import pass_door

_of_id = Prepared(lambda plan: Plan.objects.with_what_it_belongs_to().filter(pk=plan))


def load_plan(request, plan_id: int, permission, found: list[Plan] | None = None) -> Plan:
    """The plan of this id, through the signed-in person: 404 to outsiders, 403 to those who may see but not do.

    Leaves what the student's door leaves, and `request.team`: the team as this person may know it. `found` may
    hold the plan, read with more of it; or nothing.
    """
    plan = next(iter(_of_id(plan=plan_id) if found is None else found), None)
    if plan is None:
        raise Http404
    rows = team_rows(plan.student)
    pass_door(request, plan.student, permission, team=rows)
    request.team = Team(plan.student, rows, request.user, request.standing, request.day)
    return plan


def for_plan(permission):
    """A view on one plan: it receives `plan` in place of the address's `plan_id`. See load_plan."""

    def decorate(view):
        @wraps(view)
        def through_the_door(request, plan_id, *args, **kwargs):
            return view(request, load_plan(request, plan_id, permission), *args, **kwargs)

        through_the_door.permission = permission
        return through_the_door

    return decorate
