"""Who stays in touch with somebody who has left: the advisers of their last day, while they work at the school."""

import datetime
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from outcomes.models import Leaver
from outcomes.models.leaver import YEARS_IN_TOUCH, months_after
from schools.models import School, StaffRole
from schools.roles import Role
from students.models import TeamMember


def contacts_of(leavers: Iterable[Leaver], on: datetime.date) -> Iterator[tuple[Leaver, int]]:
    """Each of these leavers (of one school) with the id of everybody who is to stay in touch, of those who work there
    on that day. Two queries, however many they are."""
    by_student = {row.student_id: row for row in leavers if row.how != Leaver.How.DIED}
    if not by_student:
        return
    school = next(iter(by_student.values())).school_id
    staff = set(StaffRole.objects.on(on).filter(school=school).values_list("user_id", flat=True))
    rows = TeamMember.objects.filter(school=school, role=Role.ADVISER, student__in=by_student).order_by("pk")
    found = dict.fromkeys(
        (row.student_id, row.user_id) for row in rows
        if row.user_id in staff and row.holds(by_student[row.student_id].last_day)
    )  # fmt: skip
    for student_id, user_id in found:
        yield by_student[student_id], user_id


def in_touch(school: School, on: datetime.date) -> list[Leaver]:
    """Those whose contacts hold on that day."""
    since = months_after(on, -12 * YEARS_IN_TOUCH - 1)
    rows = Leaver.objects.standing().filter(school=school, left_on__lte=on, left_on__gt=since)
    return [row for row in rows if on < row.in_touch_until]


def causes(keys: set[str]) -> dict[str, str]:
    """What a team row says whose cause is a leaving."""
    return {key: _("adviser on the last day at school, stays in touch") for key in keys}
