"""What the figures of a class are worked out from, each read once for all who left in it."""

import datetime
from collections import defaultdict
from functools import cached_property
from typing import NamedTuple

from django.db.models import BigIntegerField, Value

from common.prepared import Prepared
from outcomes.after.known import PLACES, Rows, Window, works, years_after
from outcomes.clearinghouse import first_autumn
from outcomes.cohorts import Cohort
from outcomes.models import Destination, Leaver
from schools.models import School

How = Leaver.How
GONE = (How.MOVED, How.DIED)


class Left(NamedTuple):
    """Somebody who left: on which day, their first without, and how."""

    left_on: datetime.date
    how: str

    @property
    def first_autumn(self) -> Window:
        return first_autumn(self.left_on - datetime.timedelta(days=1))

    @property
    def next_autumn(self) -> Window:
        first, last = self.first_autumn
        return years_after(first, 1), years_after(last, 1)


class Told(NamedTuple):
    """What the figures read of a destination. A class has hundreds of them, and most of one is not asked for."""

    pk: int
    kind: str
    level: str
    starts_on: datetime.date
    ends_on: datetime.date | None
    said_on: datetime.date
    through_internship: bool | None
    placement_id: int | None

    known_until = Destination.known_until
    covers = Destination.covers


def _of_class(rows, school, year, day, at=""):
    # By itself no year may be as great as what stands for it while the query is prepared.
    year = Value(year, BigIntegerField())
    asked = {"school": school, "class_of": year, "left_on__lte": day, "taken_back_at__isnull": True}
    return rows.filter(**{at + name: value for name, value in asked.items()})


_leavers = Prepared(
    lambda school, year, day: (
        _of_class(Leaver.objects, school, year, day).order_by("student").values_list("student", "left_on", "how")
    )
)
_told = Prepared(
    lambda school, year, day: (
        _of_class(Destination.objects.standing(), school, year, day, at="student__leavers__")
        .order_by("starts_on", "pk").values_list("student", *Told._fields)
    )
)  # fmt: skip


class Facts:
    def __init__(self, cohort: Cohort):
        self.cohort, self.school, self.day = cohort, cohort.school, cohort.day

    @cached_property
    def leavers(self) -> dict[int, Left]:
        """Who left by the cohort's day: a leaving that is to come is none yet, and one that was taken back none."""
        return {pk: Left(left_on, how) for pk, left_on, how in _leavers(**self._of)}

    @property
    def _of(self) -> dict:
        return {"school": self.school.pk, "year": int(self.cohort.key), "day": self.day}

    @cached_property
    def ids(self) -> list[int]:
        return list(self.leavers)

    @cached_property
    def everybody(self) -> dict[int, Left]:
        """Of all who left, those whom the school answers for: neither moved to another school, nor died."""
        return {pk: one for pk, one in self.leavers.items() if one.how not in GONE}

    @cached_property
    def finishers(self) -> dict[int, Left]:
        """Who finished, or may have; in England everybody, since no diploma ends the time at school."""
        if self.school.system == School.System.ENGLAND:
            return self.everybody
        return {pk: one for pk, one in self.everybody.items() if one.how in (How.GRADUATED, How.NOT_KNOWN)}

    @property
    def places(self) -> frozenset[str]:
        """The levels that are a place to go on learning in this system."""
        return PLACES[self.school.system]

    @cached_property
    def _rows(self) -> dict[int, list[Told]]:
        found: dict[int, list[Told]] = defaultdict(list)
        for student, *row in _told(**self._of):
            found[student].append(Told(*row))
        return found

    def rows(self, pk: int) -> Rows:
        """What holds of what is known of one of them."""
        return self._rows.get(pk, ())

    def jobs(self, pk: int) -> list[Told]:
        """The jobs of somebody who went straight to work; through which placement they came stands in them."""
        return works(self.rows(pk), self.leavers[pk].first_autumn)

    def has_begun(self, window: Window) -> bool:
        return window[0] <= self.day
