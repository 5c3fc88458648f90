"""Whether teams are as their causes say: a seat and a charge, a guardianship, a mentorship, a leaving each give
somebody a place.

Actions write a place in the same transaction as its cause, so the two should never differ. This looks whether they do.
"""

import datetime
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from advisories.models import Charge, Seat
from internships.models import PlacementMentor
from mentors.models import Mentorship
from outcomes.contacts import contacts_of, in_touch
from schools.models import School, StaffRole
from schools.roles import Role
from students.models import Guardianship, Student, TeamMember


class Kind(models.TextChoices):
    MISSING = "missing", _("is not on the team, and should be")
    EXTRA = "extra", _("is on the team without a cause")
    OTHER = "other", _("is on the team with another role or other rights")
    HOMELESS = "homeless", _("has an advisory in charge and no role at the school")


@dataclass(frozen=True)
class Place:
    """Somebody's place on a team: for which cause, in which role, with which rights."""

    student_id: int
    user_id: int
    cause: str
    role: str
    may_write: bool = True
    may_sign: bool = True
    # The first day on which the cause no longer holds; a place that has to be given again ends with it.
    until: datetime.date | None = field(default=None, compare=False)

    @property
    def key(self) -> tuple[int, int, str]:
        return self.student_id, self.user_id, self.cause


@dataclass(frozen=True)
class Difference:
    kind: Kind
    place: Place

    @property
    def key(self) -> str:
        """What a form sends to name this difference."""
        return f"{self.kind}|{self.place.student_id}|{self.place.user_id}|{self.place.cause}"


Expecter = Callable[[School, datetime.date], Iterable[Place]]


def of_students(school, day):
    for pk, user_id in Student.objects.filter(school=school, started_on__lte=day).values_list("pk", "user_id"):
        yield Place(pk, user_id, f"student:{pk}", Role.STUDENT)


def of_guardianships(school, day):
    for row in Guardianship.objects.on(day).filter(student__school=school):
        if row.is_on_team:
            may_write, may_sign = row.rights != row.Rights.READS, row.rights == row.Rights.SIGNS
            yield Place(row.student_id, row.user_id, row.cause, Role.PARENT, may_write, may_sign, row.ends_on)


def of_mentorships(school, day):
    for row in Mentorship.objects.on(day).filter(school=school).select_related("mentor"):
        yield Place(row.student_id, row.mentor.user_id, row.cause, Role.MENTOR, until=row.ends_on)


def of_placements(school, day):
    begun = {"placement__school": school, "placement__begun_at__isnull": False}
    for row in PlacementMentor.objects.on(day).filter(**begun).select_related("mentor", "placement"):
        place = row.placement
        yield Place(place.student_id, row.mentor.user_id, place.cause, Role.MENTOR, until=row.ends_on or place.ends_on)


def of_advisories(school, day):
    seats: dict[int, list[Seat]] = {}
    for seat in Seat.objects.on(day).filter(advisory__school=school):
        seats.setdefault(seat.advisory_id, []).append(seat)
    for charge in Charge.objects.on(day).filter(advisory__school=school).select_related("advisory"):
        for seat in seats.get(charge.advisory_id, ()):
            until = min((end for end in (charge.ends_on, seat.ends_on) if end), default=None)
            yield Place(seat.student_id, charge.user_id, charge.advisory.cause, charge.team_role, until=until)


def of_leavers(school, day):
    for leaver, user_id in contacts_of(in_touch(school, day), day):
        yield Place(leaver.student_id, user_id, leaver.cause, Role.ALUMNI_CONTACT, until=leaver.in_touch_until)


EXPECTERS: dict[str, Expecter] = {
    "student": of_students, "guardian": of_guardianships, "mentorship": of_mentorships, "advisory": of_advisories,
    "placement": of_placements, "alumni": of_leavers,
}  # fmt: skip


def differences(school: School, day: datetime.date) -> list[Difference]:
    """Every place that is not as its cause says on `day`, and advisers without a role."""
    expected = {place.key: place for expect in EXPECTERS.values() for place in expect(school, day)}
    actual = {place.key: place for place in _actual(school, day)}
    found = [Difference(Kind.MISSING, place) for key, place in expected.items() if key not in actual]
    found += [Difference(Kind.EXTRA, place) for key, place in actual.items() if key not in expected]
    found += [
        Difference(Kind.OTHER, place) for key, place in expected.items() if key in actual and actual[key] != place
    ]
    return found + _homeless(school, day)


def _actual(school, day):
    rows = TeamMember.objects.on(day).filter(school=school)
    for row in rows.values_list("student_id", "user_id", "cause", "role", "may_write", "may_sign"):
        if row[2].partition(":")[0] in EXPECTERS:
            yield Place(*row)


def _homeless(school, day) -> list[Difference]:
    """Those who have an advisory in charge while no role at the school is theirs."""
    staff = StaffRole.objects.on(day).filter(school=school).values("user_id")
    charges = (
        Charge.objects.on(day).filter(advisory__school=school).exclude(user_id__in=staff).select_related("advisory")
    )
    return [Difference(Kind.HOMELESS, Place(0, row.user_id, row.advisory.cause, row.team_role)) for row in charges]
