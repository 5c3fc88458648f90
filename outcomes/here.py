"""The figures of students while they are here, over one term."""

from functools import cached_property

from outcomes.cohorts import Cohort
from outcomes.figure import Figure
from students.models import Student


class Facts:
    """What the figures of a term are worked out from, each read once for all of its students."""

    def __init__(self, cohort: Cohort):
        self.cohort = cohort

    @cached_property
    def ids(self) -> list[int]:
        """Who was enrolled on any day of the term until `cohort.day`."""
        return list(Student.objects.none().values_list("pk", flat=True))


FIGURES: list[Figure] = []
