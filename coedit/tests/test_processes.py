"""Whole processes: killed while people type, and two of them sharing one text."""

import contextlib
import random
import threading
import time

import pytest
from websockets.exceptions import ConnectionClosed

from coedit.ranges import read_update
from coedit.tests.factories import a_text
from coedit.tests.processes import Process, Redis, connect
from coedit.wire import read_state

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def started():
    """Starts processes (and a Redis); all are ended."""
    running = []

    def start(kind, *arguments):
        running.append(kind(*arguments))
        return running[-1]

    yield start
    for process in reversed(running):
        process.stop()


def type_until_killed(peer):
    with contextlib.suppress(ConnectionClosed):
        while peer.code is None:
            peer.type(random.choice("abcdefgh "))
            peer.pump(seconds=0.05)


def acknowledged(peer) -> dict:
    """The first clock after what was acknowledged, by client."""
    ends = [section.end for update in peer.pushed[: peer.saved] for section in read_update(update).sections]
    return {peer.doc.client_id: max(ends, default=0)}


def seen(peer) -> dict:
    state = read_state(peer.doc.get_state())
    state.pop(peer.doc.client_id, None)
    return state


def test_nothing_acknowledged_or_seen_is_lost_to_a_kill(started, cast):
    text = a_text(cast, "Hello")
    process = started(Process)
    for _kill in range(3):
        peers = [connect(process, getattr(cast, who), text).sync() for who in ("sam", "rosa", "ada", "mo")]
        threads = [threading.Thread(target=type_until_killed, args=(peer,)) for peer in peers]
        for thread in threads:
            thread.start()
        time.sleep(random.uniform(1, 2.5))
        process.kill()
        for thread in threads:
            thread.join(20)
        process.start()
        kept = read_state(connect(process, cast.ada, text).sync().doc.get_state())
        for peer in peers:
            promised = acknowledged(peer) | seen(peer)
            assert {c: end for c, end in promised.items() if kept.get(c, 0) < end} == {}
            assert peer.saved > 0
            peer.close()


def test_two_processes_share_one_text_over_redis(started, cast):
    text = a_text(cast)
    redis = started(Redis)
    here, there = started(Process, redis.url), started(Process, redis.url)
    sam, rosa = connect(here, cast.sam, text).sync(), connect(there, cast.rosa, text).sync()
    sam.write("warm up")
    rosa.sees("warm up")
    start = time.monotonic()
    sam.write("from here")
    rosa.sees("from here").write("from there")
    sam.sees("from there")
    assert time.monotonic() - start < 3
    rosa.caret({"cursor": 1}, clock=1)
    sam.pump(until=lambda: rosa.doc.client_id in sam.carets)
    ada = connect(here, cast.ada, text)
    ada.pump(until=lambda: rosa.doc.client_id in ada.carets)
    rosa.close()
    sam.pump(until=lambda: sam.carets[rosa.doc.client_id][1] is None)


def test_a_restarted_redis_delays_and_loses_nothing(started, cast):
    text = a_text(cast)
    redis = started(Redis)
    here, there = started(Process, redis.url), started(Process, redis.url)
    sam, rosa = connect(here, cast.sam, text).sync(), connect(there, cast.rosa, text).sync()
    redis.stop()
    sam.write("while it is down")
    sam.all_saved()
    rosa.sees("while it is down")
    redis.start()
    rosa.write("when it is back")
    sam.sees("when it is back")
    assert sam.text == rosa.text


def test_two_processes_without_redis_read_the_table(started, cast):
    text = a_text(cast)
    here, there = started(Process), started(Process)
    sam, rosa = connect(here, cast.sam, text).sync(), connect(there, cast.rosa, text).sync()
    sam.type("both at once ")
    rosa.type("and still one ")
    sam.all_saved()
    rosa.all_saved().pump(until=lambda: "both at once" in rosa.text)
    sam.pump(until=lambda: sam.text == rosa.text)
