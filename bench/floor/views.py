from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render

from bench.floor.models import Goal, Group

ROWS = 30


@login_required
def group(request):
    """A teacher's group: five queries beside the session's and the user's."""
    group = Group.objects.get(teacher=request.user)
    goals = group.goals.select_related("student").order_by("due_on")
    context = {
        "group": group,
        "students": list(group.students.order_by("name")),
        "goals": list(goals[:ROWS]),
        "open": group.goals.filter(state=Goal.State.OPEN).count(),
        "evidence": group.evidence.order_by("-made_on").first(),
    }
    return render(request, "group.html", context)


def student(request, student_id):
    """Where the page's links lead: it gives them their addresses, and holds nothing."""
    raise Http404
