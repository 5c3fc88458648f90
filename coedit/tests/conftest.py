"""A real server for the tests that speak to one: uvicorn in a thread, in this process, on a free port."""

import contextlib
import threading
import time

import pytest
import uvicorn
from django.db import connections

from coedit.live import limits
from coedit.tests.peers import Peer


class Server(uvicorn.Server):
    @property
    def address(self):
        return "{}:{}".format(*self.servers[0].sockets[0].getsockname())


@contextlib.contextmanager
def serving():
    from bpl.asgi import application

    config = uvicorn.Config(
        application, port=0, lifespan="on", log_level="warning", ws="websockets-sansio", ws_per_message_deflate=False,
        timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield server
    finally:
        server.should_exit = True
        thread.join(10)


def hurry(monkeypatch):
    """Shorter waits, and no connection kept by a thread that is gone (as in every process under ASGI)."""
    monkeypatch.setitem(connections.settings["default"], "CONN_MAX_AGE", 0)
    monkeypatch.setattr(limits, "LINGER", 0.2)
    monkeypatch.setattr(limits, "RENDER_AFTER", 0.1)
    monkeypatch.setattr(limits, "SIGN_OUT_TAKES", 0.1)


@pytest.fixture
def server(transactional_db, cast, monkeypatch):
    hurry(monkeypatch)
    with serving() as running:
        yield running


@pytest.fixture
def peer(server):
    """Opens an editor; all are closed at the end."""
    opened = []

    def open_peer(user, text, **how):
        opened.append(Peer(server.address, user, text, **how))
        return opened[-1]

    yield open_peer
    for one in opened:
        one.close()
