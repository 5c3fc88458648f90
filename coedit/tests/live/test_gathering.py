"""How a busy writer lets what comes together share a batch."""

import pytest

from coedit.live import limits
from coedit.live.writer import Poll, Writer


@pytest.fixture
def pauses(monkeypatch):
    """How long the writer slept, without sleeping."""
    slept = []
    monkeypatch.setattr("coedit.live.writer.time.sleep", slept.append)
    return slept


@pytest.fixture
def writer():
    """Without its thread: the test takes the batches."""
    return Writer(deliver=None)


def batch_of(writer, count) -> int:
    writer._items.extend(Poll() for _ in range(count))
    return len(writer._next())


def test_the_first_batch_waits_for_nothing(writer, pauses):
    assert batch_of(writer, 1) == 1
    assert pauses == []


def test_after_many_items_the_next_batch_gathers_and_never_longer_than_the_limit(writer, pauses):
    batch_of(writer, 100)
    assert batch_of(writer, 30) == 30
    [pause] = pauses
    assert limits.GATHER_FOR_EACH < pause <= limits.LONGEST_GATHER


def test_after_one_item_it_hardly_does(writer, pauses):
    batch_of(writer, 1)
    batch_of(writer, 1)
    assert all(pause <= limits.GATHER_FOR_EACH for pause in pauses)


def test_nobody_waits_where_enough_have_come(writer, pauses):
    batch_of(writer, 1000)
    assert batch_of(writer, limits.GATHERED) == limits.GATHERED
    assert pauses == []


def test_a_process_that_stops_does_not_wait(writer, pauses):
    batch_of(writer, 100)
    writer.stop()
    batch_of(writer, 1)
    assert pauses == []
