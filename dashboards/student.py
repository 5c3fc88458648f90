"""What a student's own page shows, to each person as far as the door lets them."""

import datetime
from dataclasses import dataclass

from advisories.board import seat_on
from advisories.models import Charge, OneToOne, Seat
from common.prepared import Prepared
from schools.roles import Permission
from students.models import AttendanceMark, Enrolment, Guardianship, Student
from students.words import grade_word

WEEKS_OF_MARKS = 4


@dataclass
class Overview:
    """One student on one day. What the viewer may not see is None or empty."""

    student: Student
    day: datetime.date
    grade: str = ""
    age: int | None = None
    seat: Seat | None = None
    charges: list[Charge] = ()
    family: list[Guardianship] = ()
    last_talk: OneToOne | None = None
    attendance: dict[str, int] | None = None

    @property
    def emergency_contacts(self) -> list[Guardianship]:
        return [row for row in self.family if row.is_emergency_contact and not row.is_barred]

    @property
    def grade_words(self) -> str:
        return f"{grade_word(self.student.school)} {self.grade}"


_charges = Prepared(lambda advisory, day: Charge.objects.on(day).filter(advisory=advisory).select_related("user"))
_grade = Prepared(
    lambda student, day: Enrolment.objects.on(day).filter(student=student).values_list("grade", flat=True)
)
_family = Prepared(
    lambda student, day: Guardianship.objects.on(day).filter(student=student).select_related("user", "home")
)
_last_talk = Prepared(
    lambda student: OneToOne.objects.filter(student=student).select_related("by").defer("private_notes")[:1]
)
_marks = Prepared(
    lambda student, since, day: (
        AttendanceMark.objects.current()
        .filter(student=student, date__gt=since, date__lte=day)
        .order_by()
        .values_list("code__name", flat=True)
    )
)


def overview(student: Student, can, day: datetime.date) -> Overview:
    page = Overview(student, day)
    page.seat = seat_on(student, day)
    if page.seat:
        page.charges = _charges(advisory=page.seat.advisory_id, day=day)
    if Permission.STUDENT_OVERVIEW in can:
        page.grade = next(iter(_grade(student=student.pk, day=day)), "")
        page.age = student.age(day)
    if Permission.GUARDIANS_SEE in can or Permission.STUDENT_OVERVIEW not in can:
        page.family = _family(student=student.pk, day=day)
    if Permission.ONE_TO_ONE_SEE in can:
        page.last_talk = next(iter(_last_talk(student=student.pk)), None)
    if Permission.ATTENDANCE_SEE in can:
        page.attendance = _attendance(student, day)
    return page


def _attendance(student, day) -> dict[str, int]:
    since = day - datetime.timedelta(weeks=WEEKS_OF_MARKS)
    counts: dict[str, int] = {}
    for name in _marks(student=student.pk, since=since, day=day):
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
