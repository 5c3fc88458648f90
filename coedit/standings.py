"""How many people stand to many texts, in one statement: the live writer asks this in every batch.

Written out, because the ORM would build the statement anew each time, which takes several times as long as the answer.
What a standing means is decided where it always is: students/access.py and coedit/access.py.
"""

import datetime
import zoneinfo
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from accounts.models import User
from coedit.reads import Read
from schools.models import StaffRole
from schools.roles import WHOLE_SCHOOL_ROLES
from students.access import Standing, standing_of
from students.models import TeamMember

_TEAM, _STAFF = "team", "staff"


class Place(NamedTuple):
    """Where a text stands: whose it is, in which school, on which day there."""

    student_id: int
    school_id: int
    day: datetime.date


def place_of(text) -> Place:
    """`text` is a row with `student_id`, `school_id` and its school's `time_zone`."""
    day = timezone.now().astimezone(zoneinfo.ZoneInfo(text.time_zone)).date()
    return Place(text.student_id, text.school_id, day)


class _Row(NamedTuple):
    source: str
    user_id: int
    # The student of a place on the team, the school of a staff role.
    of_id: int
    role: str
    may_write: bool
    may_sign: bool
    cause: str
    starts_on: datetime.date
    ends_on: datetime.date | None

    def holds(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


def standings(pairs: set[tuple[int, Place]]) -> dict[tuple[int, Place], Standing]:
    """How each (user id, place) stands. People whose account is closed stand to nobody."""
    if not pairs:
        return {}
    rows = _rows({user for user, _place in pairs}, {place for _user, place in pairs})
    return {(user, place): _standing(rows, user, place) for user, place in pairs}


def _standing(rows, user, place):
    held = [row for row in rows if row.user_id == user and row.holds(place.day)]
    team = [row for row in held if row.source == _TEAM and row.of_id == place.student_id]
    staff = [row.role for row in held if row.source == _STAFF and row.of_id == place.school_id]
    return standing_of(user, team, staff)


def _rows(users, places) -> list[_Row]:
    students, schools = {place.student_id for place in places}, {place.school_id for place in places}
    latest, earliest = (
        connection.ops.adapt_datefield_value(pick(place.day for place in places)) for pick in (max, min)
    )
    rows = _STATEMENT.rows(
        users=list(users), students=list(students), schools=list(schools), latest=latest, earliest=earliest
    )
    return [_Row(*row) for row in rows]


_ROLES = ", ".join(f"'{role}'" for role in WHOLE_SCHOOL_ROLES)

_STATEMENT = Read(
    f"""
    SELECT '{_TEAM}', m.user_id, m.student_id, m.role, m.may_write, m.may_sign, m.cause, m.starts_on, m.ends_on
    FROM {TeamMember._meta.db_table} m JOIN {User._meta.db_table} u ON u.id = m.user_id AND u.is_active
    WHERE m.user_id {{users}} AND m.student_id {{students}}
    AND m.starts_on <= {{latest}} AND (m.ends_on IS NULL OR m.ends_on > {{earliest}})
    UNION ALL
    SELECT '{_STAFF}', r.user_id, r.school_id, r.role, u.is_active, u.is_active, '', r.starts_on, r.ends_on
    FROM {StaffRole._meta.db_table} r JOIN {User._meta.db_table} u ON u.id = r.user_id AND u.is_active
    WHERE r.user_id {{users}} AND r.school_id {{schools}} AND r.role IN ({_ROLES})
    AND r.starts_on <= {{latest}} AND (r.ends_on IS NULL OR r.ends_on > {{earliest}})
    """,  # noqa: S608 (our own tables)
    lists=("users", "students", "schools"),
    singles=("latest", "earliest"),
)
