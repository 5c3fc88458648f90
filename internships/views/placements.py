from django.shortcuts import get_object_or_404, render

from internships.models import Placement
from schools.roles import Permission, Role
from students.access import for_student

# Who sees every placement of a student; a mentor sees their own.
ONLY_OWN = {Role.MENTOR}


def placements_seen(request, student):
    """The student's placements that this person may see: a mentor those that they are on the team for."""
    found = Placement.objects.filter(student=student).with_place()
    if request.standing.roles <= ONLY_OWN:
        keys = [cause.partition(":")[2] for cause in request.standing.causes if cause.startswith("placement:")]
        found = found.filter(pk__in=keys)
    return found


@for_student(Permission.PLACEMENT_SEE)
def index(request, student):
    """Where the student is and was on site."""
    return render(
        request, "internships/placements.html", {"student": student, "placements": placements_seen(request, student)}
    )


@for_student(Permission.PLACEMENT_SEE)
def show(request, student, placement_id):
    """One placement: where, with whom, when, and how it stands."""
    placement = get_object_or_404(placements_seen(request, student), pk=placement_id)
    return render(request, "internships/placement.html", {"student": student, "placement": placement})
