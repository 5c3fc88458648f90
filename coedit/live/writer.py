"""The one thread of a process that writes what sockets send: whatever came since the last batch is its next one."""

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass, field

from django.db import connection

from coedit.document import Document
from coedit.live import limits
from coedit.live.batch import Batch, Outcome, poll, render

log = logging.getLogger(__name__)


@dataclass
class Shelf:
    """The documents that the writer holds, and what it knows of their clients. Its own thread's alone."""

    documents: dict[object, Document] = field(default_factory=dict)
    owners: dict[tuple, int] = field(default_factory=dict)
    # When to show a changed text to pages, search and print.
    render_at: dict[object, float] = field(default_factory=dict)
    render_cost: dict[object, float] = field(default_factory=dict)

    def drop(self, text_id) -> None:
        self.documents.pop(text_id, None)
        self.render_at.pop(text_id, None)
        self.render_cost.pop(text_id, None)
        for key in [key for key in self.owners if key[0] == text_id]:
            del self.owners[key]

    def is_changed(self, text_id) -> None:
        if text_id not in self.render_at:
            pause = max(limits.RENDER_AFTER, limits.RENDER_SHARE * self.render_cost.get(text_id, 0))
            self.render_at[text_id] = time.monotonic() + pause

    def due(self, now: float) -> list:
        return [text_id for text_id, at in self.render_at.items() if at <= now]


@dataclass(frozen=True)
class Poll:
    """Look whether other processes have written."""


@dataclass(frozen=True)
class Forget:
    text_id: object


class Writer:
    """`deliver(outcome)` is called from the writer's thread, after the commit."""

    def __init__(self, deliver):
        self._deliver = deliver
        self._items: deque = deque()
        self._wake = threading.Condition()
        self._thread: threading.Thread | None = None
        self._is_stopping = False
        self._shelf = Shelf()
        # When the next batch may begin.
        self._not_before = 0.0
        self.queued = self.queued_bytes = 0

    def put(self, item) -> None:
        with self._wake:
            self._items.append(item)
            self.queued += 1
            self.queued_bytes += getattr(item, "size", 0)
            self._is_stopping = False
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="coedit-writer", daemon=True)
                self._thread.start()
            self._wake.notify()

    @property
    def is_full(self) -> bool:
        return self.queued > limits.MOST_QUEUED or self.queued_bytes > limits.MOST_QUEUED_BYTES

    def stop(self) -> threading.Thread | None:
        """Let the thread end once everything is written; it starts again with the next item."""
        with self._wake:
            self._is_stopping = True
            self._wake.notify()
            return self._thread

    def _run(self):
        try:
            while (items := self._next()) is not None:
                self._work(items)
        finally:
            connection.close()

    def _next(self) -> list | None:
        """The items of the next batch; none if only renderings are due; None when the thread ends."""
        with self._wake:
            while not self._items:
                due_at = min(self._shelf.render_at.values(), default=None)
                if self._is_stopping:
                    if due_at is not None:
                        self._shelf.render_at = dict.fromkeys(self._shelf.render_at, 0)
                        return []
                    self._shelf, self._thread = Shelf(), None
                    return None
                pause = None if due_at is None else due_at - time.monotonic()
                if pause is not None and pause <= 0:
                    return []
                self._wake.wait(pause)
        self._gather()
        with self._wake:
            items = [self._items.popleft() for _ in range(min(len(self._items), limits.BATCH))]
        self._not_before = time.monotonic() + min(limits.LONGEST_GATHER, limits.GATHER_FOR_EACH * len(items))
        return items

    def _gather(self):
        pause = self._not_before - time.monotonic()
        if pause > 0 and len(self._items) < limits.GATHERED and not self._is_stopping:
            time.sleep(pause)

    def _work(self, items):
        outcome = self._outcome(items)
        with self._wake:
            self.queued -= len(items)
            self.queued_bytes -= sum(getattr(item, "size", 0) for item in items)
        self._deliver(outcome)

    def _outcome(self, items) -> Outcome:
        outcome = Outcome()
        batch = [item for item in items if not isinstance(item, Poll | Forget)]
        try:
            if batch:
                outcome = Batch(batch, self._shelf).run()
            if len(batch) < len(items):
                self._keep_house(items, outcome)
            if due := self._shelf.due(time.monotonic()):
                render(due, self._shelf, outcome)
        except BaseException:
            # The documents may be ahead of the database now: read them again when they are next asked for.
            log.exception("a batch failed; its senders come back with what is not acknowledged")
            self._shelf = Shelf()
            connection.close()
            outcome = outcome if outcome.is_committed else Outcome.failed(batch)
        return outcome

    def _keep_house(self, items, outcome):
        if any(isinstance(item, Poll) for item in items):
            poll(self._shelf, outcome)
        for item in items:
            if isinstance(item, Forget):
                if item.text_id in self._shelf.render_at:
                    render([item.text_id], self._shelf, outcome)
                self._shelf.drop(item.text_id)
