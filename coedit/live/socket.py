"""One client's WebSocket on one text: the wire contract, spoken from the door to the close.

A plain ASGI callable and no Channels consumer, which would visit a database thread for every frame. The session is read
at the door, in its own thread and over its own connection: Channels' middleware opens a connection for each newcomer,
and stands in the way of every frame.
"""

import asyncio
from urllib.parse import parse_qs

from django.conf import settings
from django.http import parse_cookie

from coedit.colours import colour_of
from coedit.live import limits
from coedit.live.batch import Ask, Change
from coedit.live.door import Pass, Visitor
from coedit.live.hub import hub_here
from coedit.live.outbox import Outbox
from coedit.ranges import OutsideSchema, read_update
from coedit.schema import SCHEMA
from coedit.wire import AWARENESS, STEP1, STEP2, SYNC, UPDATE, Close, Malformed, Reader, read_state


async def serve(scope, receive, send) -> None:
    # Accept first: a browser is not told why a handshake was refused.
    if (await receive())["type"] != "websocket.connect":
        return
    await send({"type": "websocket.accept"})
    socket = Socket(scope, send)
    try:
        await socket.run(receive)
    finally:
        socket.end()


class Socket:
    def __init__(self, scope, send):
        self.hub = hub_here()
        self.outbox = Outbox(send, asyncio.get_running_loop())
        self.schema = parse_qs(scope["query_string"].decode("latin-1")).get("schema", [str(SCHEMA)])[0]
        self.text_id = scope["url_route"]["kwargs"]["text_id"]
        self.visitor = Visitor(_session_key(scope), self.text_id)
        self.user_id = None
        self.name = self.colour = ""
        self.may_write = self.is_guardian = self.sees_no_guardians = False
        self.student_id = self.valid_until = None
        # The client id that it speaks for in matters of presence.
        self.presence_id: int | None = None
        # How many sync messages have come.
        self.received = 0
        self._room = None
        self._closed = asyncio.Event()
        self._code = None

    async def run(self, receive):
        code = await self._come_in()
        if code is not None:
            await self.outbox.close(code)
            return
        closing = asyncio.ensure_future(self._closed.wait())
        reading = asyncio.ensure_future(self._read(receive))
        try:
            await asyncio.wait({closing, reading}, return_when=asyncio.FIRST_COMPLETED)
            if self._code is not None:
                await self.outbox.close(self._code)
            elif reading.done():
                reading.result()
        finally:
            closing.cancel()
            reading.cancel()

    async def _come_in(self) -> Close | None:
        if self.schema != str(SCHEMA):
            return Close.SCHEMA
        if not self.visitor.session_key:
            return Close.SESSION_ENDED
        answer = await self.hub.ask_door(self.visitor)
        if not isinstance(answer, Pass):
            return answer
        self.user_id, self.name, self.colour = answer.user_id, answer.name, colour_of(answer.user_id)
        self._accept(answer)
        self._room = self.hub.enter(self)
        return None

    def _accept(self, answer: Pass):
        self.may_write, self.student_id = answer.may_write, answer.student_id
        self.is_guardian, self.sees_no_guardians = answer.is_guardian, answer.sees_no_guardians
        self.valid_until = answer.valid_until

    def is_told(self, answer: Pass | Close) -> None:
        """The door was asked again. Whoever may do less than before is shut out, and comes back as a reader."""
        if self._room is None or self._code is not None:
            return
        if not isinstance(answer, Pass):
            self.close(answer)
        elif self.may_write and not answer.may_write:
            self.close(Close.MAY_NOT)
        else:
            self._accept(answer)

    def is_meant(self, message: dict) -> bool:
        """Whether this socket must ask the door again after such a hint."""
        if "session" in message:
            return self.visitor.session_key == message["session"]
        if "person" in message:
            return self.user_id == message["person"]
        if "student" in message:
            return (self.student_id, self.user_id) == (message["student"], message["user"])
        return self.text_id == message["text"]

    def close(self, code: Close) -> None:
        if self._code is None:
            self._code = code
            self._closed.set()

    def end(self) -> None:
        self.outbox.drop()
        if self._room is not None:
            self.hub.leave(self)

    # What the client says.

    async def _read(self, receive):
        while self._code is None:
            event = await receive()
            if event["type"] == "websocket.disconnect":
                self.outbox.drop()
                return
            try:
                await self._hear(event.get("bytes"))
            except (Malformed, OutsideSchema):
                self.close(Close.REFUSED)

    async def _hear(self, frame):
        if not frame:
            raise Malformed("a text frame, or an empty one")
        reader = Reader(frame)
        kind = reader.var_uint()
        if kind == SYNC:
            await self._hear_sync(reader)
        elif kind == AWARENESS:
            self._hear_awareness(reader)

    async def _hear_sync(self, reader):
        kind, payload = reader.var_uint(), reader.bytes()
        reader.end()
        if kind == STEP1:
            read_state(payload)
            await self.hub.put(Ask(self, payload))
        elif kind in (STEP2, UPDATE):
            if len(payload) > (limits.LARGEST_STEP2 if kind == STEP2 else limits.LARGEST_UPDATE):
                self.close(Close.TOO_LARGE)
                return
            await self._change(payload)
        else:
            raise Malformed("an unknown sync message")

    async def _change(self, data):
        self.received += 1
        number = self.received
        if len(data) > limits.READ_APART:
            contents = await asyncio.to_thread(read_update, data)
        else:
            contents = read_update(data)
        await self.hub.put(Change(self, number, data, contents))

    def _hear_awareness(self, reader):
        payload = reader.bytes()
        reader.end()
        if len(payload) > limits.LARGEST_AWARENESS:
            self.close(Close.TOO_LARGE)
            return
        self._room.hear(self, payload)
        self.hub.presence_changed()


def _session_key(scope) -> str:
    cookies = b"; ".join(value for name, value in scope["headers"] if name == b"cookie")
    return parse_cookie(cookies.decode("latin-1")).get(settings.SESSION_COOKIE_NAME, "")
