"""One student comes to the school: somebody new, or somebody who left and comes back to the same record."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.people import add_person
from accounts.models import User
from advisories.actions import roster
from advisories.models import Advisory
from outcomes.actions.leaving import came_back
from rosters.access import Reach
from rosters.actions.leaving import restore_family
from rosters.models import Leaving
from schools.models import School
from students.actions import enrol
from students.models import Student

# Two taps on one button come within this time; two students of one name and birthday do not.
SAME_TAP = datetime.timedelta(minutes=1)


class ArrivalError(ValueError):
    """Said to the person who asked; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


@transaction.atomic
def take_in(
    *, school: School, chosen: User | None, names: dict, grade: str, on: datetime.date, by: User,
    now: datetime.datetime, born_on: datetime.date | None = None, number: str = "", advisory: Advisory | None = None,
    with_family: bool = False,
) -> tuple[Student, list[str]]:  # fmt: skip
    """Enrol a new person with these `names`, or `chosen`, who was here before; seat them where an advisory is given.

    Returns the student, and a sentence for each of the family who could not be put back. Raises ArrivalError, and
    RosterError or TeamError where the advisory cannot be.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    if chosen is None and (same := _just_taken_in(school, names, born_on, number, on, now)):
        return same, []
    _refuse_others_students(school, chosen, by)
    _refuse_taken_number(school, chosen, number)
    user = chosen or add_person(**names, by=by, school_id=school.pk)
    try:
        student = enrol.enrol(school=school, user=user, grade=grade, by=by, on=on, number=number, born_on=born_on)
    except enrol.EnrolmentError as error:
        raise ArrivalError(str(error), "same_as") from error
    came_back(student=student, by=by, now=now)
    if advisory is not None:
        roster.seat(student=student, advisory=advisory, by=by, on=on)
    return student, _family_back(student, by, on) if chosen and with_family else []


def _just_taken_in(school, names, born_on, number, on, now) -> Student | None:
    return Student.objects.filter(
        school=school, created_at__gt=now - SAME_TAP, started_on=on, born_on=born_on, number=number,
        user__given_name=names["given_name"], user__family_name=names["family_name"],
    ).first()  # fmt: skip


def _refuse_others_students(school, chosen, by):
    """Whoever comes back brings their whole record: an adviser takes no other adviser's student up by the name."""
    reach = Reach(by, school, school.today())
    student = Student.objects.filter(school=school, user=chosen).first() if chosen and reach.must_seat else None
    if student and not reach.may_edit(student.pk):
        words = _("%(name)s is known here already, and is not yours to change. Ask a lead.")
        raise ArrivalError(words % {"name": student.name}, "same_as")


def _refuse_taken_number(school, chosen, number):
    same = Student.objects.filter(school=school, number=number).exclude(user=chosen).select_related("user")
    if number and (other := same.first()):
        raise ArrivalError(_("%(name)s has this number.") % {"name": other.name}, "number")


def _family_back(student, by, on) -> list[str]:
    left = Leaving.objects.filter(student=student, taken_back_at__isnull=True).first()
    return restore_family(leaving=left, by=by, on=on) if left else []
