"""A new school year: many students move up a grade on one day. Advisories, teams and plans go on untouched."""

import datetime
from dataclasses import dataclass, field

from django.db import transaction

from schools.models import School
from students.actions.enrol import EnrolmentError, move_up
from students.models import Student


@dataclass
class Moved:
    done: list[Student] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def move_many(*, school: School, grades: dict[int, str], by, on: datetime.date) -> Moved:
    """Move students (by id) into their new grades on `on`. Twice is once: who is there already is left alone."""
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    moved = Moved()
    for student in Student.objects.filter(school=school, pk__in=grades).select_related("user"):
        current = student.enrolments.on(on).first()
        if current is not None and current.grade == grades[student.pk]:
            continue
        try:
            with transaction.atomic():
                move_up(student=student, grade=grades[student.pk], by=by, on=on)
        except EnrolmentError as error:
            moved.refused.append(str(error))
        else:
            moved.done.append(student)
    return moved
