"""What an adviser sees of the group at a glance: one row a student, read in a fixed number of queries."""

import datetime
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Subquery
from django.utils.translation import gettext as _

from advisories.models import Advisory, Charge, Circle, OneToOne, Seat
from common.prepared import Prepared
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
    """One student of the group; `student` comes from `at_a_glance`, with what is read of it."""

    student: Student
    age: int | None
    one_to_one_due_on: datetime.date | None
    last_contact_on: datetime.date | None
    plan: PlanCard
    today: datetime.date

    @property
    def tone(self) -> str:
        """How the mark of the day is coloured."""
        return TONES.get(self.student.mark_counts, "quiet")

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


def board(advisory: Advisory, day: datetime.date, *, with_turns: bool = False) -> list[BoardRow]:
    """A row for each student who sits here that day: two queries, three more with whose turn each plan is."""
    students = _at_a_glance(advisory=advisory.pk, day=day)
    for student in students:
        student.school = advisory.school
    plans = cards_for(students, day, with_turns=with_turns)
    return [_row(student, plans[student.pk], advisory.school, day) for student in students]


def at_a_glance(advisory: int, day: datetime.date):
    """Students seated here that day, with `grade_now`, the morning's `mark_name` and `mark_counts`, `last_talk_on`,
    `next_talk_on` and `last_contact_at`."""
    of_student = {"student": OuterRef("pk")}
    marks = (
        AttendanceMark.objects.current()
        .filter(**of_student, date=day, session=AttendanceMark.Session.MORNING)
        .order_by("-id")
    )
    talks = OneToOne.objects.filter(**of_student).order_by("-held_on", "-id")
    contacts = FamilyContact.objects.filter(REACHED, **of_student).order_by("-at")
    grades = Enrolment.objects.on(day).filter(**of_student)
    return (
        Student.objects.filter(Exists(Seat.objects.on(day).filter(**of_student, advisory=advisory)))
        .select_related("user")
        .order_by("user__search_name", "pk")
        .annotate(
            grade_now=Subquery(grades.values("grade")[:1]),
            mark_name=Subquery(marks.values("code__name")[:1]),
            mark_counts=Subquery(marks.values("code__counts")[:1]),
            last_talk_on=Subquery(talks.values("held_on")[:1]),
            next_talk_on=Subquery(talks.values("next_on")[:1]),
            last_contact_at=Subquery(contacts.values("at")[:1]),
        )
    )


_at_a_glance = Prepared(at_a_glance)


def _row(student, plan, school, day) -> BoardRow:
    contact, talk = student.last_contact_at, student.last_talk_on
    due = student.next_talk_on or (talk and talk + datetime.timedelta(days=school.one_to_one_days))
    return BoardRow(
        student=student,
        age=student.age(day),
        one_to_one_due_on=due,
        last_contact_on=contact and contact.astimezone(school.zone).date(),
        plan=plan,
        today=day,
    )


def marks_on(student_ids, day) -> dict[int, AttendanceMark]:
    """The circle's current mark of each student on `day`."""
    marks = AttendanceMark.objects.current().filter(
        student__in=student_ids, date=day, session=AttendanceMark.Session.MORNING
    )
    return {mark.student_id: mark for mark in marks.select_related("code").order_by("id")}


def mixed_ages(rows: list[BoardRow]) -> str:
    """ "Ages 14 to 18, grades 9, 10, 12": how mixed the group is."""
    ages = sorted(row.age for row in rows if row.age is not None)
    grades = sorted(
        {row.student.grade_now for row in rows if row.student.grade_now}, key=lambda grade: (len(grade), grade)
    )
    parts = []
    if ages:
        parts.append(_("ages %(youngest)s to %(oldest)s") % {"youngest": ages[0], "oldest": ages[-1]})
    if grades:
        parts.append(_("grades %(grades)s") % {"grades": ", ".join(grades)})
    return " · ".join(parts)


_seat = Prepared(lambda student, day: Seat.objects.on(day).filter(student=student).select_related("advisory"))


def seat_on(student: Student, day: datetime.date) -> Seat | None:
    return next(iter(_seat(student=student.pk, day=day)), None)


_circle = Prepared(lambda advisory, day: Circle.objects.filter(advisory=advisory, date=day))


def circle_on(advisory: Advisory, day: datetime.date) -> Circle | None:
    return next(iter(_circle(advisory=advisory.pk, day=day)), None)


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
