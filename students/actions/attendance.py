import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from schools.models import AttendanceCode
from students.models import AttendanceMark, Student


class AttendanceError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def mark(
    *, student: Student, date: datetime.date, code: AttendanceCode, by,
    session: str = AttendanceMark.Session.MORNING, source: str = AttendanceMark.Source.CIRCLE, note="",
) -> AttendanceMark:  # fmt: skip
    """Say where a student was. The same mark twice is one; another one corrects the last and supersedes it."""
    Student.objects.lock(student)
    last = AttendanceMark.objects.current().filter(student=student, date=date, session=session, source=source).first()
    if last is not None and (last.code_id, last.note) == (code.pk, note):
        return last
    row = AttendanceMark.objects.create(
        student=student, school_id=student.school_id, date=date, session=session, code=code, source=source, note=note,
        by=by, supersedes=last,
    )  # fmt: skip
    if last is not None:
        record(
            "students.attendance.corrected", by=by, subject=row, school_id=student.school_id, student_id=student.pk,
            was=last.code_id, now=code.pk, date=date.isoformat(),
        )  # fmt: skip
    return row


@transaction.atomic
def mark_in_office(
    *, student: Student, date: datetime.date, code: AttendanceCode, by, today: datetime.date, session: str, note=""
) -> AttendanceMark:
    """The office's word on one session; what others marked stays beside it, and the last word counts."""
    if date > today:
        raise AttendanceError(_("That day has not begun."))
    if code.school_id != student.school_id:
        raise AttendanceError(_("This code belongs to another school."))
    if not student.enrolments.on(date).exists():
        raise AttendanceError(_("%(name)s was not enrolled on that day.") % {"name": student.name})
    return mark(
        student=student, date=date, code=code, by=by, session=session, note=note, source=AttendanceMark.Source.OFFICE
    )
