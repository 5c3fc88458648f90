"""Our pages and the floor, each behind the server that production starts, with the same settings."""

import contextlib
import json
import secrets
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.page.databases import PostgreSQL
from bench.processes import ROOT, answers, cpu_seconds, environment, free_port, started, wait_until

# One process: the requests of one client meet the same warm one every time.
THREADS = 4
SECRET_KEY = secrets.token_urlsafe(50)
# As deploy/start has it for pages; a test holds the two together.
GUNICORN = (
    "--worker-class gthread --timeout 60 --graceful-timeout 10 --max-requests 5000 --max-requests-jitter 500"
    " --log-level warning"
).split()


@dataclass
class Serving:
    """A server that runs, and on which database."""

    port: int
    pid: int
    server: PostgreSQL
    database: str

    def used(self) -> float:
        """CPU seconds of its processes and of its database connections so far."""
        return cpu_seconds([self.pid]) + self.server.cpu_seconds(self.database)


@dataclass
class Site:
    """A Django project on one database."""

    server: PostgreSQL
    database: str
    folder: Path
    redis_url: str = ""

    @property
    def variables(self) -> dict:
        redis = {"REDIS_URL": self.redis_url} if self.redis_url else {}
        return redis | {
            "DATABASE_URL": self.server.url(self.database), "SECRET_KEY": SECRET_KEY, "ALLOWED_HOSTS": "127.0.0.1",
            "LISTEN": "127.0.0.1", "VAR": str(self.folder), "STATIC_ROOT": str(self.static),
            "PAGES_PROCESSES": "1", "PAGES_THREADS": str(THREADS),
        }  # fmt: skip

    @property
    def static(self) -> Path:
        return self.folder / "static"

    def run(self, *command: str, **more) -> str:
        """What a command in this project's environment says."""
        done = subprocess.run(
            command, cwd=ROOT, env=environment(**self.variables, **more), stdout=subprocess.PIPE, check=True, text=True
        )
        return done.stdout

    @contextlib.contextmanager
    def serve(self):
        port = free_port()
        command = self.command(port)
        with started(command, **self.variables, PORT=str(port)) as process:
            wait_until(lambda: answers(port), 60, "a server")
            yield Serving(port, process.pid, self.server, self.database)


class Ours(Site):
    def command(self, port: int) -> list[str]:
        return ["deploy/start", "pages"]

    def prepare(self, load: Sequence[str], is_new: bool) -> None:
        """`load` are options of load_demo."""
        self.run("deploy/start", "prepare")
        if is_new:
            self.run(sys.executable, "manage.py", "load_demo", *load, DEBUG="1")
            self.server.settle(self.database)

    def told(self, module: str, *arguments: str):
        """What a module of ours prints as JSON in the environment of the server (bench/page/people.py)."""
        return json.loads(self.run(sys.executable, "-m", module, *arguments, DJANGO_SETTINGS_MODULE="bpl.settings"))


class Floor(Site):
    def command(self, port: int) -> list[str]:
        address = ["--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", str(THREADS)]
        return ["gunicorn", "bench.floor.wsgi", *GUNICORN, *address]

    @property
    def variables(self) -> dict:
        return super().variables | {"DJANGO_SETTINGS_MODULE": "bench.floor.settings"}

    def prepare(self) -> dict:
        """See bench/floor/fill.py."""
        self.run(sys.executable, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0")
        page = json.loads(self.run(sys.executable, "-m", "bench.floor.fill"))
        self.server.settle(self.database)
        return page
