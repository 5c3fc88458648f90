"""Guardians of one student: dated, with rights."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from schools.roles import Role
from students.actions import team
from students.models import Guardianship, Home, Student

Rights = Guardianship.Rights


class GuardianshipError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_guardian(
    *, student: Student, user, relation: str, by, on: datetime.date, rights: str = Rights.SIGNS,
    home: Home | None = None, lives_with=True, is_emergency_contact=False, until=None,
) -> Guardianship:  # fmt: skip
    """Link an adult to this student from `on`; a barred adult is recorded and is on no team."""
    other = Guardianship.objects.filter(student=student, user=user).overlapping(on, until).first()
    if other is not None:
        raise GuardianshipError(
            _("%(name)s is already linked to %(student)s in that time. Change or end that link first.")
            % {"name": user.name, "student": student.name}
        )
    row = Guardianship.objects.create(
        student=student, user=user, relation=relation, rights=rights, home=home, lives_with=lives_with,
        is_emergency_contact=is_emergency_contact, starts_on=on, ends_on=until,
    )  # fmt: skip
    record(
        "students.guardian.added", by=by, subject=row, school_id=student.school_id, student_id=student.pk,
        user=user.pk, rights=rights,
    )  # fmt: skip
    _join(row, by=by, on=on)
    return row


@transaction.atomic
def change_rights(*, guardianship: Guardianship, rights: str, by, on: datetime.date) -> Guardianship:
    """From `on` the link has other rights: the old row ends and a new one begins, so that history stays true."""
    if rights == guardianship.rights:
        return guardianship
    until = guardianship.ends_on
    end_guardianship(guardianship=guardianship, by=by, on=on)
    return add_guardian(
        student=guardianship.student, user=guardianship.user, relation=guardianship.relation, rights=rights, by=by,
        on=max(on, guardianship.starts_on), home=guardianship.home, lives_with=guardianship.lives_with,
        is_emergency_contact=guardianship.is_emergency_contact and rights != Rights.BARRED, until=until,
    )  # fmt: skip


@transaction.atomic
def end_guardianship(*, guardianship: Guardianship, by, on: datetime.date) -> Guardianship:
    """`on` is the first day without it."""
    guardianship.ends_on = max(on, guardianship.starts_on)
    guardianship.save(update_fields=["ends_on"])
    team.leave(cause=guardianship.cause, by=by, on=on)
    record(
        "students.guardian.ended", by=by, subject=guardianship, school_id=guardianship.student.school_id,
        student_id=guardianship.student_id, user=guardianship.user_id,
    )  # fmt: skip
    return guardianship


def _join(row: Guardianship, *, by, on):
    if row.is_barred:
        return
    team.join(
        student=row.student, user=row.user, role=Role.PARENT, cause=row.cause, by=by, on=on, until=row.ends_on,
        may_write=row.rights != Rights.READS, may_sign=row.rights == Rights.SIGNS,
    )  # fmt: skip
