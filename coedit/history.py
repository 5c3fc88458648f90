"""A text's history as its reader may know it: sittings, who wrote in them, and the versions between."""

import datetime
from dataclasses import dataclass, field

from coedit.access import counted
from coedit.models import Text, Update
from schools.models import StaffRole
from schools.roles import WHOLE_SCHOOL_ROLES, Role
from students.access import Standing
from students.models import TeamMember

GAP = datetime.timedelta(minutes=5)


@dataclass
class Sitting:
    """A stretch of writing without a pause of five minutes; those who wrote at the same time share one."""

    first_id: int
    last_id: int
    starts_at: datetime.datetime
    ends_at: datetime.datetime
    letters: dict[int, int] = field(default_factory=dict)
    # The version just before it.
    before_id: int = 0


def sittings(text: Text, since: int) -> list[Sitting]:
    """What was written after row `since`, the newest first."""
    stretches: list[Sitting] = []
    open_ones: dict[int, Sitting] = {}
    rows = Update.objects.filter(text=text, id__gt=since).order_by("id").values_list("id", "author_id", "at", "length")
    for row_id, author_id, at, length in rows:
        stretch = open_ones.get(author_id)
        if stretch is None or at - stretch.ends_at > GAP:
            stretch = open_ones[author_id] = Sitting(row_id, row_id, at, at, {author_id: 0})
            stretches.append(stretch)
        stretch.last_id, stretch.ends_at = row_id, max(at, stretch.ends_at)
        stretch.letters[author_id] += length
    return list(reversed(_joined(stretches, since)))


def _joined(stretches, since):
    """Stretches of different authors whose rows lie among each other are one sitting."""
    joined: list[Sitting] = []
    for stretch in stretches:
        if joined and stretch.first_id < joined[-1].last_id:
            last = joined[-1]
            last.last_id, last.ends_at = max(last.last_id, stretch.last_id), max(last.ends_at, stretch.ends_at)
            for author, count in stretch.letters.items():
                last.letters[author] = last.letters.get(author, 0) + count
        else:
            stretch.before_id = joined[-1].last_id if joined else since
            joined.append(stretch)
    return joined


def readable_from(text: Text, user, standing: Standing) -> int:
    """The version with which this reader's history begins: that of their own first day with the text, or 0.

    Otherwise widening the readers would hand over words that were deleted before.
    """
    first_on = first_day(text, user, standing)
    if first_on is None:
        return text.last_update_id
    start = datetime.datetime.combine(first_on, datetime.time(), tzinfo=text.student.school.zone)
    if start <= text.created_at:
        return 0
    before = Update.objects.filter(text=text, at__lt=start).order_by("-id").values_list("id", flat=True).first()
    return before or 0


def first_day(text: Text, user, standing: Standing) -> datetime.date | None:
    """The first day on which this person held a role that the text was open to."""
    team = TeamMember.objects.filter(student_id=text.student_id, user=user).values_list("role", "cause", "starts_on")
    staff = StaffRole.objects.filter(school_id=text.school_id, user=user, role__in=WHOLE_SCHOOL_ROLES)
    held = [(role, starts_on) for role, cause, starts_on in team if role != Role.MENTOR or text.cause in ("", cause)]
    held += staff.values_list("role", "starts_on")
    days = [_since(text, user, role, starts_on) for role, starts_on in held]
    return min((day for day in days if day), default=None)


def _since(text, user, role, starts_on):
    roles = counted(text, {role}, {text.cause}, user.pk) & set(text.readers)
    return min((max(starts_on, _opened(text, role, user)) for role in roles), default=None)


def _opened(text, role, user) -> datetime.date:
    """When the text was opened to the role, or to this person in it."""
    days = text.readers_since.get(role), text.people.get(role, {}).get(str(user.pk))
    return max(datetime.date.fromisoformat(day or "0001-01-01") for day in days)
