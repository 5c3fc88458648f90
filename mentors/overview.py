"""What this room shows on a student's pages: each loader asks the door and answers None to show nothing."""

from common.prepared import Prepared
from mentors.models import Mentorship
from schools.roles import Permission

_mentorships = Prepared(
    lambda student, day: (
        Mentorship.objects.on(day)
        .filter(student=student)
        .select_related("mentor__user", "mentor__organisation__merged_into")
    )
)


def mentors_of(page, request):
    """A student's mentors of today, where one may see who is on the team."""
    if Permission.TEAM_SEE not in request.can:
        return None
    rows = _mentorships(student=page.student.pk, day=request.day)
    return {"student": page.student, "rows": rows, "can": request.can}


def way_to_mentors(student, request):
    return {"student": student} if Permission.TEAM_EDIT in request.can else None
