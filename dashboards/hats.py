"""Which hats the signed-in person wears: student, parent, mentor, with an advisory, in touch with
former students, for a school, for a network."""

from dataclasses import dataclass, field

from common.prepared import Prepared
from schools.access import staff_roles
from schools.models import StaffRole
from schools.roles import Role
from students.models import TeamMember


@dataclass
class Hats:
    student: list[TeamMember] = field(default_factory=list)
    parent: list[TeamMember] = field(default_factory=list)
    mentor: list[TeamMember] = field(default_factory=list)
    adviser: list[TeamMember] = field(default_factory=list)
    specialist: list[TeamMember] = field(default_factory=list)
    alumni: list[TeamMember] = field(default_factory=list)
    staff: list[StaffRole] = field(default_factory=list)

    def staff_in(self, role: str) -> list[StaffRole]:
        return [row for row in self.staff if row.role == role]


HAT_OF = {
    Role.STUDENT: "student", Role.PARENT: "parent", Role.MENTOR: "mentor", Role.ADVISER: "adviser",
    Role.COVER: "adviser", Role.SPECIALIST: "specialist", Role.COMMISSIONER: "specialist",
    Role.ALUMNI_CONTACT: "alumni",
}  # fmt: skip


_rows_of = Prepared(
    lambda user: TeamMember.objects.filter(user=user).select_related("student__user", "student__school")
)


def hats_of(request) -> Hats:
    """Team rows open on each school's own day, with the students' names: one query a request."""
    if not hasattr(request, "_hats"):
        request._hats = _hats_of(request)
    return request._hats


def _hats_of(request) -> Hats:
    hats = Hats(staff=staff_roles(request))
    rows = _rows_of(user=request.user.pk)
    for row in sorted(rows, key=lambda row: row.student.user.search_name):
        hat = getattr(hats, HAT_OF.get(row.role, ""), None)
        if hat is None or not row.holds(row.student.school.today()):
            continue
        if row.student_id not in {known.student_id for known in hat}:
            hat.append(row)
    return hats
