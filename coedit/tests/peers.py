"""Clients of the live endpoints, as a browser would be one: a real socket, a real Yjs document (pycrdt's)."""

import contextlib
import json
import random
import time

import websockets.sync.client
from django.conf import settings
from django.test import Client
from websockets.exceptions import ConnectionClosed

from coedit.render import to_plain
from coedit.tree import Words, insert, new_doc, paragraph, read_tree, root_of
from coedit.wire import (
    AWARENESS,
    SAVED,
    STEP1,
    STEP2,
    SYNC,
    UPDATE,
    Reader,
    sync_message,
    var_bytes,
    var_string,
    var_uint,
)  # fmt: skip

PATIENCE = 15


def session_of(user) -> str:
    client = Client()
    client.force_login(user)
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def wait_until(holds, seconds: float = PATIENCE):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come"
        time.sleep(0.02)


class Peer:
    """One open editor. `pump` takes in what has come; nothing happens behind a test's back."""

    def __init__(self, address: str, user, text, query="?schema=1", session=None, origin=None):
        self.doc = new_doc(client_id=random.randrange(1, 2**31))
        self.sent: list[bytes] = []
        # What was sent and is counted by the server's acknowledgements.
        self.pushed: list[bytes] = []
        self.messages: list[bytes] = []
        self.carets: dict = {}
        self.saved = 0
        self.is_synced = self.is_asked = False
        self.code = None
        self._own: list[bytes] = []
        self._hearing = False
        self._subscription = self.doc.observe(lambda event: self._own.append(event.update))
        headers = {"Origin": origin or f"http://{address}"}
        if user is not None:
            headers["Cookie"] = f"{settings.SESSION_COOKIE_NAME}={session or session_of(user)}"
        connection = websockets.sync.client.connect(
            f"ws://{address}/ws/texts/{text.pk}/{query}",
            additional_headers=headers,
            max_size=None,
            compression=None,
            ping_interval=None,
        )
        self._open = contextlib.ExitStack()
        self.socket = self._open.enter_context(connection)

    def sync(self):
        """Ask for what is there, and take it in."""
        self.ask()
        self.pump(until=lambda: self.is_synced)
        return self

    def ask(self):
        self.send(sync_message(STEP1, self.doc.get_state()))

    def send(self, frame):
        self.socket.send(frame)

    def push(self, update, kind=UPDATE):
        self.pushed.append(update)
        self.send(sync_message(kind, update))

    def write(self, words: str, send=True) -> bytes:
        """Add a paragraph at the end; answers the update."""
        return self.edit(lambda root: insert(root, len(root.children), [paragraph(words)]), send)

    def type(self, letters: str):
        """Write letters one by one at the end of the last paragraph, an update each."""
        for letter in letters:
            self.edit(lambda root, letter=letter: self._append(root, letter))

    def _append(self, root, letter):
        if not len(root.children):
            insert(root, 0, [paragraph("")])
        last = root.children[len(root.children) - 1]
        if not len(last.children):
            insert(last, 0, [Words([])])
        words = last.children[len(last.children) - 1]
        words.insert(len(words), letter)

    def edit(self, change, send=True) -> bytes:
        self._own.clear()
        with self.doc.transaction():
            change(root_of(self.doc))
        update = self._own[-1]
        self.sent.append(update)
        if send:
            self.push(update)
        return update

    def caret(self, state: dict | None, clock: int, client=None):
        entry = var_uint(client or self.doc.client_id) + var_uint(clock) + var_string(json.dumps(state))
        self.send(bytes([AWARENESS]) + var_bytes(b"\x01" + entry))

    def pump(self, until=None, seconds: float = PATIENCE):
        """Take in messages until something holds; without `until`, whatever comes within `seconds`."""
        end = time.monotonic() + seconds
        while until is None or not until():
            left = end - time.monotonic()
            if left <= 0:
                assert until is None, "it did not come"
                return self
            try:
                self._hear(self.socket.recv(timeout=left))
            except TimeoutError:
                continue
            except ConnectionClosed as closed:
                self.code = closed.rcvd.code if closed.rcvd else 1006
                assert until is None or until(), f"closed with {self.code}"
                return self
        return self

    def closed_with(self, seconds: float = PATIENCE) -> int:
        self.pump(until=lambda: self.code is not None, seconds=seconds)
        return self.code

    def _hear(self, frame):
        self.messages.append(frame)
        reader = Reader(frame)
        kind = reader.var_uint()
        if kind == SAVED:
            self.saved = reader.var_uint()
        elif kind == AWARENESS:
            self._hear_carets(Reader(reader.bytes()))
        elif kind == SYNC:
            self._hear_sync(reader.var_uint(), reader.bytes())
        reader.end()

    def _hear_sync(self, kind, payload):
        if kind == STEP1:
            self.is_asked = True
            self.push(self.doc.get_update(payload), STEP2)
        else:
            self.is_synced = self.is_synced or kind == STEP2
            self.doc.apply_update(payload)

    def _hear_carets(self, reader):
        for _ in range(reader.count()):
            client, clock, state = reader.var_uint(), reader.var_uint(), json.loads(reader.string())
            self.carets[client] = (clock, state)

    @property
    def text(self) -> str:
        return to_plain(read_tree(self.doc))

    def all_saved(self):
        return self.pump(until=lambda: self.saved >= len(self.pushed))

    def sees(self, words: str):
        return self.pump(until=lambda: words in self.text)

    def close(self):
        self._open.close()
