"""The statements of every batch of the live writer, written out.

The ORM builds a statement anew each time, which takes several times as long as running it; here that is most of what a
keystroke costs.
"""

import datetime
import json
import uuid
from typing import NamedTuple

from django.db import connection

from coedit.models import Text, Update
from coedit.reads import Read
from schools.models import School

_TEXTS, _UPDATES, _SCHOOLS = Text._meta.db_table, Update._meta.db_table, School._meta.db_table


class LockedText(NamedTuple):
    """A text's row, and its school's, as far as the door and the writer need them."""

    pk: uuid.UUID
    student_id: int
    school_id: int
    time_zone: str
    guardians_see_each_other: bool
    readers: list
    writers: list
    people: dict
    cause: str
    is_frozen: bool
    is_gone: bool
    last_update_id: int


class NewRow(NamedTuple):
    """A row of the log (models.Update) before it has a number."""

    text_id: uuid.UUID
    author_id: int
    relayed_by_id: int | None
    at: datetime.datetime
    data: bytes
    client_id: int | None
    clock: int
    length: int


class Rendering(NamedTuple):
    """A text as it stands after `last_id`."""

    text_id: uuid.UUID
    html: str
    plain: str
    last_id: int


def read_texts(text_ids, locks: bool) -> dict[uuid.UUID, LockedText]:
    """These texts; with `locks` until the transaction ends, in an order that every process keeps."""
    rows = (_LOCK_TEXTS if locks else _READ_TEXTS).rows(texts=[_key(text_id) for text_id in text_ids])
    return {text.pk: text for text in map(_locked, rows)}


def _locked(row) -> LockedText:
    key, student, school, zone, guardians, *said, cause, is_frozen, is_gone, last_update_id = row
    key = key if isinstance(key, uuid.UUID) else uuid.UUID(key)
    said = map(json.loads, said)
    return LockedText(key, student, school, zone, guardians, *said, cause, is_frozen, is_gone, last_update_id)


def insert_rows(rows: list[NewRow]) -> list[int]:
    """Add rows to the log; answers their numbers, which rise in the order of the rows."""
    # Thousands of rows may have one text and one time between them.
    keys = {text_id: _key(text_id) for text_id in {row.text_id for row in rows}}
    times = {at: connection.ops.adapt_datetimefield_value(at) for at in {row.at for row in rows}}
    values = [value for row in rows for value in (keys[row[0]], *row[1:3], times[row[3]], *row[4:])]
    marks = ", ".join(["(%s, %s, %s, %s, %s, %s, %s, %s)"] * len(rows))
    with connection.cursor() as cursor:
        cursor.execute(_INSERT_ROWS.format(marks=marks), values)
        # Numbered in their order; told in any.
        return sorted(number for (number,) in cursor.fetchall())


def set_last_ids(last_ids: dict[uuid.UUID, int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_SET_LAST_ID, [(last_id, _key(text_id)) for text_id, last_id in last_ids.items()])


def show_words(rows: list[Rendering]) -> None:
    """Write what pages, search and print show of these texts."""
    values = [(row.html, row.plain, row.last_id, row.last_id, _key(row.text_id)) for row in rows]
    with connection.cursor() as cursor:
        cursor.executemany(_SHOW_WORDS, values)


def _key(text_id: uuid.UUID):
    return text_id if connection.features.has_native_uuid_field else text_id.hex


_TEXTS_AND_SCHOOLS = f"""
    SELECT t.id, t.student_id, t.school_id, s.time_zone, s.guardians_see_each_other, t.readers, t.writers, t.people,
    t.cause, t.frozen_at IS NOT NULL, t.gone_at IS NOT NULL, t.last_update_id
    FROM {_TEXTS} t JOIN {_SCHOOLS} s ON s.id = t.school_id
    WHERE t.id {{texts}} ORDER BY t.id
"""  # noqa: S608 (our own tables)

_READ_TEXTS = Read(_TEXTS_AND_SCHOOLS, lists=("texts",))
_LOCK_TEXTS = Read(_TEXTS_AND_SCHOOLS, lists=("texts",), locks="t")

_INSERT_ROWS = f"""
    INSERT INTO {_UPDATES} (text_id, author_id, relayed_by_id, at, data, client_id, clock, length)
    VALUES {{marks}} RETURNING id
"""  # noqa: S608

_SET_LAST_ID = f"UPDATE {_TEXTS} SET last_update_id = %s WHERE id = %s"  # noqa: S608

_SHOW_WORDS = f"""
    UPDATE {_TEXTS} SET html = %s, plain = %s, last_update_id = %s, rendered_id = %s WHERE id = %s
"""  # noqa: S608
