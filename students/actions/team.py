"""Who is on a student's team, from when to when. Every cause of access calls these, in its own transaction."""

import datetime

from django.utils.translation import gettext as _

from audit.actions import record
from common.live import hint
from students.models import Guardianship, Student, TeamMember


class TeamError(ValueError):
    """Said to the person who asked, in their words."""


def join(
    *, student: Student, user, role: str, cause: str, by, on: datetime.date, until=None, may_write=True, may_sign=True
) -> TeamMember:
    """Put `user` on the team for `cause` from `on`. Joining twice for one cause changes nothing.

    Raises TeamError for somebody who is barred from the student in that time: no other cause lifts a bar.
    """
    _refuse_barred(student, user, on, until)
    row = TeamMember.objects.filter(student=student, user=user, cause=cause).overlapping(on, until).first()
    if row is not None:
        return row
    row = TeamMember.objects.create(
        student=student,
        school_id=student.school_id,
        user=user,
        role=role,
        cause=cause,
        starts_on=on,
        ends_on=until,
        may_write=may_write,
        may_sign=may_sign,
    )
    record(
        "students.team.joined", by=by, subject=row, school_id=student.school_id, student_id=student.pk,
        user=user.pk, role=role, cause=cause, starts_on=on.isoformat(),
    )  # fmt: skip
    return row


def leave(*, cause: str, by, on: datetime.date, student: Student | None = None, user=None) -> int:
    """End the rows of `cause` on `on`, the first day without access; rows that had not begun are emptied.

    Returns how many ended. Live channels are told to look again.
    """
    rows = TeamMember.objects.filter(cause=cause).exclude(ends_on__lte=on)
    if student is not None:
        rows = rows.filter(student=student)
    if user is not None:
        rows = rows.filter(user=user)
    rows = list(rows)
    for row in rows:
        row.ends_on = max(on, row.starts_on)
        row.save(update_fields=["ends_on"])
        record(
            "students.team.left", by=by, subject=row, school_id=row.school_id, student_id=row.student_id,
            user=row.user_id, role=row.role, cause=cause, ends_on=row.ends_on.isoformat(),
        )  # fmt: skip
        hint("team", student_id=row.student_id, user_id=row.user_id)
    return len(rows)


def _refuse_barred(student, user, on, until):
    barred = Guardianship.objects.filter(student=student, user=user, rights=Guardianship.Rights.BARRED)
    if barred.overlapping(on, until).exists():
        raise TeamError(
            _("%(name)s is barred from %(student)s in that time, and cannot be on the team.")
            % {"name": user.name, "student": student.name}
        )
