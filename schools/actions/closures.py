"""The days on which a school, and so every placement, is shut."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from schools.models import Closure, School

LONGEST = datetime.timedelta(days=120)


class ClosureError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def add_closure(*, school: School, name: str, starts_on: datetime.date, ends_on: datetime.date, by) -> Closure:
    """Shut from `starts_on` to before `ends_on`. The same days under the same name twice are one closure."""
    _check(starts_on, ends_on)
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    same = Closure.objects.filter(school=school, name__iexact=name, starts_on=starts_on, ends_on=ends_on).first()
    if same is not None:
        return same
    closure = Closure.objects.create(school=school, name=name, starts_on=starts_on, ends_on=ends_on)
    _record("added", closure, by)
    return closure


@transaction.atomic
def change_closure(*, closure: Closure, name: str, starts_on: datetime.date, ends_on: datetime.date, by) -> Closure:
    _check(starts_on, ends_on)
    closure.name, closure.starts_on, closure.ends_on = name, starts_on, ends_on
    closure.save(update_fields=["name", "starts_on", "ends_on"])
    _record("changed", closure, by)
    return closure


@transaction.atomic
def remove_closure(*, closure: Closure, by) -> None:
    _record("removed", closure, by)
    closure.delete()


def _check(starts_on, ends_on):
    if ends_on <= starts_on:
        raise ClosureError(_("The last day is before the first."))
    if ends_on - starts_on > LONGEST:
        raise ClosureError(_("That is longer than four months. Is the year right?"))


def _record(what, closure, by):
    record(
        f"schools.closure.{what}", by=by, subject=closure, school_id=closure.school_id, name=closure.name,
        starts_on=closure.starts_on.isoformat(), ends_on=closure.ends_on.isoformat(),
    )  # fmt: skip
