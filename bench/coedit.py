"""Live editing: our server and Hocuspocus, side by side under the same load.

Ours runs as production starts it, on SQLite, on PostgreSQL, and as two processes over Redis; every figure is also a
ratio to Hocuspocus 4.7 with its SQLite extension in the same round. docs/benches.md says how it is measured.
"""

import argparse
import contextlib
import functools
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

from bench.live import loads, packages, results
from bench.live.generator import Failed, Generator
from bench.live.servers import Hocuspocus, Ours, PostgreSQL, SQLite, redis_pid
from bench.rows import Row

SERVERS = ("hocuspocus", "sqlite", "postgresql", "redis")
LOADS = ("8", "plan", "200", "long", "1000", "kills")


def add_options(parser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="how often everything is measured, in turn (5)")
    parser.add_argument("--seconds", type=float, default=5, help="how long people type (5)")
    parser.add_argument("--kills", type=int, default=20, help="how often each server is killed (20)")
    parser.add_argument("--quick", action="store_true", help="one round of three seconds, three kills")
    parser.add_argument("--servers", nargs="+", choices=SERVERS, default=SERVERS)
    parser.add_argument("--loads", nargs="+", type=_load, default=LOADS, help="a number of clients, plan, long, kills")


def _load(name: str) -> str:
    if name not in LOADS and not (name.isdigit() and int(name)):
        raise argparse.ArgumentTypeError(f"{name} is no number of clients, nor plan, long or kills")
    return name


def run(options) -> list[Row]:
    if options.quick:
        options.rounds, options.seconds, options.kills = 1, 3, 3
    found: list[results.Result] = []
    with contextlib.ExitStack() as stack:
        try:
            _measure(options, stack, found)
        except packages.Missing as missing:
            sys.exit(str(missing))
        except KeyboardInterrupt:
            _say("Interrupted: this is what was measured until then.")
    return results.rows(found)


def _measure(options, stack, found) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-")))
    makers = _makers(options.servers, _students(options.loads), folder, stack)
    typed = [load for load in options.loads if load != "kills"]
    for number in range(options.rounds if typed else 0):
        # Each round begins with another server: whoever comes first finds the machine fresher.
        for name in _turned(list(makers), number):
            _say(f"Round {number + 1} of {options.rounds}: {name}")
            with _running(makers[name], folder / f"{number}-{name}") as server:
                for result in _round(server, name, number, typed, options.seconds):
                    found.append(result)
    if "kills" in options.loads:
        _say(f"Killing each server {options.kills} times")
        _kill_all(makers, options.kills, folder, found)


def _kill_all(makers, count, folder, found):
    """All servers at once: nothing here is a matter of time."""
    is_over = threading.Event()
    with ThreadPoolExecutor(len(makers)) as pool:
        kills = [pool.submit(_killed, name, make, count, folder, is_over) for name, make in makers.items()]
        try:
            wait(kills)
        finally:
            # Interrupted, each still does the one that it is at.
            is_over.set()
            found += [kill.result() for kill in kills]


def _round(server, name, number, wanted, seconds):
    with contextlib.closing(Generator()) as generator:
        for load in wanted:
            try:
                if load == "plan":
                    measured = loads.plan(server, generator, seconds)
                elif load == "long":
                    measured = loads.long(server, generator)
                else:
                    measured = loads.typing(server, generator, int(load), seconds)
            except Failed as failed:
                _say(f"{name}, {load}: {failed}")
                return
            yield results.Result(name, results.named(load), number, measured)


def _killed(name, make, count, folder, is_over):
    with _running(make, folder / f"kills-{name}") as server, contextlib.closing(Generator()) as generator:
        return results.Result(name, "kills", 0, loads.kills(server, generator, count, is_over))


@contextlib.contextmanager
def _running(make, folder):
    folder.mkdir()
    server = make(folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def _makers(wanted, students, folder, stack) -> dict:
    """For each server how to make it in a folder of its own, on a database of its own with the school in it."""
    makers = {}
    if "hocuspocus" in wanted:
        packages.install()
        makers["hocuspocus"] = functools.partial(Hocuspocus, node=packages.node()[0])
    databases = {}
    if "sqlite" in wanted:
        databases["sqlite"] = SQLite(folder)
    if {"postgresql", "redis"} & set(wanted):
        databases["postgresql"] = PostgreSQL(stack.enter_context(_services().throw_away_postgres()))
    _say("Making a school")
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda database: database.fill([loads.TEXTS] * students), databases.values()))
    for name, database in databases.items():
        if name in wanted:
            makers[name] = functools.partial(_ours, database)
    if "redis" in wanted:
        url = stack.enter_context(_services().throw_away_redis())
        makers["redis"] = functools.partial(_ours, databases["postgresql"], redis_url=url)
    return makers


def _ours(database, folder, redis_url=""):
    services = (*database.services, *([redis_pid(redis_url)] if redis_url else []))
    return Ours(
        folder, database.copy(folder), database.school, count=2 if redis_url else 1, redis_url=redis_url,
        services=services,
    )  # fmt: skip


def _services():
    # bin/ is on the path of what runs from there; a bench of SQLite alone needs none of it.
    import services  # noqa: PLC0415

    return services


def _students(wanted) -> int:
    clients = max((int(load) for load in wanted if load.isdigit()), default=0)
    return max(loads.KILLED, -(-clients // loads.TEAM))


def _turned(names, number):
    number %= len(names)
    return names[number:] + names[:number]


def _say(line):
    print(line, file=sys.stderr, flush=True)
