"""Students without a signed plan when the school's weeks are over, counted from the student's own start."""

import datetime

from django.db.models import Exists, OuterRef, Subquery

from common.prepared import Prepared
from plans.models import Step
from schools.models import School, Term
from students.models import Enrolment, Student

# How many of those who are late a home reads: one more than it names.
MOST_NAMED = 9


def overdue(school: School, on: datetime.date, students=None, term: Term | None = None):
    """Students of the school who should have a signed plan by `on` and have none.

    A new student has the school's weeks from their own start (or return); somebody who had a plan before has them from
    the start of the term. `term` may be that of the day, where it is already read.
    """
    students = Student.objects.filter(school=school) if students is None else students.filter(school=school)
    limit = due_before(school, on)
    term = term or Term.objects.on(on).filter(school=school).first()
    return late_by(students, on, limit) if _is_young(term, limit) else late_by(students, on, limit, term.pk)


def late_among(students: list[int], school: School, on: datetime.date, term: Term | None) -> set[int]:
    """Those of these students of the school who are overdue on `on`, whose term is `term`: one query."""
    limit = due_before(school, on)
    if _is_young(term, limit):
        return set(_late_ever(students=students, on=on, limit=limit))
    return set(_late_in_term(students=students, on=on, limit=limit, term=term.pk))


def first_late(school: School, on: datetime.date, term: Term | None) -> list[Student]:
    """The first of the school's students who are overdue, with their names; `term` is that of the day."""
    limit = due_before(school, on)
    if _is_young(term, limit):
        return _first_late_ever(school=school.pk, on=on, limit=limit)
    return _first_late_in_term(school=school.pk, on=on, limit=limit, term=term.pk)


def due_before(school: School, on: datetime.date) -> datetime.date:
    """Who began by this day should have a signed plan on `on`."""
    return on - datetime.timedelta(weeks=school.plan_due_weeks)


def _is_young(term, limit) -> bool:
    """Whether the term asks nobody yet: then only who never had a plan is late."""
    return term is None or term.starts_on > limit


def late_by(students, on, limit, term=None):
    """Those of `students` who began by `limit` and have no signed plan, of `term` where one is given."""
    signed = Step.objects.filter(plan__student=OuterRef("pk"), kind=Step.Kind.ACTIVATED)
    if term is not None:
        signed = signed.filter(plan__term=term)
    late = students.enrolled(on).annotate(own_start=_own_start(on)).filter(own_start__lte=limit)
    return late.filter(~Exists(signed))


def _ids(students):
    return students.order_by().values_list("pk", flat=True)


_late_ever = Prepared(lambda students, on, limit: _ids(late_by(Student.objects.filter(pk__in=students), on, limit)))
_late_in_term = Prepared(
    lambda students, on, limit, term: _ids(late_by(Student.objects.filter(pk__in=students), on, limit, term))
)


def _first(students):
    return students.select_related("user")[:MOST_NAMED]


_first_late_ever = Prepared(lambda school, on, limit: _first(late_by(Student.objects.filter(school=school), on, limit)))
_first_late_in_term = Prepared(
    lambda school, on, limit, term: _first(late_by(Student.objects.filter(school=school), on, limit, term))
)


def _own_start(on):
    """The first day of the stretch of enrolments that holds `on`: moving up a grade starts nothing anew."""
    joins_another = Enrolment.objects.filter(student=OuterRef("student"), ends_on=OuterRef("starts_on"))
    starts = Enrolment.objects.filter(~Exists(joins_another), student=OuterRef("pk"), starts_on__lte=on)
    return Subquery(starts.order_by("-starts_on").values("starts_on")[:1])


def due_on(school: School, student: Student, term: Term) -> datetime.date:
    """The day by which the plan of `term` should be signed, where the student has had a plan before or starts in it."""
    return max(student.started_on, term.starts_on) + datetime.timedelta(weeks=school.plan_due_weeks)
