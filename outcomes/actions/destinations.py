"""What is known of what became of somebody is written down, corrected and taken back; no row is overwritten."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record as write_down
from common.once import once
from common.refusals import SaidAtField
from outcomes.models import Destination
from students.models import Student

# What a row says, besides who says it and as of when.
FACTS = (
    "kind", "level", "where", "what", "hours_a_week", "through_internship", "placement", "starts_on", "ends_on",
    "said_on", "source", "confidence", "words",
)  # fmt: skip


class DestinationError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def record(
    *, student: Student, by, on: datetime.date, now: datetime.datetime, key: uuid.UUID | None = None, survey=None,
    **facts,
) -> Destination:  # fmt: skip
    """One thing more that is known; what others have said stays beside it. The same form twice is one row.

    Raises DestinationError.
    """
    Student.objects.lock(student)
    key = once(key, student.pk, *(str(facts.get(name)) for name in FACTS))
    if key and (same := Destination.objects.filter(key=key).first()):
        return same
    row = _written(student, by, on, now, key=key, survey=survey, **facts)
    _record("recorded", row, by)
    return row


@transaction.atomic
def correct(
    *, destination: Destination, by, on: datetime.date, now: datetime.datetime, key: uuid.UUID | None = None, **facts
) -> Destination:
    """What was written down was wrong: a new row takes its place. Raises DestinationError."""
    student = destination.student
    Student.objects.lock(student)
    key = once(key, destination.pk, *(str(facts.get(name)) for name in FACTS))
    if key and (same := Destination.objects.filter(key=key).first()):
        return same
    _require_standing(destination)
    row = _written(student, by, on, now, key=key, supersedes=destination, **facts)
    _record("corrected", row, by, supersedes=destination.pk)
    return row


@transaction.atomic
def withdraw(*, destination: Destination, by, now: datetime.datetime) -> None:
    """It does not hold, and nothing comes in its place. Twice is once."""
    Student.objects.lock(destination.student)
    rows = Destination.objects.standing().filter(pk=destination.pk)
    if rows.update(withdrawn_at=now, withdrawn_by=by):
        _record("withdrawn", destination, by)


def require_sound(facts: dict, on: datetime.date) -> None:
    """Nobody knows the future, and nothing is said before it was so. Raises DestinationError."""
    starts, ends, said = facts["starts_on"], facts.get("ends_on"), facts["said_on"]
    if said > on:
        raise DestinationError(_("That day is still to come."), "said_on")
    if starts > said:
        raise DestinationError(_("It cannot begin after the day on which it was said."), "starts_on")
    if ends and ends < starts:
        raise DestinationError(_("The end is before the start."), "ends_on")
    if ends and ends > said:
        raise DestinationError(
            _("The last day is after the day on which it was said. Leave it empty while it goes on."), "ends_on"
        )
    if facts.get("placement") and not facts.get("through_internship"):
        raise DestinationError(_("Say above that it came through an internship, or choose none."), "placement")


def _written(student, by, on, now, **facts) -> Destination:
    require_sound(facts, on)
    return Destination.objects.create(student=student, school_id=student.school_id, by=by, at=now, **facts)


def _require_standing(destination):
    if not Destination.objects.standing().filter(pk=destination.pk).exists():
        raise DestinationError(_("Somebody has corrected it or taken it back in the meantime. Look at the page again."))


def _record(what, row, by, **details):
    write_down(
        f"outcomes.destination.{what}", by=by, subject=row, school_id=row.school_id, student_id=row.student_id,
        what=row.kind, source=row.source, **details,
    )  # fmt: skip
