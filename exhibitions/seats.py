"""The door of panels: a seat opens one exhibition to one person, while the reason for it lasts (decision 0018)."""

import datetime

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from exhibitions.models import Evidence, Seat
from schools.models import StaffRole
from schools.roles import WHOLE_SCHOOL_ROLES, Role
from students.models import Student, TeamMember

# The purpose of the one-purpose link by which guests come.
PANEL = "panel"
# For so long after the window's last day a seat can be opened: to correct, to agree, to read.
OPEN_AFTER = datetime.timedelta(days=15)
As = Seat.As
# In which order somebody with several roles on the team sits.
OF_TEAM = {
    Role.STUDENT: As.STUDENT, Role.ADVISER: As.ADVISER, Role.COVER: As.STAFF, Role.SPECIALIST: As.STAFF,
    Role.PARENT: As.PARENT, Role.MENTOR: As.MENTOR,
}  # fmt: skip
# Cover and specialists are asked by hand.
SEATED_AT_FIRST = (As.STUDENT, As.ADVISER, As.PARENT, As.MENTOR)
ROLES_OF = {
    As.STUDENT: [Role.STUDENT], As.PARENT: [Role.PARENT], As.MENTOR: [Role.MENTOR],
    As.ADVISER: [Role.ADVISER, Role.COVER],
}  # fmt: skip


def team_kinds(student: Student, on: datetime.date) -> dict[int, str]:
    """As what each of the student's team sits on the panel, by the person's id."""
    rows = TeamMember.objects.on(on).filter(student=student, user__closed_at__isnull=True)
    found: dict[int, str] = {}
    order = list(OF_TEAM)
    for row in sorted((row for row in rows if row.role in OF_TEAM), key=lambda row: order.index(row.role)):
        found.setdefault(row.user_id, OF_TEAM[row.role])
    return {user_id: kind for user_id, kind in found.items() if kind in SEATED_AT_FIRST}


def open_seats(user, on: datetime.date):
    """The person's seats that open today."""
    return holding(on).filter(user=user)


def holding(on: datetime.date):
    """Everybody's seats that open on that day: not left, in time, and still held for a reason. Who is on the panel as
    family, mentor or adviser must still be that to the student, staff still at the school, a peer still enrolled."""
    team = TeamMember.objects.on(on).filter(student=OuterRef("exhibition__student"), user=OuterRef("user"))
    staff = StaffRole.objects.on(on).filter(school=OuterRef("exhibition__school"), user=OuterRef("user"))
    peers = Student.objects.filter(school=OuterRef("exhibition__school"), user=OuterRef("user")).enrolled(on)
    holds = Q(kind=As.GUEST)
    for kind, roles in ROLES_OF.items():
        holds |= Q(Exists(team.filter(role__in=roles)), kind=kind)
    holds |= Q(Exists(staff.filter(role__in=WHOLE_SCHOOL_ROLES)), kind=As.ADVISER)
    holds |= Q(Exists(staff), kind=As.STAFF) | Q(Exists(peers), kind=As.PEER)
    rows = Seat.objects.kept().filter(exhibition__window__last_on__gt=on - OPEN_AFTER)
    return rows.filter(holds).with_all()


def shown_at(exhibition):
    """What is shown at an exhibition, in its order: the evidence that its panel may open."""
    rows = Evidence.objects.kept().filter(shown_at__exhibition=exhibition, ready_at__isnull=False)
    return rows.with_files().order_by("shown_at__order", "shown_at__id")


def name_for(seat: Seat, viewer: Seat | None, sees_family: bool = False) -> str:
    """The name of somebody on the panel as `viewer` may know it: guardians may be hidden from each other."""
    hides = (
        seat.kind == As.PARENT
        and viewer is not None
        and viewer.kind == As.PARENT
        and viewer.user_id != seat.user_id
        and not sees_family
        and not seat.exhibition.student.school.guardians_see_each_other
    )
    return _("Family") if hides else seat.user.name
