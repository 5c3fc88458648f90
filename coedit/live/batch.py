"""One batch of the writer: what many sockets sent, in one transaction. Nothing is shown before it commits."""

import time
from contextlib import nullcontext
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone

from coedit.access import may_read, may_write
from coedit.document import Document, TooManyWaiting, load, rows_after
from coedit.log import Entry, store, take_snapshot
from coedit.models import Text
from coedit.ranges import Contents, OutsideSchema, read_update
from coedit.render import to_html, to_plain
from coedit.standings import place_of, standings
from coedit.statements import Rendering, read_texts, show_words
from coedit.wire import STEP1, STEP2, Close, Malformed, sync_message, write_state


@dataclass(slots=True)
class Change:
    """The `number`th sync message of a socket."""

    socket: object
    number: int
    data: bytes
    contents: Contents

    @property
    def size(self) -> int:
        return len(self.data)


@dataclass(slots=True)
class Ask:
    """A socket tells what it has and asks for the rest."""

    socket: object
    state: bytes


@dataclass(slots=True)
class Greet:
    """A socket that writes is asked what it has that the server lacks."""

    socket: object


@dataclass(slots=True)
class Heard:
    """Another process says that it has written up to `last_id`; `data` are its updates since `before_id`."""

    text_id: object
    before_id: int = 0
    last_id: int = 0
    data: bytes = b""


@dataclass
class News:
    """What became visible in one text: rows after `before_id` up to `last_id`."""

    before_id: int
    last_id: int = 0
    updates: list = field(default_factory=list)
    # Whether this process wrote them all, so that the others must hear of it.
    is_own: bool = True


@dataclass
class Outcome:
    news: dict = field(default_factory=dict)
    saved: dict = field(default_factory=dict)
    answers: list = field(default_factory=list)
    closed: dict = field(default_factory=dict)
    is_committed: bool = False

    @classmethod
    def failed(cls, items):
        return cls(closed={item.socket: Close.AWAY for item in items if not isinstance(item, Heard)})


class Batch:
    def __init__(self, items, shelf):
        self.items = items
        self.shelf = shelf
        self.outcome = Outcome()
        self.entries: list[Entry] = []

    def run(self) -> Outcome:
        # Where nobody writes there is no transaction: on SQLite it would take the write lock.
        writes = any(isinstance(item, Change) for item in self.items)
        with transaction.atomic() if writes else nullcontext():
            self._begin()
            for item in self.items:
                self._take(item)
            self._store()
        self.outcome.is_committed = True
        for item in self.items:
            if isinstance(item, Ask | Greet) and item.socket not in self.outcome.closed:
                self._answer(item)
        return self.outcome

    def _begin(self):
        written = {item.socket.text_id for item in self.items if isinstance(item, Change)}
        asked = {_text_id(item) for item in self.items} - written
        self.texts = read_texts(written, locks=True) if written else {}
        self.texts |= read_texts(asked, locks=False) if asked else {}
        pairs = {(item.socket.user_id, item.socket.text_id) for item in self.items if isinstance(item, Change)}
        places = {text_id: place_of(text) for text_id, text in self.texts.items()}
        found = standings({(user, places[text_id]) for user, text_id in pairs if text_id in places})
        self.rights = {
            (user, text_id): _rights(self.texts[text_id], found[user, places[text_id]])
            for user, text_id in pairs
            if text_id in places
        }

    def _take(self, item):
        if isinstance(item, Heard):
            self._hear(item)
        elif item.socket not in self.outcome.closed:
            text = self.texts.get(item.socket.text_id)
            if text is None or text.is_gone:
                self.outcome.closed[item.socket] = Close.GONE
            elif isinstance(item, Change):
                self._change(item, text)
            else:
                self._document(text)

    def _document(self, text) -> Document:
        """The text's document, up to date with the table as this transaction sees it."""
        document = self.shelf.documents.get(text.pk)
        if document is None or document.is_spoiled:
            document = self.shelf.documents[text.pk] = load(text.pk)
        elif document.last_id < text.last_update_id and not any(entry.text_id == text.pk for entry in self.entries):
            catch_up(document, text.pk, self.outcome)
        return document

    def _change(self, item, text):
        reads, writes = self.rights[item.socket.user_id, text.pk]
        document = self._document(text)
        if not reads:
            self.outcome.closed[item.socket] = Close.MAY_NOT
        elif not writes:
            self._from_reader(item, document)
        else:
            self._keep(item, document)

    def _from_reader(self, item, document):
        if item.contents.is_empty or not document.would_take(item.data):
            self.outcome.saved[item.socket] = item.number
        else:
            self.outcome.closed[item.socket] = Close.MAY_NOT

    def _keep(self, item, document):
        socket = item.socket
        try:
            kept = document.take(item.data, item.contents)
        except TooManyWaiting:
            self.outcome.closed[socket] = Close.SLOW
            return
        except (Malformed, OutsideSchema):
            self.outcome.closed[socket] = Close.REFUSED
            self._restore(socket.text_id)
            return
        self.outcome.saved[socket] = item.number
        if kept is None:
            return
        self.entries.append(Entry(socket.text_id, socket.user_id, kept))
        self._news(socket.text_id, document).updates.append((kept.shown, socket))
        if kept.is_waiting:
            self.outcome.answers.append((socket, sync_message(STEP1, write_state(document.known))))

    def _restore(self, text_id):
        """The document took in what it must not hold: build it again, with what this batch has kept so far."""
        document = self.shelf.documents[text_id] = load(text_id)
        for entry in self.entries:
            if entry.text_id == text_id:
                document.take(entry.kept.data, read_update(entry.kept.data))

    def _hear(self, item):
        document = self.shelf.documents.get(item.text_id)
        text = self.texts.get(item.text_id)
        if document is None or text is None or item.last_id <= document.last_id:
            return
        if not item.data or item.before_id != document.last_id or any(e.text_id == item.text_id for e in self.entries):
            self._document(text)
            return
        document.catch_up([(item.last_id, item.data)])
        add_news(self.outcome, item.text_id, item.before_id, item.last_id, item.data)

    def _news(self, text_id, document) -> News:
        return self.outcome.news.setdefault(text_id, News(document.last_id))

    def _store(self):
        if not self.entries:
            return
        last_ids = store(self.entries, at=timezone.now(), owners=self.shelf.owners, is_told=False)
        for text_id, last_id in last_ids.items():
            document = self.shelf.documents[text_id]
            document.last_id = self.outcome.news[text_id].last_id = last_id
            document.rows_since_snapshot += sum(entry.text_id == text_id for entry in self.entries)
            take_snapshot(text_id, document)
            self.shelf.is_changed(text_id)

    def _answer(self, item):
        document = self.shelf.documents[item.socket.text_id]
        if isinstance(item, Greet):
            frame = sync_message(STEP1, write_state(document.known))
        else:
            frame = sync_message(STEP2, document.difference(item.state))
        self.outcome.answers.append((item.socket, frame))


def _rights(text, standing):
    return may_read(text, standing), may_write(text, standing)


def _text_id(item):
    return item.text_id if isinstance(item, Heard) else item.socket.text_id


def catch_up(document, text_id, outcome) -> None:
    """Take in what other processes have committed."""
    before_id = document.last_id
    if rows := rows_after(text_id, before_id):
        add_news(outcome, text_id, before_id, rows[-1][0], document.catch_up(rows))


def add_news(outcome, text_id, before_id, last_id, data) -> None:
    news = outcome.news.setdefault(text_id, News(before_id, is_own=False))
    news.last_id, news.is_own = last_id, False
    news.updates.append((data, None))


def poll(shelf, outcome) -> None:
    """Read what other processes wrote, for every text in memory: a lost hint delays and loses nothing."""
    last_ids = Text.objects.filter(pk__in=list(shelf.documents)).values_list("pk", "last_update_id")
    for text_id, last_id in last_ids:
        document = shelf.documents[text_id]
        if document.last_id < last_id:
            catch_up(document, text_id, outcome)


def render(text_ids, shelf, outcome) -> None:
    """Write what pages, search and print show of these texts."""
    with transaction.atomic():
        texts = read_texts(text_ids, locks=True)
        rows = [_rendering(text, shelf, outcome) for text in texts.values() if not text.is_gone]
        show_words(rows)
    for text_id in text_ids:
        shelf.render_at.pop(text_id, None)


def _rendering(text, shelf, outcome) -> Rendering:
    start = time.monotonic()
    document = shelf.documents.get(text.pk) or load(text.pk)
    if document.last_id < text.last_update_id:
        catch_up(document, text.pk, outcome)
    blocks = document.tree()
    rendering = Rendering(text.pk, to_html(blocks), to_plain(blocks), document.last_id)
    shelf.render_cost[text.pk] = time.monotonic() - start
    return rendering
