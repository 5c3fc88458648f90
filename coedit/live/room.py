"""The sockets of one text in this process."""

import time

from pycrdt import merge_updates

from coedit.live import limits
from coedit.live.presence import Presence
from coedit.wire import QUIET, UPDATE, Close, sync_message


class Room:
    def __init__(self, text_id):
        self.text_id = text_id
        self.sockets: set = set()
        # Events of those who wait by HTTP for something new.
        self.watchers: set = set()
        self.presence = Presence()
        self.changed: set[int] = set()
        self.empty_since = time.monotonic()

    @property
    def is_empty(self) -> bool:
        return not self.sockets and not self.watchers

    def show(self, news: list) -> None:
        """Send committed updates, pairs of (update, socket it came from or None), to everybody else: one frame each."""
        for event in self.watchers:
            event.set()
        frames: dict = {}
        origins = {origin for _update, origin in news}
        for socket in list(self.sockets):
            origin = socket if socket in origins else None
            if origin not in frames:
                frames[origin] = _frame([update for update, sent_by in news if origin is None or sent_by is not origin])
            if frames[origin] is not None:
                self._push(socket, frames[origin])

    def hear(self, socket, payload: bytes) -> None:
        self.changed |= self.presence.hear(socket, payload)

    def welcome(self, socket) -> None:
        """Show a newcomer who is here."""
        if frame := self.presence.frame(self.presence.states, socket):
            socket.outbox.push(frame)

    def tell_presence(self) -> list:
        """Show everybody whose caret has moved; answers what the other processes should hear of it."""
        changed, self.changed = self.changed, set()
        frames: dict = {}
        for socket in list(self.sockets):
            # Only guardians may see less than others.
            viewer = socket.user_id if socket.sees_no_guardians else None
            if viewer not in frames:
                frames[viewer] = self.presence.frame(changed, socket)
            if frames[viewer] is not None:
                self._push(socket, frames[viewer])
        told = self.presence.own(changed)
        self.presence.forget_departed()
        return told

    def leave(self, socket) -> None:
        self.sockets.discard(socket)
        self.empty_since = time.monotonic()
        self.changed |= self.presence.leave(socket)

    def stop_watching(self, event) -> None:
        self.watchers.discard(event)
        self.empty_since = time.monotonic()

    def keep_awake(self) -> None:
        """A stock provider closes after 30 seconds without a message; pings do not count."""
        quiet_since = time.monotonic() - limits.QUIET_AFTER
        for socket in self.sockets:
            if socket.outbox.sent_at < quiet_since:
                socket.outbox.push(QUIET)

    def _push(self, socket, frame):
        if not socket.outbox.push(frame):
            socket.close(Close.SLOW)


def _frame(updates):
    if not updates:
        return None
    return sync_message(UPDATE, merge_updates(*updates) if len(updates) > 1 else updates[0])
