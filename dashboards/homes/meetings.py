from django.utils import timezone

from dashboards.homes.part import Part
from plans.models import Invitation


def parts(request, hats) -> list[Part]:
    """The plan meetings to come that I am invited to, of students on whose team I am today."""
    students = {row.student_id for row in (*hats.student, *hats.parent, *hats.mentor, *hats.adviser, *hats.specialist)}
    if not students:
        return []
    invitations = Invitation.objects.to_come(timezone.now()).filter(
        user=request.user, meeting__plan__student__in=students
    )
    rows = list(invitations.select_related("meeting__plan__student__user", "meeting__plan__student__school"))
    meetings = sorted((row.meeting for row in rows), key=lambda meeting: meeting.starts_at)
    return [Part("dashboards/homes/_meetings.html", {"meetings": meetings})] if meetings else []
