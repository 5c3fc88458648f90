"""What the school holds of a student: names, birthday, number."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.people import PersonError, change_name
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
    *, student: Student, by, on: datetime.date, born_on: datetime.date | None, number: str, **names
) -> Student:
    """Correct a student's names, birthday and number; raises RecordError, naming the field."""
    _refuse_impossible(student, born_on, number, on)
    try:
        change_name(user=student.user, by=by, school_id=student.school_id, **names)
    except PersonError as error:
        raise RecordError(str(error), error.field) from error
    now = {"born_on": born_on, "number": number}
    changed = [name for name, value in now.items() if getattr(student, name) != value]
    if changed:
        student.born_on, student.number = born_on, number
        student.save(update_fields=changed)
        record(
            "students.record.changed", by=by, subject=student, school_id=student.school_id, student_id=student.pk,
            fields=changed,
        )  # fmt: skip
    return student


def _refuse_impossible(student, born_on, number, on):
    if born_on is not None and born_on > on:
        raise RecordError(_("That day has not come yet."), "born_on")
    if born_on is not None and on.year - born_on.year > OLDEST:
        raise RecordError(_("That was more than %(years)s years ago.") % {"years": OLDEST}, "born_on")
    same = Student.objects.filter(school_id=student.school_id, number=number).exclude(pk=student.pk)
    if number and (other := same.select_related("user").first()):
        raise RecordError(_("%(name)s has this number.") % {"name": other.name}, "number")
