import asyncio
import time
from collections import deque

from coedit.live import limits


class Outbox:
    """Frames on their way to one client. A slow client holds up nobody: its frames wait here, up to a limit.

    Nearly every frame can be handed over at once. Waking a task for each of them costs more than sending it, so the
    first step of `send` is taken right here, and a task is made only for what that step could not finish.
    """

    def __init__(self, send, loop):
        self._send = send
        self._loop = loop
        self._waiting: deque[bytes] = deque()
        self._task = None
        self.behind = 0
        self.is_open = True
        self.sent_at = time.monotonic()

    def push(self, frame: bytes, asked: bool = False) -> bool:
        """Send or keep `frame`; False if the client is too far behind. What it `asked` for may be of any size."""
        if not self.is_open:
            return True
        self.sent_at = time.monotonic()
        if self._task is None:
            return self._start(frame)
        self._waiting.append(frame)
        if not asked:
            self.behind += len(frame)
        return self.behind <= limits.MOST_BEHIND

    def _start(self, frame):
        sending = self._send({"type": "websocket.send", "bytes": frame})
        try:
            pending = sending.send(None)
        except StopIteration:
            return True
        except (OSError, RuntimeError):
            self.is_open = False
            return True
        self._task = self._loop.create_task(self._finish(sending, pending))
        return True

    async def _finish(self, sending, pending):
        try:
            await _Rest(sending, pending)
            while self._waiting:
                frame = self._waiting.popleft()
                self.behind = max(0, self.behind - len(frame))
                await self._send({"type": "websocket.send", "bytes": frame})
        except (OSError, RuntimeError):
            # The client has gone; its socket's own loop hears of it.
            self.is_open = False
        finally:
            self._task = None

    async def drained(self) -> None:
        """Until nothing waits any more."""
        if self._task is not None:
            await asyncio.wait({self._task})

    async def close(self, code: int) -> None:
        """Close with `code`; what still waits is not sent."""
        if self.is_open:
            self.is_open = False
            if self._task is not None:
                self._task.cancel()
            try:
                await self._send({"type": "websocket.close", "code": code})
            except (OSError, RuntimeError):
                return

    def drop(self) -> None:
        self.is_open = False
        if self._task is not None:
            self._task.cancel()


class _Rest:
    """What is left of a coroutine whose first step was taken by hand."""

    def __init__(self, coroutine, pending):
        self._coroutine = coroutine
        self._pending = pending

    def __await__(self):
        pending = self._pending
        while True:
            value = yield pending
            try:
                pending = self._coroutine.send(value)
            except StopIteration as stop:
                return stop.value
