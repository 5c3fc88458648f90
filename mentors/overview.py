"""What this room shows on a student's pages: each loader asks the door and answers None to show nothing."""

from schools.roles import Permission


def mentors_of(page, request):
    """A student's mentors of today, where one may see who is on the team."""
    if Permission.TEAM_SEE not in request.can:
        return None
    rows = page.student.mentorships.on(request.day).select_related("mentor__user", "mentor__organisation")
    return {"student": page.student, "rows": rows, "can": request.can}


def way_to_mentors(student, request):
    return {"student": student} if Permission.TEAM_EDIT in request.can else None
