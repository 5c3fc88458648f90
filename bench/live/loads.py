"""What is done to a server, and what is measured while it is done. Each load answers {measure: value}."""

import random
import threading
import time

from bench.live.generator import Generator
from bench.live.servers import Server
from bench.processes import cpu_seconds, memory
from bench.rows import percentile

TEAM = 8
RATE = 5
EDITS, WRITERS = 20_000, 4
JOINS, AT_ONCE = 100, 8
# Above this the generator only reads others' updates while people type, and applies them at the end.
MANY = 400
# The texts of every student: one for each load, and the texts of one plan.
FEW_TEXT, SOME_TEXT, MANY_TEXT, LONG_TEXT, KILLED_TEXT, *PLAN_TEXTS = range(11)
TEXTS = 11
# The student, a parent, the mentor and the adviser.
FOUR = (0, 1, 3, 4)
KILLED = 5


def typing(server: Server, generator: Generator, clients: int, seconds: float) -> dict:
    """So many people type, eight in each text."""
    text = FEW_TEXT if clients <= TEAM else MANY_TEXT if clients > MANY else SOME_TEXT
    typists = [[server.client(number // TEAM, text, number % TEAM)] for number in range(clients)]
    return _type(server, generator, typists, seconds, keeps=clients > MANY)


def plan(server: Server, generator: Generator, seconds: float) -> dict:
    """Four people have one plan open, all its texts, and type now in one and now in another."""
    typists = [[server.client(0, text, seat) for text in PLAN_TEXTS] for seat in FOUR]
    return _type(server, generator, typists, seconds, keeps=False)


def _type(server, generator, typists, seconds, keeps):
    generator.ask("open", typists=typists, keeps=keeps)
    roots = [*server.roots, *server.services]
    before = cpu_seconds(roots)
    answer = generator.ask("type", seconds=seconds, rate=RATE, patience=60)
    used, resident = cpu_seconds(roots) - before, memory(server.roots)
    compared = generator.ask("compare")
    generator.ask("close")
    latencies, acks = answer["latencies"], answer["acks"]
    return {
        "edit to peer p50": percentile(latencies, 50),
        "edit to peer p95": percentile(latencies, 95),
        "edit to peer p99": percentile(latencies, 99),
        "ack p50": percentile(acks, 50),
        "ack p99": percentile(acks, 99),
        "CPU per keystroke": used * 1e6 / answer["typed"],
        "memory": resident / 2**20,
        "keystrokes": answer["typed"],
        # Well below 100 the generator had no core for itself, and the figures are those of a lighter load.
        "load reached": 100 * answer["typed"] / (len(typists) * RATE * seconds),
        "deliveries missing": answer["expected"] - answer["arrived"],
        "not acknowledged": answer["unsaved"],
        "texts that differ": compared["different"],
    }


def long(server: Server, generator: Generator) -> dict:
    """A text takes in 20,000 edits while somebody watches, a class joins it, and it is opened after a restart."""
    writer, watcher = server.client(0, LONG_TEXT, 0), server.client(0, LONG_TEXT, len(server.ports))
    roots = [*server.roots, *server.services]
    generator.ask("open", typists=[[watcher]], keeps=True)
    before = cpu_seconds(roots)
    taken = generator.ask("ingest", client=writer, edits=EDITS, writers=WRITERS)
    ingested = cpu_seconds(roots)
    joins = generator.ask("joins", client=writer, count=JOINS, at_once=AT_ONCE)
    joined = cpu_seconds(roots)
    warm = generator.ask("first", client=writer)
    differ = generator.ask("compare")["different"]
    generator.ask("close")
    server.stop()
    server.start()
    cold = generator.ask("first", client=writer)
    return {
        "ingest": EDITS / taken["seconds"],
        "CPU per ingested edit": (ingested - before) * 1e6 / EDITS,
        "CPU per join": (joined - ingested) * 1e3 / JOINS,
        "joins": JOINS / joins["seconds"],
        "first content, cold": cold["milliseconds"],
        "not acknowledged": taken["unsaved"],
        "texts that differ": differ,
        "letters lost by a restart": warm["letters"] - cold["letters"],
    }


def kills(server: Server, generator: Generator, count: int, is_over: threading.Event) -> dict:
    """Forty people type in five texts until every process of the server is killed; then somebody reads what is left."""
    totals: dict[str, int] = {"kills": 0}
    while totals["kills"] < count and not is_over.is_set():
        typists = [[server.client(number // TEAM, KILLED_TEXT, number % TEAM)] for number in range(KILLED * TEAM)]
        generator.ask("open", typists=typists, keeps=False)
        generator.ask("begin", rate=RATE)
        time.sleep(random.uniform(2, 6))
        server.kill()
        generator.ask("halt")
        server.start()
        for name, value in generator.ask("lost", servers=server.addresses).items():
            totals[name] = totals.get(name, 0) + value
        totals["kills"] += 1
    return {name.replace("_", " "): value for name, value in totals.items()}
