"""Who sits in a student's advisory: fellow students at rehearsals and on panels."""

import datetime

from advisories.models import Seat as AdvisorySeat
from exhibitions.models import Rehearsal
from students.models import Student


def fellows(student: Student, on: datetime.date) -> list[Student]:
    """The other students of the advisory on that day, by name; two queries."""
    mine = AdvisorySeat.objects.on(on).filter(student=student).values("advisory")
    rows = Student.objects.filter(
        pk__in=AdvisorySeat.objects.on(on).filter(advisory__in=mine).values("student")
    ).exclude(pk=student.pk)
    return list(rows.select_related("user").order_by("user__search_name", "pk"))


def rehearsals_for(user, now: datetime.datetime) -> list[Rehearsal]:
    """Rehearsals of fellow students that are not long over, the next first."""
    found = []
    for mine in Student.objects.filter(user=user).select_related("school"):
        day = now.astimezone(mine.school.zone).date()
        rows = Rehearsal.objects.filter(
            exhibition__student__in=fellows(mine, day), exhibition__window__last_on__gte=day
        )
        found += rows.select_related("exhibition__student__user", "exhibition__window")
    return sorted(found, key=lambda one: one.held_on)
