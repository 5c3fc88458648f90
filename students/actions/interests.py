"""What a student cares about, in the student's own words."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from common.names import fold
from students.models import Interest, Student


class InterestError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_interest(*, student: Student, words: str, by, tags="") -> Interest:
    """Write an interest down. Raises InterestError when the same words stand there already."""
    Student.objects.lock(student)
    standing = student.interests.filter(dropped_at__isnull=True).values_list("words", flat=True)
    if fold(words) in {fold(other) for other in standing}:
        raise InterestError(_("That is written down already."))
    interest = Interest.objects.create(student=student, words=words, tags=tags, by=by)
    _record("added", interest, by)
    return interest


@transaction.atomic
def drop_interest(*, interest: Interest, by, now: datetime.datetime) -> Interest:
    """It is no longer so; that it once was stays."""
    if interest.dropped_at is None:
        interest.dropped_at = now
        interest.save(update_fields=["dropped_at"])
        _record("dropped", interest, by)
    return interest


def _record(what, interest, by):
    record(
        f"students.interest.{what}", by=by, subject=interest, school_id=interest.student.school_id,
        student_id=interest.student_id,
    )  # fmt: skip
