"""All that is live in one process (one event loop): the rooms, the writer, the layer to other processes, the clock."""

import asyncio
import logging
import time
import weakref
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.db import DatabaseError, InterfaceError, connection
from django.utils import timezone

from coedit.live import hints, limits
from coedit.live.batch import Greet, Heard
from coedit.live.door import admit, admit_all
from coedit.live.layer import Layer
from coedit.live.room import Room
from coedit.live.writer import Forget, Poll, Writer
from coedit.wire import Close, saved_message

log = logging.getLogger(__name__)
_hubs: weakref.WeakKeyDictionary = weakref.WeakKeyDictionary()


def hub_here() -> "Hub":
    """The hub of the running event loop."""
    loop = asyncio.get_running_loop()
    if loop not in _hubs:
        _hubs[loop] = Hub(loop)
    return _hubs[loop]


class Hub:
    def __init__(self, loop):
        self._loop = loop
        self.rooms: dict = {}
        self.writer = Writer(lambda outcome: self._soon(self._deliver, outcome))
        self._layer = Layer(self.hear)
        self._door: ThreadPoolExecutor | None = None
        self._clock: asyncio.Task | None = None
        self._has_space = asyncio.Event()
        self._has_space.set()
        self._is_telling = False

    # People come and go.

    async def ask_door(self, visitor):
        """What the door says to one visitor."""
        try:
            return await self._at_the_door(admit, visitor)
        except (DatabaseError, InterfaceError):
            log.exception("the door did not answer; its visitor comes back")
            return Close.AWAY

    async def _at_the_door(self, function, argument):
        """The door's thread keeps a connection of its own, until nobody is here."""
        if self._door is None:
            self._door = ThreadPoolExecutor(1, "coedit-door")
        return await self._loop.run_in_executor(self._door, _ask, function, argument)

    def room(self, text_id) -> Room:
        """The text's room, opened if need be. It must be entered at once, or it will be closed again."""
        if text_id not in self.rooms:
            self.rooms[text_id] = Room(text_id)
            self._layer.open(text_id)
            hints.join(self)
        if self._clock is None:
            self._clock = self._loop.create_task(self._tick())
        return self.rooms[text_id]

    def enter(self, socket) -> Room:
        # First into the room, then ask the writer: what is committed in between arrives twice rather than never.
        room = self.room(socket.text_id)
        room.sockets.add(socket)
        if socket.may_write:
            self.writer.put(Greet(socket))
        room.welcome(socket)
        return room

    def leave(self, socket) -> None:
        if room := self.rooms.get(socket.text_id):
            room.leave(socket)
            self.presence_changed()

    async def put(self, change) -> None:
        """Hand a change to the writer; waits while it has too much, so that its sender is not read."""
        while self.writer.is_full:
            self._has_space.clear()
            await self._has_space.wait()
        self.writer.put(change)

    # What the writer has done.

    def _deliver(self, outcome):
        for socket, frame in outcome.answers:
            socket.answer(frame)
        for text_id, news in outcome.news.items():
            if room := self.rooms.get(text_id):
                room.show(news.updates)
            if news.last_id:
                self._layer.tell_news(text_id, news)
        for socket, number in outcome.saved.items():
            if socket not in outcome.closed:
                socket.outbox.push(saved_message(number), asked=True)
        for socket, code in outcome.closed.items():
            socket.close(code)
        self._has_space.set()

    # Carets.

    def presence_changed(self) -> None:
        if not self._is_telling:
            self._is_telling = True
            self._loop.call_later(limits.PRESENCE_EVERY, self._tell_presence)

    def _tell_presence(self):
        self._is_telling = False
        for room in self.rooms.values():
            if room.changed and (told := room.tell_presence()):
                self._layer.tell_presence(room.text_id, told)

    # What others say.

    def hear_soon(self, message: dict) -> None:
        """From any thread."""
        self._soon(self.hear, message)

    def hear(self, message: dict) -> None:
        kind, room = message["kind"], self.rooms.get(message.get("text"))
        if kind == "look":
            # Django says that a session ends a moment before it does.
            pause = limits.SIGN_OUT_TAKES if "session" in message else 0
            self._loop.call_later(pause, self._look, message)
        elif room is None:
            return
        elif kind == "news":
            self.writer.put(Heard(room.text_id, message["before"], message["last"], message.get("data") or b""))
            for event in room.watchers:
                event.set()
        elif kind == "presence":
            room.changed |= room.presence.hear_process(message["from"], message["states"])
            self.presence_changed()
        elif kind == "who" and (told := room.presence.own()):
            self._layer.tell_presence(room.text_id, told)

    def _look(self, message):
        self._loop.create_task(self.look_again([socket for socket in self.sockets() if socket.is_meant(message)]))

    def sockets(self) -> list:
        return [socket for room in self.rooms.values() for socket in room.sockets]

    def count_watchers(self) -> int:
        return sum(len(room.watchers) for room in self.rooms.values())

    async def look_again(self, sockets: list) -> None:
        """Ask the door again for these sockets, and close those that it no longer lets in."""
        if not sockets:
            return
        try:
            answers = await self._at_the_door(admit_all, list({socket.visitor for socket in sockets}))
        except Exception:
            log.exception("the door did not answer; it is asked again at the next turn")
            return
        for socket in sockets:
            socket.is_told(answers[socket.visitor])

    # The clock.

    async def _tick(self):
        """Once a second while anybody is here; ends with the last room."""
        polled_at = looked_at = time.monotonic()
        while True:
            if not self.rooms:
                await self.rest()
                if not self.rooms:
                    self._clock = None
                    return
            await asyncio.sleep(1)
            now = time.monotonic()
            self._keep_rooms(now)
            if now - polled_at >= limits.POLL_EVERY:
                polled_at = now
                self.writer.put(Poll())
            everybody, moment = self.sockets(), timezone.now()
            if now - looked_at >= limits.RECHECK_EVERY:
                looked_at = now
                await self.look_again(everybody)
            else:
                await self.look_again([socket for socket in everybody if socket.valid_until <= moment])

    def _keep_rooms(self, now):
        for room in list(self.rooms.values()):
            room.keep_awake()
            if gone := room.presence.expire():
                room.changed |= gone
                self.presence_changed()
            if room.is_empty and now - room.empty_since > limits.LINGER:
                del self.rooms[room.text_id]
                self._layer.close(room.text_id)
                self.writer.put(Forget(room.text_id))

    async def rest(self) -> None:
        """Nobody is here: give back threads and connections until somebody comes."""
        if thread := self.writer.stop():
            await self._loop.run_in_executor(None, thread.join, 3)
        await self._layer.rest()
        if self._door is not None and not self.rooms:
            door, self._door = self._door, None
            door.submit(_hang_up)
            await self._loop.run_in_executor(None, door.shutdown)

    async def end(self) -> None:
        """The process stops: show what is written still, and give everything back."""
        if self._clock is not None:
            self._clock.cancel()
        self.rooms.clear()
        await self.rest()

    def _soon(self, function, *arguments):
        # A loop that has closed hears nothing more; whoever sat on it is gone.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(function, *arguments)


def _ask(function, argument):
    try:
        return function(argument)
    except (DatabaseError, InterfaceError):
        # Most likely the connection was lost while nobody came: another one is opened.
        connection.close()
        return function(argument)


def _hang_up():
    # `connection` means that of the thread which asks for it: it must be looked up in the door's own.
    connection.close()
