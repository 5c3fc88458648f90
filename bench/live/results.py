"""What the rounds gave, as rows: each server's median, and its ratio to Hocuspocus in the same round."""

from collections import defaultdict
from dataclasses import dataclass

from bench.rows import Row, median

AGAINST = "hocuspocus"
UNITS = {
    "edit to peer p50": "ms", "edit to peer p95": "ms", "edit to peer p99": "ms", "ack p50": "ms", "ack p99": "ms",
    "CPU per keystroke": "us", "memory": "MiB", "keystrokes": "", "load reached": "%", "deliveries missing": "",
    "not acknowledged": "", "texts that differ": "", "ingest": "edits/s", "CPU per ingested edit": "us",
    "CPU per join": "ms", "joins": "joins/s", "first content, cold": "ms", "letters lost by a restart": "",
    "kills": "", "typed": "", "seen": "", "acknowledged": "", "lost of seen": "", "lost of acknowledged": "",
}  # fmt: skip
# Counts: summed over the rounds, and no ratios.
COUNTS = {measure for measure, unit in UNITS.items() if not unit}
# Most (or, of ingest, least) of Hocuspocus' value that ours may take: on SQLite, on PostgreSQL.
# Latency with many clients is printed and not judged: a shared machine makes it noise.
TARGETS = {
    ("edit to peer p50", "8 clients"): (1.75, 2.5),
    ("edit to peer p99", "8 clients"): (2, 2),
    ("CPU per keystroke", "8 clients"): (1.25, 1.75),
    ("CPU per keystroke", "200 clients"): (1.0, 1.35),
    ("CPU per keystroke", "1000 clients"): (1.2, 1.3),
    ("memory", "200 clients"): (0.7, 0.7),
    ("ingest", "long text"): (3, 2),
    ("first content, cold", "long text"): (0.4, 0.4),
    ("CPU per join", "long text"): (0.8, 1.0),
}
AT_LEAST = {"ingest"}
MUST_BE_ZERO = {
    "deliveries missing", "not acknowledged", "texts that differ", "letters lost by a restart", "lost of seen",
    "lost of acknowledged",
}  # fmt: skip


@dataclass
class Result:
    server: str
    load: str
    round: int
    measured: dict


def named(load: str) -> str:
    return {"plan": "one plan", "long": "long text"}.get(load, f"{load} clients")


def rows(results: list[Result]) -> list[Row]:
    values = defaultdict(dict)
    for result in results:
        for measure, value in result.measured.items():
            values[result.load, measure, result.server][result.round] = value
    return [
        _row(load, measure, server, by_round, values.get((load, measure, AGAINST), {}))
        for (load, measure, server), by_round in sorted(values.items(), key=_in_order(results))
    ]


def _in_order(results):
    """By load and measure, servers side by side."""
    loads = list(dict.fromkeys(result.load for result in results))
    servers = list(dict.fromkeys(result.server for result in sorted(results, key=lambda one: one.round)))
    measures = list(UNITS)
    return lambda item: (loads.index(item[0][0]), measures.index(item[0][1]), servers.index(item[0][2]))


def _row(load, measure, server, by_round, anchor) -> Row:
    also = {"load": load, "server": server}
    known = {number: value for number, value in by_round.items() if value is not None}
    if measure in COUNTS:
        total = sum(known.values())
        row = Row(measure, total, UNITS[measure], also=also)
        if measure in MUST_BE_ZERO and server != AGAINST:
            row.target, row.met = 0, total == 0
        return row
    row = Row(measure, median(list(known.values())), UNITS[measure], also=also)
    ratios = [value / anchor[number] for number, value in known.items() if anchor.get(number)]
    if server == AGAINST or not ratios:
        _spread(row, known.values())
        return row
    row.ratio, row.against = median(ratios), AGAINST
    _spread(row, ratios)
    if target := TARGETS.get((measure, load)):
        row.target = target[0 if server == "sqlite" else 1]
        row.met = row.ratio >= row.target if measure in AT_LEAST else row.ratio <= row.target
    return row


def _spread(row, values):
    if len(values) > 1:
        row.low, row.high = min(values), max(values)
