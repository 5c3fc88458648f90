"""A text's merged document, built from the log, and what a new update changes in it."""

from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from pycrdt import Doc, merge_updates

from coedit.models import Snapshot, Update
from coedit.ranges import Contents, OutsideSchema, Section, read_update
from coedit.schema import MAX_DEPTH
from coedit.tree import Node, new_doc, read_tree, root_of
from coedit.wire import NO_CHANGE, Malformed, read_state

# Updates that wait for one they build on. Nobody honest has so many; together they could nest without bound.
MOST_WAITING = 200
# Whose words one update may bring. Each is a row of the log, and a room full of people are a hundred.
MOST_WRITERS = 1000


class TooManyWaiting(ValueError):
    """The sender must come back and send what is missing first."""


@dataclass(slots=True)
class Kept:
    """What of an update is new: the bytes to store and to show to others, and the words they bring."""

    data: bytes
    sections: list[Section]
    delete_data: bytes = b"\x00"
    is_waiting: bool = False
    shown: bytes = b""


@dataclass
class Document:
    """Belongs to one thread at a time: pycrdt documents must not be shared.

    `known` is the first missing clock of each client; `wanted` is what waiting updates need or bring beyond that.
    A document that refused an update is `is_spoiled`: it must be loaded again.
    """

    doc: Doc = field(default_factory=new_doc)
    last_id: int = 0
    known: dict[int, int] = field(default_factory=dict)
    wanted: dict[int, int] = field(default_factory=dict)
    waiting: dict[bytes, None] = field(default_factory=dict)
    rows_since_snapshot: int = 0
    is_spoiled: bool = False

    def __post_init__(self):
        self._observe()

    def _observe(self):
        self._events: list[bytes] = []
        self._subscription = self.doc.observe(lambda event: self._events.append(event.update))

    @property
    def is_whole(self) -> bool:
        """Whether nothing waits: only then does the document's own encoding hold all that the log holds."""
        return not self.wanted

    def catch_up(self, rows: list[tuple[int, bytes]]) -> bytes:
        """Apply rows of the log; answers them as one update. Raises Malformed, and then the document is spoiled."""
        if not rows:
            return b""
        updates = [bytes(data) for _id, data in rows]
        with self._or_spoiled():
            with self.doc.transaction():
                for data in updates:
                    self.doc.apply_update(data)
            self.known = read_state(self.doc.get_state())
            for data in updates:
                self._note(read_update(data), data)
            self._retry()
        self._events.clear()
        self.last_id = rows[-1][0]
        self.rows_since_snapshot += len(rows)
        return merge_updates(*updates) if len(updates) > 1 else updates[0]

    def take(self, data: bytes, contents: Contents) -> Kept | None:
        """Apply an update that somebody sent; None if it brings nothing new.

        Raises Malformed, OutsideSchema or TooManyWaiting; after the first two the document is spoiled.
        """
        if len(contents.sections) > MOST_WRITERS:
            raise OutsideSchema("words of too many writers at once")
        if data in self.waiting:
            return None
        if len(self.waiting) >= MOST_WAITING and not self._covers(contents):
            raise TooManyWaiting
        before, was_whole = self.known, self.is_whole
        event = self._apply(data, contents) if was_whole else self._apply_among_waiting(data, contents)
        if event == data:
            return Kept(data, contents.sections, contents.delete_data, shown=data)
        if event is None and self._covers(contents):
            return None
        if was_whole and self.is_whole:
            news = read_update(event)
            return Kept(event, news.sections, news.delete_data, shown=event)
        # What has waited came in with it, and may not be counted twice: the row holds what was sent.
        shown = merge_updates(event, data) if event else data
        return Kept(data, _beyond(contents.sections, before), contents.delete_data, not self._covers(contents), shown)

    def would_take(self, data: bytes) -> bool:
        """Whether an update holds anything new, without taking it."""
        copy = Document()
        try:
            copy.catch_up([(self.last_id, self.difference())])
            return copy.take(data, read_update(data)) is not None
        except ValueError:
            return True

    def difference(self, state: bytes = b"\x00") -> bytes:
        """What somebody with this state vector lacks, as one update. Raises Malformed."""
        read_state(state)
        return self.doc.get_update(state)

    def is_said_by(self, data: bytes) -> bool:
        """Whether this is the same document. yrs miscounts where half of an emoji was deleted."""
        copy = Document()
        with suppress(Malformed):
            copy.catch_up([(self.last_id, data)])
        return copy.known == self.known

    def tree(self) -> list[Node]:
        return read_tree(self.doc)

    def _apply_among_waiting(self, data, contents):
        # A document's own encoding leaves out what waits.
        settled = self.difference()
        try:
            return self._apply(data, contents)
        except (Malformed, OutsideSchema):
            # Perhaps what waited did not fit, now that this has come: whoever sent this is not to blame.
            self.doc, self.is_spoiled, self.wanted, self.waiting = new_doc(), False, {}, {}
            self.doc.apply_update(settled)
            self.known = read_state(self.doc.get_state())
            self._observe()
            return self._apply(data, contents)

    def _apply(self, data, contents) -> bytes | None:
        """What changed, as one update."""
        watch = _DepthWatch(self.doc) if contents.adds_nodes or not self.is_whole else None
        try:
            with self._or_spoiled():
                self.doc.apply_update(data)
                self._learn(data, contents)
        finally:
            if watch:
                watch.stop()
        if watch and watch.deepest > MAX_DEPTH:
            self.is_spoiled = True
            raise OutsideSchema("nested too deep")
        events = [event for event in self._events if event != NO_CHANGE]
        self._events.clear()
        return merge_updates(*events) if len(events) > 1 else next(iter(events), None)

    @contextmanager
    def _or_spoiled(self):
        try:
            yield
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException as error:  # noqa: BLE001 (a panic in Rust is no Exception)
            self.is_spoiled = True
            raise Malformed(str(error)) from None

    def _learn(self, data, contents):
        if self._events == [data] and self.is_whole:
            for section in contents.sections:
                self.known[section.client] = max(self.known.get(section.client, 0), section.end)
            return
        self.known = read_state(self.doc.get_state())
        self._note(contents, data)
        self._retry()

    def _retry(self):
        """yrs does not try everything that waits when a missing update comes: try again until nothing more fits."""
        while self.wanted:
            before = self.known
            for data in self.waiting:
                self.doc.apply_update(data)
            self.known = read_state(self.doc.get_state())
            self._prune()
            if self.known == before:
                return

    def _covers(self, contents) -> bool:
        known = self.known
        return all(section.end <= known.get(section.client, 0) for section in contents.sections) and all(
            clock + length <= known.get(client, 0) for client, clock, length in contents.deletes
        )

    def _note(self, contents, data):
        """Remember what an update needs or brings that is not there yet."""
        if not self._covers(contents):
            self.waiting[data] = None
            for section in contents.sections:
                self.wanted[section.client] = max(self.wanted.get(section.client, 0), section.end)
            for client, clock, length in contents.deletes:
                self.wanted[client] = max(self.wanted.get(client, 0), clock + length)
        self._prune()

    def _prune(self):
        if self.wanted:
            self.wanted = {client: end for client, end in self.wanted.items() if end > self.known.get(client, 0)}
            if not self.wanted:
                self.waiting.clear()


class _DepthWatch:
    """How deep the nodes lie that one transaction adds."""

    def __init__(self, doc):
        self.deepest = 0
        self._root = root_of(doc)
        self._subscription = self._root.observe_deep(self._look)

    def _look(self, events):
        for event in events:
            above = len(event.path)
            for change in event.delta:
                inserted = change.get("insert")
                for node in inserted if isinstance(inserted, list) else ():
                    self.deepest = max(self.deepest, above + _height(node))

    def stop(self):
        self._root.unobserve(self._subscription)


def _height(node) -> int:
    """Levels of nodes from `node` down, as far as it matters."""
    level, height = [node], 0
    while level and height <= MAX_DEPTH:
        height += 1
        level = [child for parent in level if hasattr(parent, "children") for child in parent.children]
    return height


def _beyond(sections, known):
    """The sections with only those spans that were not known."""
    news = []
    for section in sections:
        first = known.get(section.client, 0)
        spans = [(max(clock, first), clock + length - max(clock, first)) for clock, length in section.spans]
        spans = [(clock, length) for clock, length in spans if length > 0]
        if spans:
            news.append(Section(section.client, spans[0][0], section.data, spans))
    return news


def load(text_id, up_to: int | None = None) -> Document:
    """The document from its nearest snapshot and the rows after it; as it stood after row `up_to`, if given."""
    snapshots = Snapshot.objects.filter(text_id=text_id)
    if up_to is not None:
        snapshots = snapshots.filter(up_to_id__lte=up_to)
    snapshot = snapshots.order_by("-up_to_id").values_list("up_to_id", "data").first() or (0, NO_CHANGE)
    return built(snapshot, rows_after(text_id, snapshot[0], up_to))


def built(snapshot: tuple[int, bytes], rows: list[tuple[int, bytes]]) -> Document:
    try:
        return _built_at_once(snapshot, rows)
    except Malformed:
        return _built_of_what_fits(snapshot, rows)


def _built_at_once(snapshot, rows) -> Document:
    document = Document()
    document.catch_up([snapshot])
    document.rows_since_snapshot = 0
    document.catch_up(rows)
    return document


def _built_of_what_fits(snapshot, rows) -> Document:
    """The document where some row breaks it: one that waited, and did not fit when what it waited for had come.

    It is passed over as it was at first, or one hostile update could shut a text to everybody for ever.
    """
    document = _built_at_once(snapshot, [])
    for row_id, data in rows:
        with suppress(TooManyWaiting):
            document.take(bytes(data), read_update(bytes(data)))
        document.last_id = row_id
    document.rows_since_snapshot = len(rows)
    return document


def rows_after(text_id, last_id: int, up_to: int | None = None) -> list[tuple[int, bytes]]:
    rows = Update.objects.filter(text_id=text_id, id__gt=last_id)
    if up_to is not None:
        rows = rows.filter(id__lte=up_to)
    return list(rows.order_by("id").values_list("id", "data"))
