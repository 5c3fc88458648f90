"""Who sees which of this room's links around every page, and in whose name letters go out."""

from common.addresses import address
from schools.access import networks_of, schools_where
from schools.models import School
from schools.roles import Permission


def has_settings(request) -> bool:
    return bool(schools_where(request, Permission.SCHOOL_SETTINGS))


def network(request) -> str | None:
    """The page of the network that somebody leads; the others are linked from it."""
    led = networks_of(request)
    return address("schools:network", led[0].pk) if led else None


def sender(school_id: int) -> dict | None:
    """A school as letters and e-mails name it."""
    return School.objects.filter(pk=school_id).values("name", "place", "phone", "language").first()
