"""The one way into the database for words: under the text's lock, ids in order, each word under its writer's name."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from coedit.document import Document, Kept, load
from coedit.models import Client, Snapshot, Text
from coedit.ranges import join, read_update
from coedit.render import to_html, to_plain
from coedit.statements import NewRow, Rendering, insert_rows, set_last_ids, show_words
from common.live import hint

ROWS_A_SNAPSHOT = 500


@dataclass(slots=True)
class Entry:
    """What one person brought to one text, already applied to its document."""

    text_id: object
    user_id: int
    kept: Kept


@transaction.atomic
def append_all(*, text: Text, updates: list[bytes], user_id: int, at: datetime) -> Document:
    """Add somebody's updates to a text and refresh what pages show; answers the merged document.

    Raises what Document.take raises, and then adds nothing.
    """
    locked = lock([text.pk])[text.pk]
    document = load(text.pk)
    taken = [document.take(data, read_update(data)) for data in updates]
    entries = [Entry(text.pk, user_id, kept) for kept in taken if kept is not None]
    if entries:
        document.last_id = store(entries, at=at)[text.pk]
        document.rows_since_snapshot += len(entries)
        take_snapshot(text.pk, document)
        refresh(locked, document)
        text.html, text.plain = locked.html, locked.plain
        text.last_update_id = text.rendered_id = document.last_id
    return document


def lock(text_ids) -> dict:
    """The rows of these texts, locked until the transaction ends, so that ids of one text become visible in order."""
    rows = Text.objects.select_for_update().defer("html", "plain").filter(pk__in=text_ids).order_by("pk")
    return {text.pk: text for text in rows}


def store(entries: list[Entry], *, at: datetime, owners: dict | None = None, is_told: bool = True) -> dict:
    """Insert the rows of all entries at once; answers each text's last row. The caller holds the texts' locks.

    `owners` may hold what is already known of (text, client id) -> user, and learns the rest. Live rooms are told,
    unless the caller does that.
    """
    owners = _bind(entries, {} if owners is None else owners)
    rows = [row for entry in entries for row in _rows(entry, owners, at)]
    last_ids = {row.text_id: number for row, number in zip(rows, insert_rows(rows), strict=True)}
    set_last_ids(last_ids)
    for text_id, last_id in last_ids.items() if is_told else ():
        hint("text", text_id=text_id, last_id=last_id)
    return last_ids


def _bind(entries, owners):
    """A client id belongs to whoever uses it first in a text."""
    first_used = {}
    for entry in entries:
        for section in entry.kept.sections:
            key = (entry.text_id, section.client)
            if key not in owners:
                first_used.setdefault(key, entry.user_id)
    if first_used:
        texts, clients = ({key[part] for key in first_used} for part in (0, 1))
        bound = Client.objects.filter(text__in=texts, client_id__in=clients)
        owners.update({(row.text_id, row.client_id): row.user_id for row in bound})
        missing = {key: user for key, user in first_used.items() if key not in owners}
        Client.objects.bulk_create(
            Client(text_id=text, client_id=c, user_id=user) for (text, c), user in missing.items()
        )
        owners.update(missing)
    return owners


def _rows(entry, owners, at):
    """One row for each client's words. What was deleted goes with the sender's own words, or into a row of its own."""
    kept, sections = entry.kept, entry.kept.sections
    foreign = [section for section in sections if owners[entry.text_id, section.client] != entry.user_id]
    own = [section for section in sections if owners[entry.text_id, section.client] == entry.user_id]
    if not foreign and len(own) <= 1:
        yield _row(entry, kept.data, own[0] if own else None, entry.user_id, at)
        return
    for section in foreign:
        yield _row(entry, join([section]), section, owners[entry.text_id, section.client], at)
    for section in own[:-1]:
        yield _row(entry, join([section]), section, entry.user_id, at)
    if own or kept.delete_data != b"\x00":
        yield _row(entry, join(own[-1:], kept.delete_data), own[-1] if own else None, entry.user_id, at)


def _row(entry, data, section, owner, at):
    relayed_by = None if owner == entry.user_id else entry.user_id
    if section is None:
        return NewRow(entry.text_id, owner, relayed_by, at, data, None, 0, 0)
    return NewRow(entry.text_id, owner, relayed_by, at, data, section.client, section.spans[0][0], section.length)


def take_snapshot(text_id, document: Document) -> None:
    """Keep the whole document beside the log when enough was added; never while an update in it waits for another."""
    if document.rows_since_snapshot >= ROWS_A_SNAPSHOT and document.is_whole:
        document.rows_since_snapshot = 0
        row = Snapshot(text_id=text_id, up_to_id=document.last_id, data=document.difference())
        if document.is_said_by(row.data):
            Snapshot.objects.bulk_create([row], ignore_conflicts=True)


def refresh(text: Text, document: Document) -> None:
    """Write what pages, search and print show of the document. The caller holds the text's lock."""
    blocks = document.tree()
    text.html, text.plain = to_html(blocks), to_plain(blocks)
    text.last_update_id = text.rendered_id = document.last_id
    show_words([Rendering(text.pk, text.html, text.plain, document.last_id)])
