"""Hints between processes, through the channel layer. Whatever is lost here is read from the table a little later.

One channel a process, whatever the number of its sockets: a layer's channel for each client costs more than the words.
"""

import asyncio
import logging
import uuid

from channels.layers import InMemoryChannelLayer, get_channel_layer
from pycrdt import merge_updates

log = logging.getLogger(__name__)

# This process, so that it does not listen to itself.
PROCESS = uuid.uuid4().hex
EVERYBODY = "texts"
# Updates larger than this are read from the table instead.
LARGEST = 64 * 1024
MOST_WAITING = 1000


def shared_layer():
    """The layer to other processes; None where there are none (in memory nobody else can hear)."""
    layer = get_channel_layer()
    return None if layer is None or isinstance(layer, InMemoryChannelLayer) else layer


def group_of(text_id) -> str:
    return f"text.{text_id.hex}"


def message(kind: str, text_id=None, **facts) -> dict:
    """As it travels; `type` is what the layer asks of every message."""
    text = {"text": text_id.hex} if text_id else {}
    return {"type": "coedit.hint", "kind": kind, "from": PROCESS, **text, **facts}


class Layer:
    """`hear(message)` is called on the event loop for what other processes say."""

    def __init__(self, hear):
        self._hear = hear
        self._out: asyncio.Queue | None = None
        self._tasks: list[asyncio.Task] = []

    def open(self, text_id) -> None:
        """Listen to what is said of this text, and ask who is there."""
        if shared_layer() is not None:
            self._start()
            self._put(("open", group_of(text_id), message("who", text_id)))

    def close(self, text_id) -> None:
        self._put(("close", group_of(text_id), None))

    def tell_news(self, text_id, news) -> None:
        if self._out is None:
            return
        data = merge_updates(*(update for update, _origin in news.updates))
        known = {"data": data} if news.is_own and len(data) <= LARGEST else {}
        facts = message("news", text_id, before=news.before_id, last=news.last_id, **known)
        self._put(("tell", group_of(text_id), facts))

    def tell_presence(self, text_id, states: list) -> None:
        self._put(("tell", group_of(text_id), message("presence", text_id, states=states)))

    async def rest(self) -> None:
        """Stop listening. A room that opens meanwhile starts anew."""
        tasks, self._tasks, self._out = self._tasks, [], None
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _start(self):
        if self._out is None:
            self._out = asyncio.Queue(MOST_WAITING)
            self._tasks = [asyncio.ensure_future(self._run())]

    def _put(self, work):
        if self._out is None:
            return
        try:
            self._out.put_nowait(work)
        except asyncio.QueueFull:
            # The layer does not answer. Others poll the table meanwhile.
            log.warning("hints to other processes are dropped")

    async def _run(self):
        layer = shared_layer()
        channel = await _patiently(layer.new_channel)
        self._tasks.append(asyncio.ensure_future(self._receive(layer, channel)))
        await _patiently(layer.group_add, EVERYBODY, channel)
        while True:
            kind, group, facts = await self._out.get()
            try:
                await self._do(layer, channel, kind, group, facts)
            except (OSError, RuntimeError) as error:
                log.warning("a hint was lost: %s", error)

    async def _do(self, layer, channel, kind, group, facts):
        if kind == "open":
            await layer.group_add(group, channel)
        elif kind == "close":
            await layer.group_discard(group, channel)
        if facts is not None:
            await layer.group_send(group, facts)

    async def _receive(self, layer, channel):
        while True:
            said = await layer.receive(channel)
            if said.get("from") != PROCESS:
                self._hear(read(said))


def read(said: dict) -> dict:
    return said | {"text": uuid.UUID(said["text"])} if "text" in said else said


async def _patiently(function, *arguments):
    """Try until the layer answers."""
    while True:
        try:
            return await function(*arguments)
        except Exception as error:  # noqa: BLE001 (whatever the layer's client raises, it may be back in a second)
            log.warning("the channel layer does not answer: %s", error)
            await asyncio.sleep(1)
