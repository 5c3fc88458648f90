import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from advisories.models import OneToOne
from audit.actions import record
from common.once import once
from students.models import Student


class OneToOneError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def hold_one_to_one(
    *, student: Student, by, held_on: datetime.date, today: datetime.date, shared_notes="", private_notes="",
    next_step="", next_on=None, key=None,
) -> OneToOne:  # fmt: skip
    """Write down a one-to-one. The same words with the same `key` are one talk (a double tap, a resent form)."""
    if held_on > today:
        raise OneToOneError(_("That day has not begun. Put it in as the next one-to-one instead."))
    if next_on is not None and next_on <= held_on:
        raise OneToOneError(_("The next one-to-one must be after this one."))
    key = once(key, student.pk, by.pk, held_on, shared_notes, private_notes, next_step, next_on)
    if key is not None and (same := OneToOne.objects.filter(key=key).first()):
        return same
    talk = OneToOne.objects.create(
        student=student, school_id=student.school_id, by=by, held_on=held_on, shared_notes=shared_notes,
        private_notes=private_notes, next_step=next_step, next_on=next_on, key=key,
    )  # fmt: skip
    record("advisories.one_to_one.held", by=by, subject=talk, school_id=student.school_id, student_id=student.pk)
    return talk
