import datetime

from django.db import transaction

from audit.actions import record
from schools.models import AttendanceCode
from students.models import AttendanceMark, Student


@transaction.atomic
def mark(
    *, student: Student, date: datetime.date, code: AttendanceCode, by,
    session: str = AttendanceMark.Session.MORNING, source: str = AttendanceMark.Source.CIRCLE, note="",
) -> AttendanceMark:  # fmt: skip
    """Say where a student was. The same mark twice is one; another one corrects the last and supersedes it."""
    # The student's row is the lock: two people marking at once make one mark and one correction.
    Student.objects.select_for_update().get(pk=student.pk)
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
