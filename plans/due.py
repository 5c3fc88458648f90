"""Students without a signed plan when the school's weeks are over, counted from the student's own start."""

import datetime

from django.db.models import Exists, OuterRef, Subquery

from plans.models import Step
from schools.models import School, Term
from students.models import Enrolment, Student


def overdue(school: School, on: datetime.date, students=None, term: Term | None = None):
    """Students of the school who should have a signed plan by `on` and have none.

    A new student has the school's weeks from their own start (or return); somebody who had a plan before has them from
    the start of the term. `term` may be that of the day, where it is already read.
    """
    students = Student.objects.filter(school=school) if students is None else students.filter(school=school)
    limit = on - datetime.timedelta(weeks=school.plan_due_weeks)
    late = students.enrolled(on).annotate(own_start=_own_start(on)).filter(own_start__lte=limit)
    signed = Step.objects.filter(plan__student=OuterRef("pk"), kind=Step.Kind.ACTIVATED)
    term = term or Term.objects.on(on).filter(school=school).first()
    if term is None or term.starts_on > limit:
        return late.filter(~Exists(signed))
    return late.filter(~Exists(signed.filter(plan__term=term)))


def _own_start(on):
    """The first day of the stretch of enrolments that holds `on`: moving up a grade starts nothing anew."""
    joins_another = Enrolment.objects.filter(student=OuterRef("student"), ends_on=OuterRef("starts_on"))
    starts = Enrolment.objects.filter(~Exists(joins_another), student=OuterRef("pk"), starts_on__lte=on)
    return Subquery(starts.order_by("-starts_on").values("starts_on")[:1])


def due_on(school: School, student: Student, term: Term) -> datetime.date:
    """The day by which the plan of `term` should be signed, where the student has had a plan before or starts in it."""
    return max(student.started_on, term.starts_on) + datetime.timedelta(weeks=school.plan_due_weeks)
