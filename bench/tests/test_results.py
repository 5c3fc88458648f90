"""What the rounds of bin/bench coedit become: medians, ratios within a round, sums of what must not be lost."""

from bench.live.results import MUST_BE_ZERO, TARGETS, UNITS, Result, rows


def result(server, number, load="8 clients", **measured):
    names = {name.replace("_", " "): name for name in measured}
    return Result(server, load, number, {title: measured[name] for title, name in names.items()})


def test_a_ratio_is_taken_within_a_round():
    found = rows(
        [
            result("hocuspocus", 0, memory=100), result("sqlite", 0, memory=50),
            result("sqlite", 1, memory=300), result("hocuspocus", 1, memory=400),
            result("hocuspocus", 2, memory=10), result("sqlite", 2, memory=20),
        ]
    )  # fmt: skip
    anchor, ours = found
    assert (anchor.value, anchor.ratio, anchor.low, anchor.high) == (100, None, 10, 400)
    assert (ours.value, ours.ratio, ours.low, ours.high) == (50, 0.75, 0.5, 2)
    assert ours.against == "hocuspocus"
    assert ours.also == {"load": "8 clients", "server": "sqlite"}


def test_alone_it_has_no_ratio():
    (row,) = rows([result("sqlite", 0, memory=50)])
    assert (row.value, row.ratio, row.against, row.low) == (50, None, None, None)


def test_a_round_without_the_other_gives_no_ratio():
    found = rows([result("hocuspocus", 0, memory=100), result("sqlite", 0, memory=50), result("sqlite", 1, memory=1)])
    assert found[1].ratio == 0.5


def test_a_target_is_a_most_and_for_ingest_a_least():
    def met(measured, load, ours):
        found = rows([Result("hocuspocus", load, 0, {measured: 1.0}), Result("postgresql", load, 0, {measured: ours})])
        return found[1].met

    assert met("CPU per keystroke", "200 clients", 1.35)
    assert not met("CPU per keystroke", "200 clients", 1.36)
    assert met("ingest", "long text", 2.0)
    assert not met("ingest", "long text", 1.9)


def test_losses_are_summed_and_must_be_none():
    found = rows([result("sqlite", number, deliveries_missing=lost) for number, lost in enumerate([0, 3, 0])])
    assert (found[0].value, found[0].met) == (3, False)
    (kept,) = rows([result("sqlite", 0, "kills", lost_of_seen=0)])
    assert kept.met is True
    (others,) = rows([result("hocuspocus", 0, "kills", lost_of_seen=7)])
    assert others.met is None


def test_what_nobody_measured_is_left_open():
    found = rows([result("hocuspocus", 0, ack_p50=None), result("sqlite", 0, ack_p50=5.0)])
    assert [row.value for row in found] == [None, 5.0]
    assert found[1].ratio is None


def test_every_target_and_every_count_is_of_something_measured():
    assert {measure for measure, _load in TARGETS} | MUST_BE_ZERO <= set(UNITS)
