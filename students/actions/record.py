"""What the school holds of a student: names, birthday, number."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from students.models import Student

OLDEST = 120


class RecordError(ValueError):
    """Said to the person who asked, in their words. `field` is the field it is about."""

    def __init__(self, sentence, field):
        super().__init__(sentence)
        self.field = field


@transaction.atomic
def change_record(
    *, student: Student, by, on: datetime.date, given_name: str, family_name: str, preferred_name: str,
    born_on: datetime.date | None, number: str,
) -> Student:  # fmt: skip
    """Correct a student's names, birthday and number; raises RecordError, naming the field."""
    _refuse_impossible(student, born_on, number, on)
    names = {"given_name": given_name, "family_name": family_name, "preferred_name": preferred_name}
    changes = _set(student.user, names) | _set(student, {"born_on": born_on, "number": number})
    if changes:
        student.user.save(update_fields=[*names, "search_name"])
        student.save(update_fields=["born_on", "number"])
        record(
            "students.record.changed", by=by, subject=student, school_id=student.school_id, student_id=student.pk,
            was=changes,
        )  # fmt: skip
    return student


def _set(row, values) -> dict[str, str]:
    """Set what differs; returns what stood there before."""
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    return {name: str(before[name] or "") for name in values if before[name] != values[name]}


def _refuse_impossible(student, born_on, number, on):
    if born_on is not None and born_on > on:
        raise RecordError(_("That day has not come yet."), "born_on")
    if born_on is not None and on.year - born_on.year > OLDEST:
        raise RecordError(_("That was more than %(years)s years ago.") % {"years": OLDEST}, "born_on")
    same = Student.objects.filter(school_id=student.school_id, number=number).exclude(pk=student.pk)
    if number and (other := same.select_related("user").first()):
        raise RecordError(_("%(name)s has this number.") % {"name": other.name}, "number")
