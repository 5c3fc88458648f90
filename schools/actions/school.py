"""A school begins, and changes what is its own to choose."""

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.people import add_person
from accounts.models import User
from audit.actions import record
from schools.actions.staff import give_role
from schools.defaults import QUALITIES, equip
from schools.models import LearningGoal, Network, School
from schools.roles import Role

DETAILS = ("name", "place", "address", "phone", "system", "time_zone", "language")
NUMBERS = (
    "advisory_size", "plan_due_weeks", "one_to_one_days", "age_student_decides", "guardians_see_each_other",
    "qualities_name",
)  # fmt: skip


class SchoolError(ValueError):
    """What is wrong with a school's settings; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_school(*, name: str, time_zone: str, system: str, by: User | None, network: str = "", **details) -> School:
    """A new school with its goals and codes, in the network of that name (a new one where there is none)."""
    if School.objects.filter(name__iexact=name, network__name=network or None).exists():
        raise SchoolError(_("There is already a school called %(name)s.") % {"name": name}, "name")
    belongs = Network.objects.get_or_create(name=network)[0] if network else None
    school = School(name=name, time_zone=time_zone, system=system, network=belongs, **details)
    _check(school)
    school.save()
    equip(school)
    record("schools.added", by=by, subject=school, school_id=school.pk, name=name)
    return school


@transaction.atomic
def name_lead(
    *, school: School, given_name: str, family_name: str, email: str, by: User | None, on: datetime.date
) -> User:
    """The school's first lead: whoever has this name and address already, else a new person."""
    alike = User.objects.open().with_email(email).filter(given_name=given_name, family_name=family_name)
    lead = alike.first() or add_person(
        given_name=given_name, family_name=family_name, email=email, by=by, school_id=school.pk
    )
    give_role(user=lead, role=Role.LEAD, school=school, by=by, on=on)
    return lead


@transaction.atomic
def change_school(*, school: School, by: User, **values) -> School:
    """Change some of DETAILS and NUMBERS. Raises SchoolError, naming the field."""
    found = School.objects.select_for_update(no_key=True).get(pk=school.pk)
    was = {name: getattr(found, name) for name in values if getattr(found, name) != values[name]}
    if not was:
        return found
    for name in was:
        setattr(found, name, values[name])
    _check(found)
    found.save(update_fields=list(was))
    if "qualities_name" in was:
        LearningGoal.objects.filter(school=found, key=QUALITIES).update(name=found.qualities_name)
    record("schools.changed", by=by, subject=found, school_id=found.pk, was=was, fields=list(was))
    return found


def _check(school: School) -> None:
    try:
        school.clean_fields()
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise SchoolError(sentences[0], field) from None
