"""People who are new to the school, made in the same transaction as their place with a student."""

import datetime

from django.db import transaction

from accounts.actions.people import add_person
from accounts.models import User
from students.actions.colleagues import add_colleague
from students.actions.family import add_guardian
from students.actions.homes import add_home
from students.models import Guardianship, Student, TeamMember


@transaction.atomic
def bring_in_guardian(
    *,
    student: Student,
    chosen: User | None,
    names: dict,
    new_home: dict | None,
    by,
    on: datetime.date,
    home=None,
    **link,
) -> Guardianship:
    """Link `chosen`, or a new person with these `names`, to the student; with a new home where one is described."""
    user = chosen or add_person(**names, by=by, school_id=student.school_id)
    if new_home is not None:
        home = add_home(student=student, by=by, **new_home)
    return add_guardian(student=student, user=user, by=by, on=on, home=home, **link)


@transaction.atomic
def bring_in_colleague(
    *, student: Student, chosen: User | None, names: dict, role: str, by, on: datetime.date, until=None
) -> TeamMember:
    user = chosen or add_person(**names, by=by, school_id=student.school_id)
    return add_colleague(student=student, user=user, role=role, by=by, on=on, until=until)
