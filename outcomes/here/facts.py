"""What the figures of a term are worked out from, each read once for all of its students."""

import datetime
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from django.db.models import F

from internships.models import Rules
from outcomes.cohorts import Cohort
from students.models import Enrolment

DAY = datetime.timedelta(days=1)


class Stay(NamedTuple):
    """One student's time at the school that the term falls in: since when, moving up a grade beginning nothing anew,
    and until which day (of somebody who is still there, the cohort's day)."""

    starts_on: datetime.date
    last_day: datetime.date


class Facts:
    """`passed` is the last day of the term that is over: of today nobody can say yet what was missed."""

    def __init__(self, cohort: Cohort):
        self.cohort, self.school, self.term = cohort, cohort.school, cohort.term
        self.first, self.day, self.passed = cohort.first, cohort.day, cohort.passed or cohort.day
        self._found: dict[Callable, object] = {}

    def ask(self, read: Callable[["Facts"], object]):
        """What `read` finds of this cohort, read once however many figures ask."""
        if read not in self._found:
            self._found[read] = read(self)
        return self._found[read]

    @cached_property
    def stays(self) -> dict[int, Stay]:
        """Who was enrolled on any day of the term until the cohort's day."""
        in_term = Enrolment.objects.overlapping(self.first, self.day + DAY).filter(student__school=self.school)
        rows = Enrolment.objects.filter(student__in=in_term.values("student"), starts_on__lte=self.day)
        rows = rows.exclude(ends_on=F("starts_on")).order_by("student", "starts_on")
        stretches: dict[int, list] = defaultdict(list)
        for student, starts, ends in rows.values_list("student", "starts_on", "ends_on"):
            of_student = stretches[student]
            if of_student and of_student[-1][1] == starts:
                of_student[-1][1] = ends
            else:
                of_student.append([starts, ends])
        return {pk: self._stay(*found[-1]) for pk, found in stretches.items()}

    def _stay(self, starts, ends) -> Stay:
        return Stay(starts, self.day if ends is None else min(self.day, ends - DAY))

    @cached_property
    def ids(self) -> list[int]:
        return sorted(self.stays)

    @cached_property
    def here(self) -> list[int]:
        """Who is enrolled on the cohort's day."""
        return [pk for pk in self.ids if self.stays[pk].last_day == self.day]

    def began(self, pk: int) -> datetime.date:
        """From when something of the term can be asked of a student: its first day, or their own."""
        return max(self.stays[pk].starts_on, self.first)

    @cached_property
    def rules(self) -> Rules:
        return Rules.of(self.school)

    def day_of(self, moment: datetime.datetime) -> datetime.date:
        """The school's day of a moment."""
        return moment.astimezone(self.school.zone).date()

    def start_of(self, day: datetime.date) -> datetime.datetime:
        """When a day begins at the school."""
        return datetime.datetime.combine(day, datetime.time(), self.school.zone)
