"""People whom a school has already, so that a second child's mother is the same person and not a second one."""

from django.db.models import Exists, OuterRef, Q

from accounts.models import User
from common.names import fold
from schools.models import School, StaffRole
from schools.roles import Role
from students.models import Guardianship, TeamMember

MOST = 6
LOOKED_AT = 300


def adults_of(school: School):
    """Everyone who works in this school, or looks after or works with one of its students, now or before."""
    staff = StaffRole.objects.filter(school=school, user=OuterRef("pk"))
    team = TeamMember.objects.filter(school=school, user=OuterRef("pk")).exclude(role=Role.STUDENT)
    family = Guardianship.objects.filter(student__school=school, user=OuterRef("pk"))
    return User.objects.open().filter(Exists(staff) | Exists(team) | Exists(family))


def likely_people(school: School, *, given_name="", family_name="", email="") -> list[User]:
    """Adults of the school with this e-mail address, or with both of these names."""
    words = fold(f"{given_name} {family_name}").split()
    named = Q(*[Q(search_name__contains=word) for word in words])
    alike = (Q(email__iexact=email) if email else Q()) | (named if words else Q())
    if not alike:
        return []
    # A name of one letter is part of most: only whole words are the same name.
    found = [user for user in adults_of(school).filter(alike)[:LOOKED_AT] if _is_alike(user, words, email)]
    return found[:MOST]


def _is_alike(user, words, email) -> bool:
    same_address = bool(email) and user.email.lower() == email.lower()
    return same_address or (bool(words) and set(words) <= set(user.search_name.split()))


def clue(user: User) -> str:
    """Enough to tell two people of one name apart, without handing out an address."""
    name, at, place = user.email.partition("@")
    return f"{name[:1]}…@{place}" if at else ""
