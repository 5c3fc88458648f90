"""Who is here and where their carets stand (the awareness protocol). Nothing of it is stored.

A client may speak only for itself: one client id, bound to its socket at first use. Stock clients send on what they
heard of others; that is ignored, or a caret would stay after its owner has left. The server writes in the name and
colour, and keeps guardians' presence from each other where the school says so.
"""

import json
import time
from dataclasses import dataclass

from coedit.live import limits
from coedit.wire import AWARENESS, Malformed, Reader, var_bytes, var_string, var_uint

MAX_CLOCK = 2**32


@dataclass(slots=True)
class State:
    clock: int
    state: dict | None
    person: int
    is_guardian: bool
    # The socket, or the name of the other process that told of it.
    origin: object
    heard_at: float


def read_states(payload: bytes) -> list[tuple[int, int, dict | None]]:
    """(client id, clock, state) for each entry. Raises Malformed."""
    reader = Reader(payload)
    entries = []
    for _ in range(reader.count()):
        client, clock, text = reader.var_uint(), reader.var_uint(), reader.string()
        if clock >= MAX_CLOCK:
            raise Malformed("a clock is too large")
        entries.append((client, clock, _state(text)))
    reader.end()
    return entries


def _state(text):
    try:
        state = json.loads(text)
    except (ValueError, RecursionError):
        raise Malformed("a state that is no JSON") from None
    if state is not None and not isinstance(state, dict):
        raise Malformed("a state that is no object")
    return state


class Presence:
    """The states of everybody in one room, on all processes."""

    def __init__(self):
        self.states: dict[int, State] = {}

    def hear(self, socket, payload: bytes) -> set[int]:
        """Take in what a socket says; answers the client ids whose state is new."""
        changed = set()
        for client, clock, state in read_states(payload):
            if not self._speaks_for(socket, client, state):
                continue
            known = self.states.get(client)
            if known is not None:
                # The same client on a new socket, before its old one is noticed to be dead.
                known.origin = socket
                if clock <= known.clock:
                    continue
            if state is not None:
                state["user"] = {"name": socket.name, "color": socket.colour}
            self.states[client] = State(clock, state, socket.user_id, socket.is_guardian, socket, time.monotonic())
            changed.add(client)
        return changed

    def _speaks_for(self, socket, client, state):
        if socket.presence_id == client:
            return True
        if socket.presence_id is not None or state is None:
            return False
        known = self.states.get(client)
        if known is not None and known.person != socket.user_id:
            return False
        socket.presence_id = client
        return True

    def leave(self, socket) -> set[int]:
        """The socket is gone, and so is its caret. A newer socket of the same client keeps it."""
        known = self.states.get(socket.presence_id)
        if known is None or known.origin is not socket:
            return set()
        known.clock, known.state = known.clock + 1, None
        return {socket.presence_id}

    def hear_process(self, process: str, entries: list) -> set[int]:
        """What another process tells: (client, clock, state, person, is_guardian)."""
        changed = set()
        for client, clock, state, person, is_guardian in entries:
            known = self.states.get(client)
            if known is not None and clock < known.clock:
                continue
            self.states[client] = State(clock, state, person, is_guardian, process, time.monotonic())
            if known is None or (known.clock, known.state) != (clock, state):
                changed.add(client)
        return changed

    def expire(self) -> set[int]:
        """Carets of processes that no longer speak of them."""
        oldest = time.monotonic() - limits.REMOTE_PRESENCE_LASTS
        expired = set()
        for client, known in self.states.items():
            if isinstance(known.origin, str) and known.heard_at < oldest and known.state is not None:
                known.clock, known.state = known.clock + 1, None
                expired.add(client)
        return expired

    def forget_departed(self) -> None:
        self.states = {client: known for client, known in self.states.items() if known.state is not None}

    def own(self, clients=None) -> list:
        """What this process tells the others of its own sockets."""
        return [
            [client, known.clock, known.state, known.person, known.is_guardian]
            for client, known in self.states.items()
            if not isinstance(known.origin, str) and (clients is None or client in clients)
        ]

    def frame(self, clients, viewer) -> bytes | None:
        """The states of these clients as `viewer` may see them, or None if that is nobody."""
        shown = [(client, self.states[client]) for client in clients if client in self.states]
        shown = [(client, known) for client, known in shown if not _is_hidden(known, viewer)]
        if not shown:
            return None
        entries = [var_uint(client) + var_uint(known.clock) + var_string(_text(known.state)) for client, known in shown]
        return bytes([AWARENESS]) + var_bytes(var_uint(len(entries)) + b"".join(entries))


def _is_hidden(known, viewer):
    return known.is_guardian and viewer.sees_no_guardians and known.person != viewer.user_id


def _text(state):
    return json.dumps(state, separators=(",", ":"))
