"""A mentor on a student's team, from one day to another."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from mentors.models import Mentor, Mentorship
from schools.roles import Role
from students.actions import team
from students.models import Student


class MentorshipError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def put_on_team(*, student: Student, mentor: Mentor, by, on: datetime.date, until=None) -> Mentorship:
    """`mentor` is on the student's team from `on` to before `until`."""
    Student.objects.lock(student)
    _refuse_impossible(student, mentor, on, until)
    if Mentorship.objects.filter(student=student, mentor=mentor).overlapping(on, until).exists():
        raise MentorshipError(
            _("%(name)s is already %(student)s's mentor in that time.") % {"name": mentor.name, "student": student.name}
        )
    mentorship = Mentorship.objects.create(
        school_id=student.school_id, student=student, mentor=mentor, starts_on=on, ends_on=until
    )
    team.join(student=student, user=mentor.user, role=Role.MENTOR, cause=mentorship.cause, by=by, on=on, until=until)
    _record("began", mentorship, by)
    return mentorship


@transaction.atomic
def end_mentorship(*, mentorship: Mentorship, by, on: datetime.date) -> Mentorship:
    """`on` is the first day without it. A mentor of two students keeps the other."""
    if mentorship.ends_on is not None and mentorship.ends_on < on:
        raise MentorshipError(_("This has ended by then already."))
    mentorship.ends_on = max(on, mentorship.starts_on)
    mentorship.save(update_fields=["ends_on"])
    team.leave(cause=mentorship.cause, by=by, on=on)
    _record("ended", mentorship, by)
    return mentorship


def _refuse_impossible(student, mentor, on, until):
    if mentor.school_id != student.school_id:
        raise MentorshipError(_("%(name)s is a mentor of another school.") % {"name": mentor.name})
    if mentor.user_id == student.user_id:
        raise MentorshipError(_("Nobody is their own mentor."))
    if until is not None and until <= on:
        raise MentorshipError(_("The end is before the start."))
    if on < mentor.starts_on or (mentor.ends_on is not None and (until is None or until > mentor.ends_on)):
        raise MentorshipError(_("%(name)s is not a mentor in all of that time.") % {"name": mentor.name})


def _record(what, mentorship, by):
    record(
        f"mentors.mentorship.{what}", by=by, subject=mentorship, school_id=mentorship.school_id,
        student_id=mentorship.student_id, mentor=mentorship.mentor_id,
    )  # fmt: skip
