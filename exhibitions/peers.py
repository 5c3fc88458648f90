"""Who sits in a student's advisory: fellow students at rehearsals and on panels."""

import datetime

from advisories.models import Seat as AdvisorySeat
from students.models import Student


def fellows(student: Student, on: datetime.date) -> list[Student]:
    """The other students of the advisory on that day, by name; two queries."""
    mine = AdvisorySeat.objects.on(on).filter(student=student).values("advisory")
    rows = Student.objects.filter(
        pk__in=AdvisorySeat.objects.on(on).filter(advisory__in=mine).values("student")
    ).exclude(pk=student.pk)
    return list(rows.select_related("user").order_by("user__search_name", "pk"))
