"""What is held of one student at home: written down, corrected, taken back.

The audit says who wrote what kind about whom, never the value: it outlives what is deleted.
"""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from audit.actions import record, record_about_each
from audit.models import Event
from common.refusals import SaidAtField
from outcomes.background_kinds import offered
from outcomes.models import Background, Held
from schools.models import School
from students.models import Student


class BackgroundError(SaidAtField):
    """Said to the person who asked, in their words."""


@transaction.atomic
def write(
    *, student: Student, values: dict[str, str], since: datetime.date, source: str, by, on: datetime.date
) -> list[Background]:
    """From `since` on, each of these kinds is this. The same value since the same day twice is one. Raises
    BackgroundError where another value stands since that day: that one is to be corrected."""
    held = lock(student.school)
    if not values:
        raise BackgroundError(_("Say at least one thing."))
    refuse_day(student, since, on)
    written = []
    for kind, value in values.items():
        refuse_value(held, student.school, kind, value, kind)
        same_day = Background.objects.current().filter(student=student, kind=kind, since=since).first()
        if same_day is None:
            written.append(a_row(student, kind, value, since, source, by))
        elif same_day.value != value:
            said = {"value": same_day.in_words, "day": date_format(since)}
            raise BackgroundError(_("“%(value)s” stands since %(day)s already. Correct that instead.") % said, kind)
    for row in written:
        row.save()
        _record("written", row, by)
    return written


@transaction.atomic
def correct(
    *, row: Background, value: str, since: datetime.date, source: str, by, on: datetime.date
) -> Background:  # fmt: skip
    """It was not so: a row in the place of `row`, which stays readable. Raises BackgroundError."""
    held, row = lock(row.school), _again(row)
    said = {"value": value, "since": since, "source": source}
    if all(getattr(row, name) == now for name, now in said.items()):
        return row
    if newer := _newer(row):
        if newer.by_id == by.pk and all(getattr(newer, name) == now for name, now in said.items()):
            return newer
        _refuse_newer(newer)
    refuse_day(row.student, since, on)
    refuse_value(held, row.school, row.kind, value, "value")
    others = Background.objects.current().filter(student=row.student, kind=row.kind, since=since).exclude(pk=row.pk)
    if other := others.first():
        words = _("“%(value)s” stands since %(day)s already. Correct that one, or take it back first.")
        raise BackgroundError(words % {"value": other.in_words, "day": date_format(since)}, "since")
    corrected = a_row(row.student, row.kind, value, since, source, by, supersedes=row)
    corrected.save()
    _record("corrected", corrected, by)
    return corrected


@transaction.atomic
def take_back(*, row: Background, by) -> Background:
    """It should not have been written; nothing comes in its place. Twice is once. Raises BackgroundError."""
    held, row = lock(row.school), _again(row)
    if newer := _newer(row):
        if newer.is_withdrawn:
            return newer
        _refuse_newer(newer)
    _refuse_kind(held, row.kind)
    gone = a_row(row.student, row.kind, row.value, row.since, "", by, supersedes=row, is_withdrawn=True)
    gone.save()
    _record("taken_back", gone, by)
    return gone


def log_reading(*, school: School, students: Iterable[int], by) -> None:
    """Write down that `by` read what is held of each of these."""
    record_about_each(
        "outcomes.background.read", by=by, school_id=school.pk, student_ids=sorted(set(students)), kind=Event.Kind.READ
    )


def lock(school) -> Held:
    """One after the other in a school: a double tap is one row, and what is deleted is not written meanwhile."""
    Held.objects.get_or_create(school=school)
    return Held.objects.select_for_update().get(school=school)


def _again(row) -> Background:
    try:
        return Background.objects.select_related("student", "school").get(pk=row.pk)
    except Background.DoesNotExist:
        raise BackgroundError(_("The school has deleted this meanwhile.")) from None


def _newer(row) -> Background | None:
    return Background.objects.filter(supersedes=row).select_related("by").first()


def _refuse_newer(newer):
    words = _("%(name)s took this back meanwhile.") if newer.is_withdrawn else _("%(name)s corrected this meanwhile.")
    raise BackgroundError(words % {"name": newer.by.name})


def _refuse_kind(held, kind):
    if kind not in held.kinds:
        raise BackgroundError(
            _("The school does not hold this any more: %(kind)s.") % {"kind": Background.Kind(kind).label}
        )


def refuse_value(held, school, kind, value, field):
    _refuse_kind(held, kind)
    if value not in dict(offered(kind, school.system)):
        raise BackgroundError(_("Choose one of what is offered."), field)


def refuse_day(student, since, on):
    if since > on:
        raise BackgroundError(_("That day is still to come."), "since")
    if student.born_on and since < student.born_on:
        raise BackgroundError(before_birth(student), "since")


def before_birth(student) -> str:
    return _("That is before %(name)s was born.") % {"name": student.user.called}


def a_row(student, kind, value, since, source, by, **more) -> Background:
    return Background(
        student=student, school_id=student.school_id, kind=kind, value=value, since=since, source=source, by=by, **more
    )


def _record(what, row, by):
    record(
        f"outcomes.background.{what}", by=by, subject=row, school_id=row.school_id, student_id=row.student_id,
        kind=row.kind,
    )  # fmt: skip
