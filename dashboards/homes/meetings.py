import datetime

from django.utils import timezone

from common.prepared import Prepared
from dashboards.homes.part import Part
from plans.models import Invitation

# How long a meeting that has begun still stands here.
STILL_NAMED = datetime.timedelta(hours=1)

_to_come = Prepared(
    lambda user, since: (
        Invitation.objects.to_come(since)
        .filter(user=user)
        .select_related("meeting__plan__student__user", "meeting__plan__student__school")
    )
)


def parts(request, hats) -> list[Part]:
    """The plan meetings to come that I am invited to, of students on whose team I am today."""
    students = {row.student_id for row in (*hats.student, *hats.parent, *hats.mentor, *hats.adviser, *hats.specialist)}
    if not students:
        return []
    invited = [row.meeting for row in _to_come(user=request.user.pk, since=timezone.now() - STILL_NAMED)]
    mine = (meeting for meeting in invited if meeting.plan.student_id in students)
    meetings = sorted(mine, key=lambda meeting: meeting.starts_at)
    return [Part("dashboards/homes/_meetings.html", {"meetings": meetings})] if meetings else []
