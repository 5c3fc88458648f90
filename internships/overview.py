"""What this room shows on pages of the rooms below: each loader asks the door and answers None to show nothing."""

from internships.models import Opportunity
from schools.roles import Permission


def offered_by(organisation, request):
    """What an organisation offers, on its own page."""
    if Permission.SCHOOL_MENTORS not in request.can:
        return None
    rows = Opportunity.objects.filter(organisation__in=organisation.all_its_rows())
    offered = rows.offered(organisation.school.today()).select_related("mentor__user")
    return {"organisation": organisation, "opportunities": offered}
