"""What somebody may do at one placement of a student: mentoring counts only where one mentors."""

from internships.models import Placement
from schools.access import Can
from schools.roles import Permission
from students.access import Standing


def permissions_at(placement: Placement, standing: Standing) -> Can:
    """All that the person's roles give at a placement of theirs; elsewhere what their other roles give."""
    return permissions_for(placement.cause, standing)


def permissions_for(cause: str, standing: Standing) -> Can:
    """The same of the cause that the placement is on the team for."""
    return standing.permissions if cause in standing.causes else standing.beside_mentoring


def seen_at(placements, standing: Standing, permission=Permission.PLACEMENT_SEE) -> list[Placement]:
    """Those of a student's placements at which the person holds `permission`."""
    return [placement for placement in placements if permission in permissions_at(placement, standing)]
