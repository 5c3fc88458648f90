"""The servers that are measured: ours as production starts it, and Hocuspocus as its makers ship it."""

import abc
import contextlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import psutil
import psycopg2
import redis

from bench.processes import ROOT, answers, environment, free_port, stop, wait_until

SECRET_KEY = secrets.token_urlsafe(50)


class Server(abc.ABC):
    """Some processes on one database, to be started, killed and started again."""

    framing = ""
    # What else works for it and is counted: the database, Redis.
    services: tuple[int, ...] = ()

    def __init__(self, folder: Path, count: int = 1):
        self.log = folder / "server.log"
        self.ports = [free_port() for _ in range(count)]
        self._processes: list[subprocess.Popen] = []

    def start(self) -> None:
        with self.log.open("ab") as log:
            for port in self.ports:
                command, environ = self.command(port)
                self._processes.append(
                    subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
                )
        for port in self.ports:
            wait_until(lambda port=port: answers(port), 90, f"a server (its words are in {self.log})")

    def kill(self) -> None:
        """As when the machine loses its power: nothing is said, nothing is finished."""
        family = [one for process in self._processes for one in psutil.Process(process.pid).children(recursive=True)]
        for process in self._processes:
            process.send_signal(signal.SIGKILL)
        for member in family:
            with contextlib.suppress(psutil.NoSuchProcess):
                member.kill()
        self._reap()

    def stop(self) -> None:
        for process in self._processes:
            stop(process)
        self._reap()

    def _reap(self):
        for process in self._processes:
            process.wait()
        self._processes = []

    @property
    def roots(self) -> list[int]:
        return [process.pid for process in self._processes]

    @property
    def addresses(self) -> list[str]:
        return [f"ws://127.0.0.1:{port}" for port in self.ports]

    @abc.abstractmethod
    def command(self, port: int) -> tuple[list, dict]:
        """What starts the process on this port, and its environment."""

    def client(self, student: int, text: int, seat: int) -> dict:
        """What the load generator must know to open a student's text as the one in this seat of the team."""
        return {"framing": self.framing, "server": self.addresses[seat % len(self.ports)]}


class Hocuspocus(Server):
    framing = "hocuspocus"

    def __init__(self, folder, node: str):
        super().__init__(folder)
        self._command = [node, "bench/live/hocuspocus.mjs"]
        self._file = folder / "hocuspocus.sqlite3"

    def command(self, port):
        return [*self._command, str(port), str(self._file)], environment()

    def client(self, student, text, seat):
        return super().client(student, text, seat) | {"text": f"text-{student}-{text}"}


class Ours(Server):
    framing = "ours"

    def __init__(self, folder, database_url: str, school: dict, *, count=1, redis_url="", services=()):
        super().__init__(folder, count)
        self._environ = environment(
            DATABASE_URL=database_url, SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="127.0.0.1", LISTEN="127.0.0.1",
            VAR=str(folder), **({"REDIS_URL": redis_url} if redis_url else {}),
        )  # fmt: skip
        self._school = school
        self.services = services

    def command(self, port):
        return ["deploy/start", "live"], self._environ | {"PORT": str(port)}

    def client(self, student, text, seat):
        there = self._school["students"][student]
        cookie = f"{self._school['cookie']}={there['sessions'][seat]}"
        return super().client(student, text, seat) | {"text": there["texts"][text], "cookie": cookie}


def _make_school(database_url: str, texts: list[int]) -> dict:
    made = subprocess.run(
        [sys.executable, "bench/live/school.py", json.dumps(texts)],
        cwd=ROOT, stdout=subprocess.PIPE, check=True,
        env=environment(
            DATABASE_URL=database_url, SECRET_KEY=SECRET_KEY, ALLOWED_HOSTS="127.0.0.1", UNDER_ASGI="1",
            DJANGO_SETTINGS_MODULE="bpl.settings",
        ),
    )  # fmt: skip
    return json.loads(made.stdout)


@dataclass
class SQLite:
    """A database file with the school, copied for each server."""

    folder: Path
    services = ()
    school: dict = field(default_factory=dict)

    def fill(self, texts):
        self.school = _make_school(f"sqlite:///{self.folder / 'school.sqlite3'}", texts)

    def copy(self, folder: Path) -> str:
        shutil.copy(self.folder / "school.sqlite3", folder / "copy.sqlite3")
        return f"sqlite:///{folder / 'copy.sqlite3'}"


@dataclass
class PostgreSQL:
    """A server of the bench's own, so that its whole process tree works for us alone. `url` is any database there."""

    url: str
    school: dict = field(default_factory=dict)
    copies: int = 0

    def __post_init__(self):
        self._create("school", "template1")
        with self._connected("postgres") as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.services = (psutil.Process(cursor.fetchone()[0]).ppid(),)

    def fill(self, texts):
        self.school = _make_school(self._named("school"), texts)

    def copy(self, _folder) -> str:
        self.copies += 1
        name = f"copy_{os.getpid()}_{self.copies}"
        self._create(name, "school")
        return self._named(name)

    def _create(self, name, template):
        with self._connected("postgres") as cursor:
            cursor.execute(f"CREATE DATABASE {name} TEMPLATE {template}")

    @contextlib.contextmanager
    def _connected(self, name):
        connection = psycopg2.connect(self._named(name))
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            yield cursor

    def _named(self, name):
        address, _, options = self.url.partition("?")
        return f"{address.rpartition('/')[0]}/{name}{'?' if options else ''}{options}"


def redis_pid(url: str) -> int:
    with redis.Redis.from_url(url) as client:
        return client.info("server")["process_id"]
