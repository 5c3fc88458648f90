"""What a student's own page shows, to each person as far as the door lets them."""

import datetime
from dataclasses import dataclass

from advisories.models import Charge, OneToOne, Seat
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
    emergency_contacts: list[Guardianship] = ()
    last_talk: OneToOne | None = None
    attendance: dict[str, int] | None = None

    @property
    def grade_words(self) -> str:
        return f"{grade_word(self.student.school)} {self.grade}"


def overview(student: Student, can, day: datetime.date) -> Overview:
    page = Overview(student, day)
    page.seat = Seat.objects.on(day).filter(student=student).select_related("advisory").first()
    if page.seat:
        page.charges = list(Charge.objects.on(day).filter(advisory=page.seat.advisory).select_related("user"))
    if Permission.STUDENT_OVERVIEW in can:
        page.grade = Enrolment.objects.on(day).filter(student=student).values_list("grade", flat=True).first() or ""
        page.age = student.age(day)
    if Permission.GUARDIANS_SEE in can or Permission.STUDENT_OVERVIEW not in can:
        page.emergency_contacts = list(
            Guardianship.objects.on(day)
            .filter(student=student, is_emergency_contact=True)
            .exclude(rights=Guardianship.Rights.BARRED)
            .select_related("user", "home")
        )
    if Permission.ONE_TO_ONE_SEE in can:
        page.last_talk = student.one_to_ones.select_related("by").defer("private_notes").first()
    if Permission.ATTENDANCE_SEE in can:
        page.attendance = _attendance(student, day)
    return page


def _attendance(student, day) -> dict[str, int]:
    since = day - datetime.timedelta(weeks=WEEKS_OF_MARKS)
    marks = AttendanceMark.objects.current().filter(student=student, date__gt=since, date__lte=day)
    counts: dict[str, int] = {}
    for name in marks.order_by().values_list("code__name", flat=True):
        counts[name] = counts.get(name, 0) + 1
    return dict(sorted(counts.items(), key=lambda pair: -pair[1]))
