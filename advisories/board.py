"""What an adviser sees of the group at a glance: one row a student, read in a fixed number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Max, Prefetch
from django.utils.translation import gettext as _

from advisories.models import Advisory, Charge, OneToOne, Seat
from plans.cards import PlanCard, cards_for
from schools.models import AttendanceCode
from students.models import AttendanceMark, Enrolment, FamilyContact, Student
from students.models.family import REACHED


QUIET_DAYS = 30
Counts = AttendanceCode.Counts
TONES = {
    Counts.PRESENT: "ok", Counts.LATE: "warn", Counts.ELSEWHERE: "info", Counts.EXCUSED: "quiet", Counts.ABSENT: "bad",
    Counts.NOT_REQUIRED: "quiet",
}  # fmt: skip


@dataclass
class BoardRow:
    student: Student
    grade: str
    age: int | None
    mark: AttendanceMark | None
    last_one_to_one: OneToOne | None
    one_to_one_due_on: datetime.date | None
    last_contact_on: datetime.date | None
    plan: PlanCard
    today: datetime.date

    @property
    def tone(self) -> str:
        """How the mark of the day is coloured."""
        return TONES[self.mark.code.counts] if self.mark else "quiet"

    @property
    def family_is_quiet(self) -> bool:
        """Whether nobody reached the family for a month."""
        return self.last_contact_on is None or (self.today - self.last_contact_on).days > QUIET_DAYS

    @property
    def one_to_one_is_due(self) -> bool:
        return self.one_to_one_due_on is None or self.one_to_one_due_on <= self.today


def seated_students(advisory: Advisory, day: datetime.date) -> list[Student]:
    seats = advisory.seats.on(day).select_related("student__user").order_by("student__user__search_name")
    students = [seat.student for seat in seats]
    for student in students:
        student.school = advisory.school
    return students


def board(advisory: Advisory, day: datetime.date, students: list[Student] | None = None) -> list[BoardRow]:
    """A row for each student who sits here that day; `students` where they are already read."""
    students = seated_students(advisory, day) if students is None else students
    ids = [student.pk for student in students]
    grades = dict(Enrolment.objects.on(day).filter(student__in=ids).values_list("student_id", "grade"))
    marks = marks_on(ids, day)
    talks = last_one_to_ones(ids)
    contacts = dict(
        FamilyContact.objects.filter(REACHED, student__in=ids)
        .values_list("student_id")
        .annotate(last=Max("at"))
    )
    plans = cards_for(students, day)
    every, zone = advisory.school.one_to_one_days, advisory.school.zone
    rows = []
    for student in students:
        talk, contact = talks.get(student.pk), contacts.get(student.pk)
        rows.append(
            BoardRow(
                student=student,
                grade=grades.get(student.pk, ""),
                age=student.age(day),
                mark=marks.get(student.pk),
                last_one_to_one=talk,
                one_to_one_due_on=talk.due_on(every) if talk else None,
                last_contact_on=contact.astimezone(zone).date() if contact else None,
                plan=plans[student.pk],
                today=day,
            )
        )
    return rows


def marks_on(student_ids, day) -> dict[int, AttendanceMark]:
    """The circle's current mark of each student on `day`."""
    marks = AttendanceMark.objects.current().filter(
        student__in=student_ids, date=day, session=AttendanceMark.Session.MORNING
    )
    return {mark.student_id: mark for mark in marks.select_related("code").order_by("id")}


def last_one_to_ones(student_ids) -> dict[int, OneToOne]:
    latest = OneToOne.objects.filter(student__in=student_ids).order_by("student_id", "held_on", "id")
    return {talk.student_id: talk for talk in latest.defer("shared_notes", "private_notes")}


def mixed_ages(rows: list[BoardRow]) -> str:
    """"Ages 14 to 18, grades 9, 10, 12": how mixed the group is."""
    ages = sorted(row.age for row in rows if row.age is not None)
    grades = sorted({row.grade for row in rows if row.grade}, key=lambda grade: (len(grade), grade))
    parts = []
    if ages:
        parts.append(_("ages %(youngest)s to %(oldest)s") % {"youngest": ages[0], "oldest": ages[-1]})
    if grades:
        parts.append(_("grades %(grades)s") % {"grades": ", ".join(grades)})
    return " · ".join(parts)


def size_warning(advisory: Advisory, seated: int) -> str:
    """What to say when a group is larger than the school's size; empty when it is not."""
    most = advisory.school.advisory_size
    if seated <= most:
        return ""
    return _("%(name)s has %(count)s students; your school's size is %(most)s.") % {
        "name": advisory.name, "count": seated, "most": most,
    }  # fmt: skip


def charges_on(day) -> Prefetch:
    """Leaves `advisory.in_charge`: who has it that day."""
    return Prefetch("charges", Charge.objects.on(day).select_related("user"), to_attr="in_charge")


def seats_on(day) -> Prefetch:
    """Leaves `advisory.seated`: the seats of that day."""
    return Prefetch("seats", Seat.objects.on(day), to_attr="seated")
