"""A student's time at the school: beginning, moving up, leaving."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from schools.models import School
from schools.roles import Role
from students.actions import team
from students.models import Enrolment, Student


class EnrolmentError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def enrol(*, school: School, user, grade: str, by, on: datetime.date, number="", born_on=None, earlier=None) -> Student:
    """Take `user` in as a student of `school` from `on`; someone who left comes back to the same record."""
    student = Student.objects.filter(school=school, user=user).first()
    if student is None:
        student = Student.objects.create(
            school=school, user=user, number=number, born_on=born_on, started_on=on, earlier=earlier
        )
    if student.enrolments.overlapping(on, None).exists():
        raise EnrolmentError(_("%(name)s is already enrolled on that day.") % {"name": user.name})
    Enrolment.objects.create(student=student, grade=grade, starts_on=on)
    team.join(student=student, user=user, role=Role.STUDENT, cause=f"student:{student.pk}", by=by, on=on)
    record("students.enrolled", by=by, subject=student, school_id=school.pk, student_id=student.pk, grade=grade)
    return student


@transaction.atomic
def move_up(*, student: Student, grade: str, by, on: datetime.date) -> Enrolment:
    """A new grade from `on`; teams, advisories and plans go on untouched."""
    current = student.enrolments.on(on).select_for_update().first()
    if current is None:
        raise EnrolmentError(_("%(name)s is not enrolled on that day.") % {"name": student.name})
    if current.grade == grade:
        raise EnrolmentError(_("%(name)s is in that grade already.") % {"name": student.name})
    if student.enrolments.overlapping(on, None).exclude(pk=current.pk).exists():
        raise EnrolmentError(_("A later grade of %(name)s is already planned.") % {"name": student.name})
    until, current.ends_on = current.ends_on, on
    current.save(update_fields=["ends_on"])
    record("students.moved_up", by=by, subject=student, school_id=student.school_id, student_id=student.pk, grade=grade)
    return Enrolment.objects.create(student=student, grade=grade, starts_on=on, ends_on=until)
