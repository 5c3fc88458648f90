"""Many students' background at once: what taking a table over would do, and taking it over."""

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from audit.actions import record, record_about_each
from outcomes.actions.background import BackgroundError, a_row, lock, refuse_day, refuse_value
from outcomes.models import Background
from schools.models import School
from students.models import Student


@dataclass(frozen=True)
class Asked:
    """What a row of a table says of somebody: from `since` on, `kind` is `value`."""

    student: int
    kind: str
    value: str
    since: datetime.date


@dataclass(frozen=True)
class Change:
    """What comes of it: a new row, or one in the place of `corrects`. `was` is what held on that day."""

    asked: Asked
    was: str | None
    corrects: int | None


def changes_of(asked: Iterable[Asked], school: School) -> dict[Asked, Change | None]:
    """What taking these over would do, None where it is so already; one query."""
    asked = list(asked)
    rows = Background.objects.current().filter(school=school, student__in={one.student for one in asked})
    known: dict[tuple[int, str], list[Background]] = {}
    for row in rows.order_by("since", "pk"):
        known.setdefault((row.student_id, row.kind), []).append(row)
    return {one: _change(one, known.get((one.student, one.kind), [])) for one in asked}


def _change(asked, rows) -> Change | None:
    before = [row for row in rows if row.since <= asked.since]
    was = before[-1] if before else None
    if was and was.value == asked.value:
        return None
    corrects = was.pk if was and was.since == asked.since else None
    return Change(asked, was.value if was else None, corrects)


def digest(changes: Iterable[Change | None]) -> str:
    """Tells whether what somebody was shown is what would happen now."""
    said = sorted(repr(change) for change in changes if change)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16]


@transaction.atomic
def take_over(
    *, school: School, asked: Iterable[Asked], source: str, seen: str, by, on: datetime.date
) -> int:  # fmt: skip
    """Write all of a table, or nothing; how many rows are new. `seen` is the digest of what was shown: raises
    BackgroundError where something else would happen now. Twice is once."""
    held = lock(school)
    changes = [change for change in changes_of(asked, school).values() if change]
    if not changes:
        return 0
    if digest(changes) != seen:
        raise BackgroundError(_("What would happen has changed since you looked. This is what would happen now."))
    students = Student.objects.filter(school=school).in_bulk({change.asked.student for change in changes})
    rows = []
    for change in changes:
        said, student = change.asked, students[change.asked.student]
        refuse_day(student, said.since, on)
        refuse_value(held, school, said.kind, said.value, None)
        rows.append(a_row(student, said.kind, said.value, said.since, source, by, supersedes_id=change.corrects))
    Background.objects.bulk_create(rows, batch_size=500)
    record("outcomes.background.taken_over", by=by, school_id=school.pk, rows=len(rows))
    record_about_each("outcomes.background.written", by=by, school_id=school.pk, student_ids=sorted(students))
    return len(rows)
