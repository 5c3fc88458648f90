"""When somebody of the school last reached the people on site, about a student or at all."""

import datetime

from django.db.models import Max, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest

from internships.models import Placement
from mentors.models import OrganisationContact

REACHED = ~Q(kind=OrganisationContact.Kind.NO_ANSWER)


def with_last_contact(placements):
    """Leaves `reached_at`: when a mentor of the placement, or somebody there about this student, was reached."""
    reached = OrganisationContact.objects.filter(REACHED).order_by()
    about = reached.filter(visit__placement=OuterRef("pk")).values("visit__placement")
    mentor = reached.filter(mentor__placements__placement=OuterRef("pk")).values("mentor__placements__placement")
    newest = {"newest": Max("at")}
    of_student = Subquery(about.annotate(**newest).values("newest"))
    of_mentor = Subquery(mentor.annotate(**newest).values("newest"))
    # A database's greatest of a value and nothing is nothing on one of the two.
    return placements.annotate(reached_at=Greatest(Coalesce(of_student, of_mentor), Coalesce(of_mentor, of_student)))


def days_since_contact(placement: Placement, day: datetime.date) -> int:
    """Since the last contact, or since the start where there was none."""
    found = with_last_contact(Placement.objects.filter(pk=placement.pk)).get()
    return days_quiet(found, placement.school.zone, day)


def days_quiet(placement, zone, day: datetime.date) -> int:
    """Of a placement read by `with_last_contact`."""
    since = placement.starts_on
    if placement.reached_at is not None:
        since = max(since, placement.reached_at.astimezone(zone).date())
    return max((day - since).days, 0)
