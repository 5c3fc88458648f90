"""What the main pages cost, as ratios to a bare Django page served beside them.

Queries, CPU, p50 and p95 of each page on PostgreSQL, at the size of a school and of a network; weight, and what was
written. CPU is that of the server's processes and of the database's together.
"""

import time

from bench.command import say
from bench.page import measuring
from bench.page.measuring import Bench, Page, beside, plain
from bench.page.servers import Ours, Serving
from bench.rows import Row, median, percentile

SIZES = ("school", "network")
# Statements, session and user included (PERFORMANCE.md of the project; the tests hold them too).
MOST_QUERIES = {"adviser's home": 12, "plan": 10, "group": 8, "students of a school": 6}
# As a ratio to the floor: what must hold.
MOST_CPU = 1.5
# PostgreSQL counts what was written a second late.
COUNTED_LATE = 1.5


def add_options(parser) -> None:
    measuring.add_options(parser, rounds=5, requests=30)
    parser.add_argument("--size", choices=SIZES, help="only this size; else both")


def run(options) -> list[Row]:
    pages: list[Page] = []
    written: list[Row] = []
    with measuring.told_when_stopped() as stack:
        _run(Bench(options, stack), pages, written)
    return [row for page in pages if page.slices for row in rows_of(page)] + written


def _run(bench: Bench, pages, written) -> None:
    for size in [bench.options.size] if bench.options.size else SIZES:
        site = bench.site(size, "--size", size)
        with site.serve() as serving:
            found = bench.pages(site, size, serving, site.told("bench.page.people", size))
            pages += found
            written.append(_measure(site, serving, found, bench))


def _measure(site: Ours, serving: Serving, pages: list[Page], bench: Bench) -> Row:
    """Fills the pages' slices; answers what was written meanwhile."""
    time.sleep(COUNTED_LATE)
    before = site.server.rows_written(site.database)
    for number in range(bench.options.rounds):
        say(f"{site.database}: round {number + 1} of {bench.options.rounds}")
        for page in pages:
            page.measure(bench.beside, serving.used, bench.options.requests)
    time.sleep(COUNTED_LATE)
    written = site.server.rows_written(site.database) - before
    return plain("rows written by all of these", written, "rows", {"size": site.database, "page": "all"}, 0)


def rows_of(page: Page) -> list[Row]:
    """What is said of one page; ratios are those of each round to the floor beside it."""
    weight, also = page.weight, {"size": page.size, "page": page.name}
    return [
        plain("queries", page.queries, "statements", also, MOST_QUERIES.get(page.name)),
        beside("cpu", page, lambda one: one.cpu, also, MOST_CPU),
        beside("p50", page, lambda one: median(one.waits), also),
        beside("p95", page, lambda one: percentile(one.waits, 95), also),
        plain("html", weight.raw / 1024, "KB", also, 60),
        plain("html, compressed", weight.compressed / 1024, "KB", also, 12),
        plain("first view", weight.first_requests, "requests", also, 8),
        # The editor is the one thing that is heavier, and comes only where somebody may write.
        plain("first view, compressed", weight.first_bytes / 1024, "KB", also, None if weight.has_editor else 120),
        plain("later view", weight.later_requests, "requests", also, 1),
    ]
