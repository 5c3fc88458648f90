"""A school's own attendance codes."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record
from schools.in_use import is_in_use
from schools.models import AttendanceCode, School


class CodeError(ValueError):
    """Said to the person who asked; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_code(*, school: School, code: str, name: str, counts: str, by, national_code="") -> AttendanceCode:
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    _refuse_taken(school.pk, code, None)
    last = AttendanceCode.objects.filter(school=school).order_by("-order").first()
    row = AttendanceCode.objects.create(
        school=school, code=code, name=name, counts=counts, national_code=national_code,
        order=last.order + 1 if last else 0,
    )  # fmt: skip
    _record("added", row, by)
    return row


@transaction.atomic
def change_code(*, row: AttendanceCode, code: str, name: str, counts: str, national_code: str, by) -> AttendanceCode:
    """Another name at any time; another meaning only while no mark was made with it. Raises CodeError."""
    School.objects.select_for_update(no_key=True).get(pk=row.school_id)
    _refuse_taken(row.school_id, code, row)
    if counts != row.counts and is_in_use(row):
        raise CodeError(
            _("Marks were made with this code, and they keep what they meant. Retire it and add another one."), "counts"
        )
    row.code, row.name, row.counts, row.national_code = code, name, counts, national_code
    row.save(update_fields=["code", "name", "counts", "national_code"])
    _record("changed", row, by)
    return row


@transaction.atomic
def retire_code(*, row: AttendanceCode, by, on: datetime.date) -> AttendanceCode:
    """Nobody marks with it from `on`; marks that were made stay. One code for being here always remains."""
    School.objects.select_for_update(no_key=True).get(pk=row.school_id)
    present = AttendanceCode.Counts.PRESENT
    others = AttendanceCode.objects.filter(school_id=row.school_id, counts=present, retired_on__isnull=True)
    if row.counts == present and not others.exclude(pk=row.pk).exists():
        raise CodeError(_("This is the last code for being here. Add another one first."))
    row.retired_on = on
    row.save(update_fields=["retired_on"])
    _record("retired", row, by)
    return row


@transaction.atomic
def bring_back_code(*, row: AttendanceCode, by) -> AttendanceCode:
    School.objects.select_for_update(no_key=True).get(pk=row.school_id)
    _refuse_taken(row.school_id, row.code, row)
    row.retired_on = None
    row.save(update_fields=["retired_on"])
    _record("brought_back", row, by)
    return row


def _refuse_taken(school_id, code, own):
    same = AttendanceCode.objects.filter(school_id=school_id, code__iexact=code, retired_on__isnull=True)
    if (other := same.exclude(pk=own and own.pk).first()) is not None:
        raise CodeError(_("“%(code)s” is the code for “%(name)s”.") % {"code": code, "name": other.name}, "code")


def _record(what, row, by):
    record(f"schools.code.{what}", by=by, subject=row, school_id=row.school_id, code=row.code, name=row.name)
