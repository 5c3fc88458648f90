"""The figures of those who left, by class: what became of them."""

from functools import cached_property

from outcomes.cohorts import Cohort
from outcomes.figure import Figure
from outcomes.models import Leaver


class Facts:
    """What the figures of a class are worked out from, each read once for all who left in it."""

    def __init__(self, cohort: Cohort):
        self.cohort = cohort

    @cached_property
    def ids(self) -> list[int]:
        rows = Leaver.objects.standing().filter(school=self.cohort.school, class_of=int(self.cohort.key))
        return list(rows.values_list("student", flat=True))


FIGURES: list[Figure] = []
