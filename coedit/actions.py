"""What can be done to a shared text. Whatever adds words goes through coedit/log.py."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from audit.actions import record
from coedit.document import Document, load
from coedit.erasing import forget_copies
from coedit.log import append_all, lock
from coedit.markdown import each_to_markdown, from_markdown, to_markdown
from coedit.merge import merge
from coedit.models import Client, Text, Update
from coedit.ranges import read_update
from coedit.render import to_html, to_plain
from coedit.tree import Node, fill, new_doc
from common.live import hint
from schools.roles import Role
from students.models import Student

# Each new text's first words come from the same client id: nobody else writes there yet.
FIRST_CLIENT = 1
BATCH = 500


class TextError(ValueError):
    """Said to the person who asked, in their words."""


@dataclass
class Draft:
    """A text to be made; `markdown` are its first words. `people` narrows roles to the users listed for them."""

    student: Student
    title: str
    readers: list
    writers: list
    cause: str = ""
    markdown: str = ""
    language: str = ""
    blocks: list[Node] = field(default_factory=list)
    people: dict = field(default_factory=dict)


@dataclass(frozen=True)
class FirstWords:
    """What a text begins with: as pages show it, and as the one update that its log begins with."""

    html: str
    plain: str
    data: bytes
    length: int


@dataclass(frozen=True)
class Begun:
    """A new text that is not written yet, with its first words, where it has any, and whose they are."""

    text: Text
    words: FirstWords | None
    by: object


def create(*, student, title: str, readers, writers, by, cause="", markdown="", language="", people=None) -> Text:
    """A new text. `readers` and `writers` are roles (schools.roles.Role); writers need not be named as readers too.

    `people` may name, for a role, the only users who count in it.
    """
    draft = Draft(student, title, readers, writers, cause, markdown, language, people=people or {})
    return create_many(drafts=[draft], by=by)[0]


def create_many(*, drafts: list[Draft], by, at: datetime | None = None) -> list[Text]:
    """Many new texts in a few statements. The causing room audits why they are made."""
    at = at or timezone.now()
    texts = [begin(draft, first_words(draft.blocks or from_markdown(draft.markdown)), by, at) for draft in drafts]
    return write_begun(texts, at)


def first_words(blocks: list[Node]) -> FirstWords | None:
    if not blocks:
        return None
    doc = new_doc(client_id=FIRST_CLIENT)
    fill(doc, blocks)
    data = doc.get_update()
    return FirstWords(to_html(blocks), to_plain(blocks), data, read_update(data).sections[0].length)


def begin(draft: Draft, words: FirstWords | None, by, at: datetime) -> Begun:
    """A text from `draft`, whose first words are made already: many texts may begin with the same."""
    readers, writers = _roles(draft.readers, draft.writers)
    on = at.astimezone(draft.student.school.zone).date() if draft.people else None
    text = Text(
        school_id=draft.student.school_id, student=draft.student, title=draft.title[:200], readers=readers,
        writers=writers, people=_people(draft.people, {}, on), cause=draft.cause, language=draft.language,
        created_by=by, html=words.html if words else "", plain=words.plain if words else "",
    )  # fmt: skip
    return Begun(text, words, by)


def _roles(readers, writers) -> tuple[list[str], list[str]]:
    """As kept in the row: each a role, those who write also read, in the order of the policy table."""
    writers = {Role(role).value for role in writers}
    readers = {Role(role).value for role in readers} | writers
    return [role.value for role in Role if role in readers], [role.value for role in Role if role in writers]


def _people(people, before, on) -> dict:
    """As kept in the row: who was listed before keeps their day, everybody else begins `on`."""
    return {
        Role(role).value: {str(user.pk): before.get(role, {}).get(str(user.pk), on.isoformat()) for user in users}
        for role, users in people.items()
    }


@transaction.atomic
def write_begun(begun: list[Begun], at: datetime) -> list[Text]:
    """Write new texts, the log first: the texts' own rows then say at once up to where they are rendered."""
    first = [one for one in begun if one.words]
    rows = Update.objects.bulk_create([_first_row(one, at) for one in first], BATCH)
    for one, row in zip(first, rows, strict=True):
        one.text.last_update_id = one.text.rendered_id = row.pk
    texts = Text.objects.bulk_create([one.text for one in begun], BATCH)
    Client.objects.bulk_create([Client(text=one.text, client_id=FIRST_CLIENT, user=one.by) for one in first], BATCH)
    return texts


def _first_row(one, at):
    return Update(
        text=one.text, author=one.by, at=at, data=one.words.data, client_id=FIRST_CLIENT, length=one.words.length
    )


@transaction.atomic
def open_to(*, text: Text, readers, writers, by, on: date, people=None) -> Text:
    """Let other roles read and write, from `on`; a role that is new to the text sees its history from that day, and so
    does somebody who is new among the `people` of a role (see create)."""
    locked = lock([text.pk])[text.pk]
    before = locked.readers, locked.writers, locked.people
    readers, writers = _roles(readers, writers)
    people = _people(people or {}, locked.people, on)
    since = {role: day for role, day in locked.readers_since.items() if role in readers}
    since |= {role: on.isoformat() for role in readers if role not in locked.readers}
    locked.readers, locked.writers, locked.readers_since, locked.people = readers, writers, since, people
    if before != (readers, writers, people):
        locked.save(update_fields=["readers", "writers", "readers_since", "people"])
        _record("coedit.opened", locked, by, readers=readers, writers=writers, people=people)
        hint("text_access", text_id=locked.pk)
    text.readers, text.writers, text.readers_since, text.people = readers, writers, since, people
    return text


@transaction.atomic
def write(*, text: Text, markdown: str, base_id: int, by, now: datetime) -> Text:
    """Save what somebody wrote in the plain form, starting from the text as it stood after row `base_id`.

    Only blocks that differ from that version are touched; what others wrote meanwhile stays.
    """
    _require_open(text)
    base = _version(text, base_id)
    shown = [from_markdown(part) for part in each_to_markdown(base.tree())]
    if _normal(markdown) != _normal(to_markdown(base.tree())):
        _merge_in(text, base, shown, from_markdown(markdown), by, now)
    return text


def _normal(markdown):
    return "\n".join(line.rstrip() for line in markdown.replace("\r\n", "\n").strip().split("\n"))


@transaction.atomic
def restore(*, text: Text, update_id: int, by, now: datetime) -> Text:
    """Make the text say again what it said after row `update_id`: a new edit that takes nothing out of the history."""
    _require_open(text)
    current = _version(text, text.last_update_id)
    wanted = _version(text, update_id).tree()
    _merge_in(text, current, [[block] for block in current.tree()], wanted, by, now)
    _record("coedit.restored", text, by, update=update_id)
    return text


def _merge_in(text, base: Document, shown, wanted, by, now):
    current = load(text.pk)
    update = merge(base, current, shown, wanted)
    append_all(text=text, updates=[update], user_id=by.pk, at=now)


def _require_open(text):
    """Lock the text, so that it is not frozen while it is written. Raises TextError."""
    locked = lock([text.pk])[text.pk]
    if locked.is_gone:
        raise TextError(_("This text is no longer kept. Copy your words before you leave the page."))
    if locked.is_frozen:
        raise TextError(
            _("This text was closed while you wrote. Your words are still below: copy them before you leave.")
        )
    text.last_update_id = locked.last_update_id


def _version(text, update_id) -> Document:
    if not 0 <= update_id <= text.last_update_id:
        raise TextError(_("There is no such version of this text."))
    return load(text.pk, up_to=update_id)


@transaction.atomic
def freeze(*, text: Text, by, now: datetime) -> Text:
    """Close a text for writing, for ever; it stays readable."""
    locked = lock([text.pk])[text.pk]
    if not locked.is_frozen:
        locked.frozen_at = now
        locked.save(update_fields=["frozen_at"])
        _record("coedit.frozen", locked, by)
        hint("text_access", text_id=locked.pk)
    text.frozen_at = locked.frozen_at
    return text


@transaction.atomic
def freeze_all(*, texts, now: datetime) -> None:
    """Close many texts in two statements. The causing room audits why."""
    ids = [text.pk for text in lock([text.pk for text in texts]).values() if not text.is_frozen]
    Text.objects.filter(pk__in=ids).update(frozen_at=now)
    for text_id in ids:
        hint("text_access", text_id=text_id)


@transaction.atomic
def replace(*, text: Text, markdown: str, by, now: datetime) -> Text:
    """A legal duty to erase words: a new text holds what may stay, and the old one answers "gone" for ever.

    The old log is emptied. Rooms that own the old text, or keep copies of it, hear of it (coedit/erasing.py).
    """
    locked = lock([text.pk])[text.pk]
    draft = Draft(locked.student, locked.title, locked.readers, locked.writers, locked.cause, markdown, locked.language)
    new = create_many(drafts=[draft], by=by, at=now)[0]
    new.frozen_at, new.readers_since, new.people = locked.frozen_at, locked.readers_since, locked.people
    new.save(update_fields=["frozen_at", "readers_since", "people"])
    _end(locked, new, by, now)
    _record("coedit.replaced", locked, by, new=str(new.pk))
    text.gone_at, text.replaced_by = locked.gone_at, new
    return new


@transaction.atomic
def erase(*, text: Text, by, now: datetime) -> None:
    """A legal duty to erase a whole text: its words and their log go, and its id answers "gone" for ever."""
    locked = lock([text.pk])[text.pk]
    _end(locked, None, by, now)
    _record("coedit.erased", locked, by)
    text.gone_at = locked.gone_at


def _end(text, new, by, now):
    text.updates.all().delete()
    text.snapshots.all().delete()
    text.clients.all().delete()
    text.html = text.plain = ""
    text.gone_at, text.replaced_by = text.gone_at or now, new
    text.save(update_fields=["html", "plain", "gone_at", "replaced_by"])
    forget_copies(text, new, by, now)
    hint("text_access", text_id=text.pk)


def _record(action, text, by, **details):
    record(action, by=by, subject=text, school_id=text.school_id, student_id=text.student_id, **details)
