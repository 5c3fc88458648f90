"""What the main pages cost, as ratios to a bare Django page served beside them.

Queries, CPU, p50 and p95 of each page on PostgreSQL, at the size of a school and of a network; weight, and what was
written. CPU is that of the server's processes and of the database's together.
"""

import contextlib
import os
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from bench.command import say
from bench.page.asking import Browser, Slice, ask
from bench.page.databases import PostgreSQL, Refused
from bench.page.servers import Floor, Ours, Serving
from bench.page.weight import Weight, weigh
from bench.processes import ROOT
from bench.rows import Row, median, percentile

SIZES = ("school", "network")
FLOOR = "floor page"
# Statements, session and user included (PERFORMANCE.md of the project; the tests hold them too).
MOST_QUERIES = {"adviser's home": 12, "plan": 10, "group": 8, "students of a school": 6}
# As a ratio to the floor: what must hold.
MOST_CPU = 1.5
# PostgreSQL counts what was written a second late.
COUNTED_LATE = 1.5


def add_options(parser) -> None:
    parser.add_argument("--rounds", type=int, default=5, help="how often each page is measured beside the floor")
    parser.add_argument("--requests", type=int, default=30, help="how often it is asked for in a round")
    parser.add_argument("--size", choices=SIZES, help="only this size; else both")
    parser.add_argument("--only", metavar="PAGE", action="append", help="only this page; may be given again")
    parser.add_argument("--keep", metavar="PREFIX", help="keep the databases under this name, or use those kept before")


def run(options) -> list[Row]:
    pages: list[Page] = []
    written: list[Row] = []
    try:
        with contextlib.ExitStack() as stack:
            _run(options, stack, pages, written)
    except Refused as refused:
        sys.exit(str(refused))
    except KeyboardInterrupt:
        say("Interrupted: this is what was measured until then.")
    return [row for page in pages if page.slices for row in rows_of(page)] + written


def _run(options, stack, pages, written) -> None:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-")))
    url, redis_url = stack.enter_context(services())
    server = PostgreSQL(url, options.keep or f"throughline_bench_{os.getpid()}")
    stack.callback(server.close)
    floor = Floor(server, _database(server, "floor", options, stack)[0], folder)
    floor_page = floor.prepare()
    floor_serving = stack.enter_context(floor.serve())
    floor_browser = stack.enter_context(contextlib.closing(Browser(floor_serving.port, floor_page["cookie"])))
    beside = Beside(floor_serving, floor_browser, floor_page["path"])
    for size in [options.size] if options.size else SIZES:
        database, is_new = _database(server, size, options, stack)
        say(f"{size}: {'making' if is_new else 'using'} the database ...")
        site = Ours(server, database, folder / size, redis_url)
        site.prepare(size, is_new)
        with site.serve() as serving:
            found = _pages(site, size, serving, options, stack)
            pages += found
            written.append(_measure(site, serving, found, beside, options))


@contextlib.contextmanager
def services():
    """PostgreSQL (DATABASE_URL, or one that runs here, or a throw-away one), and Redis likewise."""
    if not os.environ.get("DATABASE_URL", "postgres").startswith("postgres"):
        raise Refused("Pages are measured on PostgreSQL. Point DATABASE_URL to one on this machine, or leave it out.")
    sys.path.append(str(ROOT / "bin"))
    import services  # noqa: PLC0415 (bin/ is no package)

    try:
        with services.both() as (addresses, what):
            say(what)
            yield addresses["DATABASE_URL"], addresses["REDIS_URL"]
    except services.Missing as missing:
        raise Refused(str(missing)) from None


def _database(server, name, options, stack) -> tuple[str, bool]:
    is_new = server.make(name)
    if not options.keep:
        stack.callback(server.drop, name)
    return name, is_new


@dataclass
class Beside:
    """The floor, measured beside each page."""

    serving: Serving
    browser: Browser
    path: str

    def ask(self, count: int) -> Slice:
        return ask(self.browser, self.path, count, self.serving.used)


@dataclass
class Page:
    """One page of one size, and its slices, each with the floor's beside it."""

    size: str
    name: str
    path: str
    queries: int
    browser: Browser
    weight: Weight
    slices: list[Slice] = field(default_factory=list)
    floors: list[Slice] = field(default_factory=list)


def _pages(site: Ours, size: str, serving: Serving, options, stack) -> list[Page]:
    pages = []
    for page in site.pages(size):
        if options.only and page["page"] not in options.only:
            continue
        browser = stack.enter_context(contextlib.closing(Browser(serving.port, page["cookie"])))
        weight = weigh(browser.get(page["path"]), site.static)
        pages.append(Page(size, page["page"], page["path"], page["queries"], browser, weight))
    return pages


def _measure(site: Ours, serving: Serving, pages: list[Page], beside: Beside, options) -> Row:
    """Fills the pages' slices; answers what was written meanwhile."""
    time.sleep(COUNTED_LATE)
    before = site.server.rows_written(site.database)
    for number in range(options.rounds):
        say(f"{site.database}: round {number + 1} of {options.rounds}")
        for page in pages:
            floor = beside.ask(options.requests)
            page.slices.append(ask(page.browser, page.path, options.requests, serving.used))
            page.floors.append(floor)
    time.sleep(COUNTED_LATE)
    written = site.server.rows_written(site.database) - before
    return _plain("rows written by all of these", written, "rows", {"size": site.database, "page": "all"}, 0)


def rows_of(page: Page) -> list[Row]:
    """What is said of one page; ratios are those of each round to the floor beside it."""
    weight, also = page.weight, {"size": page.size, "page": page.name}
    return [
        _plain("queries", page.queries, "statements", also, MOST_QUERIES.get(page.name)),
        _beside("cpu", page, lambda one: one.cpu, also, MOST_CPU),
        _beside("p50", page, lambda one: median(one.waits), also),
        _beside("p95", page, lambda one: percentile(one.waits, 95), also),
        _plain("html", weight.raw / 1024, "KB", also, 60),
        _plain("html, compressed", weight.compressed / 1024, "KB", also, 12),
        _plain("first view", weight.first_requests, "requests", also, 8),
        # The editor is the one thing that is heavier, and comes only where somebody may write.
        _plain("first view, compressed", weight.first_bytes / 1024, "KB", also, None if weight.has_editor else 120),
        _plain("later view", weight.later_requests, "requests", also, 1),
    ]


def _plain(measure, value, unit, also, most=None) -> Row:
    return Row(measure, value, unit, also=also, target=most, met=None if most is None else value <= most)


def _beside(measure, page, value_of, also, most=None) -> Row:
    values = [value_of(one) for one in page.slices]
    # CPU is counted in ticks: a round of a few requests may cost the floor none, and then says nothing of the ratio.
    ratios = [value / of for value, of in zip(values, map(value_of, page.floors), strict=False) if of]
    if not ratios:
        return Row(measure, median(values) * 1000, "ms", also=also, target=most)
    ratio = median(ratios)
    return Row(
        measure, median(values) * 1000, "ms", ratio, FLOOR, min(ratios), max(ratios), also, most,
        None if most is None else ratio <= most,
    )  # fmt: skip
