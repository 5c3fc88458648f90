"""Teams that are not as their causes say are put right, or told to the school's leads at night."""

import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import ngettext

from accounts.models import User
from audit.actions import record
from notices.actions.telling import notify
from rosters.drift import Difference, Kind, differences
from schools.models import School, StaffRole
from schools.roles import Role
from students.actions import team
from students.models import Student


class DriftError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def put_right(*, school: School, keys: set[str], by: User, on: datetime.date) -> int:
    """Make the places named by `keys` as their causes say, where they still differ. Returns how many were."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    found = [row for row in differences(school, on) if row.key in keys and row.kind != Kind.HOMELESS]
    for row in found:
        _put_right(row, by, on)
    if found:
        record("rosters.drift.put_right", by=by, school_id=school.pk, rows=len(found))
    return len(found)


def _put_right(row: Difference, by, on):
    place = row.place
    student, user = Student.objects.get(pk=place.student_id), User.objects.get(pk=place.user_id)
    if row.kind in (Kind.EXTRA, Kind.OTHER):
        team.leave(cause=place.cause, student=student, user=user, by=by, on=on)
    if row.kind in (Kind.MISSING, Kind.OTHER):
        try:
            team.join(
                student=student, user=user, role=place.role, cause=place.cause, by=by, on=on,
                until=place.until, may_write=place.may_write, may_sign=place.may_sign,
            )  # fmt: skip
        except team.TeamError as error:
            raise DriftError(str(error)) from error


def report(*, school: School, on: datetime.date) -> int:
    """Tell the school's leads where teams differ from their causes. Returns how often they do."""
    found = differences(school, on)
    if found:
        _tell(school, on, len(found))
    return len(found)


def _tell(school, on, count):
    leads = StaffRole.objects.on(on).filter(school=school, role=Role.LEAD).select_related("user")
    notify(
        people=[row.user for row in leads],
        kind="rosters.drift",
        title=lambda: (
            ngettext(
                "%(count)s place on a team is not as it should be",
                "%(count)s places on teams are not as they should be",
                count,
            )
            % {"count": count}
        ),
        url=reverse("rosters:drift", args=[school.pk]),
        by=None,
        key=f"drift:{school.pk}",
        school_id=school.pk,
    )
