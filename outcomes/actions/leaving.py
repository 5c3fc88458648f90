"""What a leaving begins: somebody stays in touch, and asks later. Rosters end everything else in the same moment."""

import datetime

from django.db import transaction

from accounts.models import User
from audit.actions import record
from outcomes.actions import asking
from outcomes.contacts import contacts_of
from outcomes.models import Leaver
from outcomes.models.leaver import class_of
from schools.roles import Role
from students.actions import team
from students.models import Student


@transaction.atomic
def left(
    *, student: Student, by, on: datetime.date, at: datetime.datetime, how: str = Leaver.How.NOT_KNOWN, grade="",
    advisory=None,
) -> Leaver:  # fmt: skip
    """From `on`, the first day without, they have left. Their advisers of the last day stay in touch for three years.

    An earlier leaving of somebody who was here again since does not count any more.
    """
    came_back(student=student, by=by, now=at)
    leaver = Leaver.objects.create(
        student=student, school_id=student.school_id, left_on=on, class_of=class_of(on), how=how, grade=grade,
        advisory=advisory, by=by, at=at,
    )  # fmt: skip
    _stay_in_touch(leaver, by, on)
    _record("left", leaver, by, how=how)
    return leaver


@transaction.atomic
def came_back(*, student: Student, by, now: datetime.datetime) -> None:
    """They never left, or are here again: from today nobody is their alumni contact any more, and nobody asks."""
    Student.objects.lock(student)
    today = now.astimezone(student.school.zone).date()
    for leaver in Leaver.objects.standing().filter(student=student):
        leaver.taken_back_at = now
        leaver.save(update_fields=["taken_back_at"])
        _end_contacts(leaver, by, today)
        asking.close(leaver=leaver, by=by, now=now)
        _record("came_back", leaver, by)


@transaction.atomic
def say_how(*, leaver: Leaver, how: str, by, on: datetime.date, now: datetime.datetime) -> Leaver:
    """How they left, where it was not known or was wrong. Who is asked, and by whom, follows."""
    Student.objects.lock(leaver.student)
    leaver = Leaver.objects.select_related("student__school").get(pk=leaver.pk)
    before, leaver.how = leaver.how, how
    if how == before or leaver.taken_back_at is not None:
        return leaver
    leaver.save(update_fields=["how"])
    _record("how", leaver, by, how=how, before=before)
    if not leaver.is_asked:
        asking.close(leaver=leaver, by=by, now=now)
    if how == Leaver.How.DIED:
        _end_contacts(leaver, by, on)
    else:
        _stay_in_touch(leaver, by, max(on, leaver.left_on))
    return leaver


def _stay_in_touch(leaver, by, on):
    ids = [user_id for _leaver, user_id in contacts_of([leaver], on)]
    for user in User.objects.filter(pk__in=ids).order_by("pk") if on < leaver.in_touch_until else ():
        try:
            team.join(
                student=leaver.student, user=user, role=Role.ALUMNI_CONTACT, cause=leaver.cause, by=by, on=on,
                until=leaver.in_touch_until,
            )  # fmt: skip
        except team.TeamError:
            # Barred from the student, whoever they were to them: somebody else of the school has to ask.
            continue
    if leaver.is_asked:
        asking.open_for(leaver=leaver)


def _end_contacts(leaver, by, on):
    team.leave(cause=leaver.cause, student=leaver.student, by=by, on=on)


def _record(what, leaver, by, **details):
    record(
        f"outcomes.leaver.{what}", by=by, subject=leaver, school_id=leaver.school_id, student_id=leaver.student_id,
        left_on=leaver.left_on.isoformat(), **details,
    )  # fmt: skip
