"""People whom a school has already, so that a second child's mother is the same person and not a second one."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common.names import fold
from schools.models import School, StaffRole
from schools.roles import Role
from students.models import Guardianship, TeamMember

MOST = 6


def adults_of(school: School):
    """Everyone who works in this school, or looks after or works with one of its students, now or before."""
    staff = StaffRole.objects.filter(school=school, user=OuterRef("pk"))
    team = TeamMember.objects.filter(school=school, user=OuterRef("pk")).exclude(role=Role.STUDENT)
    family = Guardianship.objects.filter(student__school=school, user=OuterRef("pk"))
    return User.objects.open().filter(Exists(staff) | Exists(team) | Exists(family))


def likely_people(school: School, *, given_name="", family_name="", email="") -> list[User]:
    """Adults of the school with this e-mail address, or with both of these names."""
    alike = Q(email__iexact=email) if email else Q()
    words = fold(f"{given_name} {family_name}").split()
    if words:
        named = Q()
        for word in words:
            named &= Q(search_name__contains=word)
        alike |= named
    return list(adults_of(school).filter(alike)[:MOST]) if alike else []


def clue(user: User) -> str:
    """Enough to tell two people of one name apart, without handing out an address."""
    name, at, place = user.email.partition("@")
    return f"{name[:1]}…@{place}" if at else ""
