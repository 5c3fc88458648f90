"""Who is where today: one line a student, those of whom nobody has heard first, by advisory or by place."""

import datetime
from collections import defaultdict
from dataclasses import dataclass

from accounts.models import User
from advisories.models import Seat
from internships.expected import TONES, Expected, Status, expected_between
from internships.models import Placement, Rules
from schools.models import School
from schools.roles import Permission
from students.models import Guardianship, Student

# The order in which they are counted and shown.
ORDER = [Status.NOT_HEARD, Status.LATE, Status.IN, Status.OUT, Status.ABSENT, Status.EXPECTED]


@dataclass(frozen=True)
class Line:
    """One student on site, or not, on one day."""

    one: Expected
    status: str
    advisory: str
    family: tuple[User, ...] = ()

    @property
    def words(self) -> str:
        return str(Status(self.status).label)

    @property
    def tone(self) -> str:
        return TONES[self.status]

    @property
    def student(self) -> Student:
        return self.one.placement.student

    @property
    def mentor(self):
        return next(iter(self.one.placement.mentors_on(self.one.date)), None)


def lines(
    school: School, viewer: User, first: datetime.date, last: datetime.date, now: datetime.datetime
) -> list[Line]:
    """For the students whom `viewer` may see: by day, then by how much they need somebody, then by name."""
    seen = Student.objects.filter(school=school).open_to(viewer, Permission.PLACEMENT_SEE, school.today())
    found = expected_between(Placement.objects.filter(school=school, student__in=seen), first, last)
    rules = Rules.of(school)
    seats = Seat.objects.on(last).filter(student__in={one.placement.student_id for one in found})
    advisory = dict(seats.values_list("student_id", "advisory__name"))
    statuses = [(one, one.status(now, rules)) for one in found]
    missed = {one.placement.student_id for one, status in statuses if status == Status.NOT_HEARD}
    family = _families(missed, viewer, school.today())
    rows = [
        Line(one, status, advisory.get(one.placement.student_id, ""), tuple(family[one.placement.student_id]))
        for one, status in statuses
    ]
    return sorted(rows, key=lambda row: (row.one.date, ORDER.index(row.status), row.student.user.search_name))


def _families(students: set[int], viewer: User, day: datetime.date) -> dict[int, list[User]]:
    """Whom to call at home, by student, for those whose guardians `viewer` may know; who is barred is not called."""
    seen = Student.objects.filter(pk__in=students).open_to(viewer, Permission.GUARDIANS_SEE, day)
    rows = Guardianship.objects.on(day).filter(student__in=seen).exclude(rights=Guardianship.Rights.BARRED)
    rows = rows.exclude(user__phone="").select_related("user").order_by("-is_emergency_contact", "pk")
    found: dict[int, list[User]] = defaultdict(list)
    for row in rows:
        found[row.student_id].append(row.user)
    return found


def counts(rows: list[Line]) -> list[tuple[str, str, str, int]]:
    """(status, words, tone, how many), in the order of the board."""
    return [(status, status.label, TONES[status], sum(row.status == status for row in rows)) for status in ORDER]


def grouped(rows: list[Line], by: str) -> list[tuple[str, list[Line]]]:
    """By `site` or by advisory, each with its name, in their alphabet."""
    groups: dict[str, list[Line]] = defaultdict(list)
    for row in rows:
        groups[row.one.placement.place.name if by == "site" else row.advisory].append(row)
    return sorted(groups.items(), key=lambda group: group[0].casefold())
