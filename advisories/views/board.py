from django.shortcuts import redirect, render

from advisories.access import RUN, SEE, advisories_of, for_advisory
from advisories.board import board, charges_on, circle_on, mixed_ages, seated_students, seats_on, size_warning
from schools.access import schools_where, staff_roles
from schools.models import School
from schools.roles import Permission


def index(request):
    """The advisories that I may see, school by school; straight to the board where there is one."""
    schools = [row.school for row in staff_roles(request) if row.school]
    schools += list(School.objects.filter(students__user=request.user).exclude(pk__in=[s.pk for s in schools]))
    groups = [(school, _advisories(request, school)) for school in {school.pk: school for school in schools}.values()]
    managed = {school.pk for school in schools_where(request, Permission.SCHOOL_ADVISORIES)}
    found = [advisory for _school, advisories in groups for advisory in advisories]
    if len(found) == 1 and not managed:
        return redirect("advisories:board", found[0].pk)
    return render(request, "advisories/index.html", {"groups": groups, "managed": managed})


def _advisories(request, school):
    day = school.today()
    advisories = list(advisories_of(request, school, day).prefetch_related(charges_on(day), seats_on(day)))
    for advisory in advisories:
        advisory.warning = size_warning(advisory, len(advisory.seated))
    return advisories


@for_advisory(SEE)
def show(request, advisory):
    """The board for whoever works with the group; for its students, who is in it and today's word."""
    circle = circle_on(advisory, request.day)
    context = {"advisory": advisory, "circle": circle, "charges": advisory.in_charge, "day": request.day}
    if RUN not in request.can and not staff_roles(request):
        context["students"] = seated_students(advisory, request.day)
        return render(request, "advisories/group.html", context)
    rows = board(advisory, request.day)
    context |= {"rows": rows, "mixed": mixed_ages(rows), "warning": size_warning(advisory, len(rows))}
    return render(request, "advisories/board.html", context)
