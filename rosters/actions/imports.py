"""A table is kept, put right in its preview, and confirmed or dropped. Nothing about people is written before that."""

import datetime
import uuid

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from audit.actions import record
from common.once import once
from common.soon import soon
from common.tables import read, write
from rosters.access import Reach
from rosters.models import Import
from rosters.preview.outcome import Verdict
from rosters.preview.sheet import Sheet
from rosters.tables.columns import holds_secret, labels, recognised
from schools.models import School
from schools.roles import Permission

LONGEST_CELL = 1000


class TableRefused(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def keep(
    *, school: School, kind: str, text: str, usual: dict, day: datetime.date, by: User, now: datetime.datetime,
    key: uuid.UUID | None = None,
) -> Import:  # fmt: skip
    """Keep a pasted table for its preview. The same form twice is one. Raises TableError where it is no table.

    Columns that may hold passwords are thrown away before anything is written.
    """
    School.objects.select_for_update(no_key=True).get(pk=school.pk)
    key = once(key, school.pk, kind, text, usual, day, by.pk)
    if key is not None and (same := Import.objects.filter(key=key).first()):
        return same
    table = read(text)
    secret = [holds_secret(header) for header in table.headers]
    if any(secret):
        table, text = _without(table, secret)
    imported = Import.objects.create(
        school=school, kind=kind, text=text, usual=usual, day=day, made_by=by, made_at=now, key=key,
        columns=[column.key for column in recognised(table.headers, kind)],
    )  # fmt: skip
    _record("kept", imported, by, rows=len(table.records))
    return imported


def secret_headers(text: str) -> list[str]:
    """The columns that `keep` throws away."""
    return [header for header in read(text).headers if holds_secret(header)]


def _without(table, dropped):
    """The table without some columns, and its text with empty rows where rows were left away, so that numbers stay."""

    def kept(cells):
        return [cell for at, cell in enumerate(cells) if at >= len(dropped) or not dropped[at]]

    by_number = {row.number: kept(row.cells) for row in table.records}
    lines = [by_number.get(number, []) for number in range(2, max(by_number) + 1)]
    text = write(kept(table.headers), lines, table.separator)
    return read(text), text


@transaction.atomic
def put_right(*, imported: Import, cells: dict[int, dict[str, str]], by: User) -> bool:
    """Write what somebody typed into cells of the preview; of two people only cells that both changed are the last's.

    Returns whether anything is different now.
    """
    imported = _lock(imported)
    known = Sheet(imported).cells()
    changed = False
    for number, said in cells.items():
        before = known.get(number)
        if before is None:
            continue
        new = {key: text[:LONGEST_CELL] for key, text in said.items() if text != before.get(key, "")}
        if new:
            imported.fixes.setdefault(str(number), {}).update(new)
            changed = True
    if changed:
        imported.save(update_fields=["fixes"])
    return changed


@transaction.atomic
def leave_out(*, imported: Import, numbers: list[int], by: User) -> None:
    imported = _lock(imported)
    imported.left_out = sorted({*imported.left_out, *numbers})
    imported.save(update_fields=["left_out"])


@transaction.atomic
def take_in(*, imported: Import, numbers: list[int], by: User) -> None:
    """Rows that were left out belong to the table again."""
    imported = _lock(imported)
    imported.left_out = sorted(set(imported.left_out) - set(numbers))
    imported.save(update_fields=["left_out"])


@transaction.atomic
def choose_columns(
    *, imported: Import, columns: list[str], by: User, usual: dict | None = None, day_first: bool | None = None
) -> None:
    """Say what each column is, what is `usual` for rows that do not say it, and in which order dates are.

    Raises TableRefused where two columns are the same.
    """
    imported = _lock(imported)
    known = labels(imported.kind)
    columns = [key if key in known else "" for key in columns]
    used = [key for key in columns if key]
    if len(used) != len(set(used)):
        twice = next(key for key in used if used.count(key) > 1)
        raise TableRefused(_("Two columns cannot both be “%(what)s”.") % {"what": known[twice]})
    if len(columns) != len(imported.columns):
        raise TableRefused(_("Choose something for every column."))
    imported.columns = columns
    order = imported.usual.get("day_first") if day_first is None else day_first
    imported.usual = (imported.usual if usual is None else usual) | ({} if order is None else {"day_first": order})
    imported.save(update_fields=["columns", "usual"])


@transaction.atomic
def drop(*, imported: Import, by: User, now: datetime.datetime) -> Import:
    """Nobody brings it in any more. What was pasted stays to be read."""
    imported = _lock(imported)
    imported.dropped_by, imported.dropped_at = by, now
    imported.save(update_fields=["dropped_by", "dropped_at"])
    _record("dropped", imported, by)
    return imported


@transaction.atomic
def confirm(*, imported: Import, seen: str, by: User, now: datetime.datetime) -> Import:
    """Bring in the rows that are right, soon. A second tap changes nothing.

    `seen` is the digest of the preview that was looked at: when something else would come of it by now, TableRefused
    says so, and nothing is written.
    """
    imported = Import.objects.select_for_update(of=("self",)).select_related("school").get(pk=imported.pk)
    if imported.confirmed_at is not None:
        return imported
    _refuse_closed(imported)
    _refuse_without_permission(imported, by)
    preview = Sheet(imported).preview(by)
    if preview.digest != seen:
        raise TableRefused(_("Something changed since you looked. This is what would happen now."))
    if not preview.wanted:
        raise TableRefused(_("Nothing in this table is new or different."))
    imported.confirmed_by, imported.confirmed_at, imported.wanted = by, now, preview.wanted
    imported.save(update_fields=["confirmed_by", "confirmed_at", "wanted"])
    _record("confirmed", imported, by, rows=len(preview.wanted))
    soon("rosters.apply_import", imported.pk)
    return imported


@transaction.atomic
def go_on(*, imported: Import, by: User, on: datetime.date, now: datetime.datetime) -> Import:
    """A new table of the rows that were not brought in: wrong ones, and ones that were refused. Raises TableRefused."""
    preview = Sheet(imported).preview(by)
    rows = [row for row in preview.rows if row.outcome.verdict not in (Verdict.SAME, Verdict.LEFT_OUT)]
    if not rows:
        raise TableRefused(_("Every row of it was brought in."))
    names = labels(imported.kind)
    used = [key for key in names if any(row.cells.get(key) for row in rows)]
    text = write([names[key] for key in used], [[row.cells.get(key, "") for key in used] for row in rows])
    rest = Import.objects.create(
        school=imported.school, kind=imported.kind, text=text, columns=used, usual=imported.usual, day=on,
        made_by=by, made_at=now,
    )  # fmt: skip
    _record("kept", rest, by, rows=len(rows))
    return rest


def _lock(imported: Import) -> Import:
    found = Import.objects.select_for_update(of=("self",)).select_related("school").get(pk=imported.pk)
    _refuse_closed(found)
    return found


def _refuse_without_permission(imported, by):
    reach = Reach(by, imported.school, imported.school.today())
    if imported.kind == Import.Kind.STAFF and Permission.SCHOOL_STAFF not in reach.can:
        raise TableRefused(_("Only a lead brings in staff."))


def _refuse_closed(imported):
    if imported.dropped_at is not None:
        raise TableRefused(_("This table was dropped."))
    if imported.confirmed_at is not None:
        raise TableRefused(_("This table is being brought in already."))


def _record(what, imported, by, **details):
    record(
        f"rosters.import.{what}", by=by, subject=imported, school_id=imported.school_id, kind=imported.kind, **details
    )
