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
# For so long after the window's last day a guest's or a peer's seat can be opened: to correct, to agree, to read.
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


def team_kinds(student: Student, on: datetime.date, *, everybody=False) -> dict[int, str]:
    """As what each of the student's team sits on the panel, by the person's id: those who are seated at first, or
    `everybody` who can be asked."""
    rows = TeamMember.objects.on(on).filter(student=student, user__closed_at__isnull=True)
    found: dict[int, str] = {}
    order = list(OF_TEAM)
    for row in sorted((row for row in rows if row.role in OF_TEAM), key=lambda row: order.index(row.role)):
        found.setdefault(row.user_id, OF_TEAM[row.role])
    return {user_id: kind for user_id, kind in found.items() if everybody or kind in SEATED_AT_FIRST}


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
    # Who belongs to the student or the school comes back later too: to read, and to correct where that was begun.
    in_time = Q(exhibition__window__last_on__gt=on - OPEN_AFTER) | ~Q(kind__in=(As.GUEST, As.PEER))
    return Seat.objects.kept().filter(holds, in_time).with_all()


def is_to_rate(exhibition, user, on: datetime.date) -> bool:
    """Whether this person has a seat that opens, and has not handed in: then they are not shown what others say."""
    return open_seats(user, on).filter(exhibition=exhibition, handed_in_at__isnull=True).exists()


def shown_at(exhibition):
    """What is shown at an exhibition, in its order: the evidence that its panel may open."""
    rows = Evidence.objects.kept().filter(shown_at__exhibition=exhibition, ready_at__isnull=False)
    return rows.with_files().order_by("shown_at__order", "shown_at__id")


def guardians_of(student) -> set[int]:
    """Who was ever a guardian on the student's team, by id: they may be hidden from each other."""
    return set(TeamMember.objects.filter(student=student, role=Role.PARENT).values_list("user_id", flat=True))


def name_for(seat: Seat, viewer: Seat, guardians: set[int]) -> str:
    """The name of somebody on the panel as `viewer` may know it: guardians may be hidden from each other, also where
    one of them sits there as something else. Staff know everybody."""
    hides = (
        seat.user_id in guardians
        and viewer.user_id in guardians
        and viewer.kind not in (As.ADVISER, As.STAFF)
        and viewer.user_id != seat.user_id
        and not seat.exhibition.student.school.guardians_see_each_other
    )
    return _("Family") if hides else seat.user.name
