"""What this room shows on pages of the rooms below: each loader asks the door and answers None to show nothing."""

from internships.expected import expected_on
from internships.models import Opportunity, Placement
from schools.roles import Permission


def my_day(student, request):
    """Where the student is expected today, on their home; nothing on other days."""
    found = expected_on(Placement.objects.filter(student=student), student.school.today())
    return {"student": student, "days": found} if found else None


def offered_by(organisation, request):
    """What an organisation offers, on its own page."""
    if Permission.SCHOOL_MENTORS not in request.can:
        return None
    rows = Opportunity.objects.filter(organisation__in=organisation.all_its_rows())
    offered = rows.offered(organisation.school.today()).select_related("mentor__user")
    return {"organisation": organisation, "opportunities": offered}
