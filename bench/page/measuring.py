"""Pages beside the floor: databases, servers and clients for a run, and what is said of what was measured."""

import contextlib
import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from bench.command import say
from bench.page.asking import Browser, Slice, ask
from bench.page.databases import PostgreSQL, Refused
from bench.page.servers import Floor, Ours, Serving
from bench.page.weight import Weight, weigh
from bench.processes import ROOT
from bench.rows import Row, median

FLOOR = "floor page"


def add_options(parser, rounds: int, requests: int) -> None:
    parser.add_argument(
        "--rounds", type=int, default=rounds, help="how often each page is measured beside the floor"
    )  # fmt: skip
    parser.add_argument("--requests", type=int, default=requests, help="how often it is asked for in a round")
    parser.add_argument("--only", metavar="PAGE", action="append", help="only this page; may be given again")
    parser.add_argument("--keep", metavar="PREFIX", help="keep the databases under this name, or use those kept before")


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

    def measure(self, beside: Beside, used: Callable[[], float], requests: int) -> None:
        floor = beside.ask(requests)
        self.slices.append(ask(self.browser, self.path, requests, used))
        self.floors.append(floor)


class Bench:
    """Services, a folder and the floor for one run; all of it ends with `stack`."""

    def __init__(self, options, stack: contextlib.ExitStack):
        self.options, self.stack = options, stack
        self.folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="throughline-bench-")))
        url, self.redis_url = stack.enter_context(services())
        self.server = PostgreSQL(url, options.keep or f"throughline_bench_{os.getpid()}")
        stack.callback(self.server.close)
        self.beside = self._floor()

    def _floor(self) -> Beside:
        floor = Floor(self.server, self._database("floor")[0], self.folder)
        page = floor.prepare()
        serving = self.stack.enter_context(floor.serve())
        browser = self.stack.enter_context(contextlib.closing(Browser(serving.port, page["cookie"])))
        return Beside(serving, browser, page["path"])

    def _database(self, name: str) -> tuple[str, bool]:
        is_new = self.server.make(name)
        if not self.options.keep:
            self.stack.callback(self.server.drop, name)
        return name, is_new

    def site(self, name: str, *load: str) -> Ours:
        """Our project on a database of its own, filled by load_demo with the options `load`."""
        database, is_new = self._database(name)
        say(f"{name}: {'making' if is_new else 'using'} the database ...")
        site = Ours(self.server, database, self.folder / name, self.redis_url)
        site.prepare(load, is_new)
        return site

    def pages(self, site: Ours, size: str, serving: Serving, opened: list[dict]) -> list[Page]:
        """`opened` are as bench/page/people.py and bench/page/dashboards.py say them."""
        pages = []
        for page in opened:
            if self.options.only and page["page"] not in self.options.only:
                continue
            browser = self.stack.enter_context(contextlib.closing(Browser(serving.port, page["cookie"])))
            weight = weigh(browser.get(page["path"]), site.static)
            pages.append(Page(size, page["page"], page["path"], page["queries"], browser, weight))
        return pages


@contextlib.contextmanager
def told_when_stopped():
    """Ctrl-C ends a run and keeps what was measured until then; what cannot be measured here is said."""
    try:
        with contextlib.ExitStack() as stack:
            yield stack
    except Refused as refused:
        sys.exit(str(refused))
    except KeyboardInterrupt:
        say("Interrupted: this is what was measured until then.")


def plain(measure, value, unit, also, most=None) -> Row:
    return Row(measure, value, unit, also=also, target=most, met=None if most is None else value <= most)


def ratios(page: Page, value_of: Callable[[Slice], float]) -> list[float]:
    """Of each round to the floor beside it. CPU is counted in ticks: a round of a few requests may cost the floor none,
    and then says nothing."""
    pairs = zip(map(value_of, page.slices), map(value_of, page.floors), strict=False)
    return [value / of for value, of in pairs if of]


def beside(measure, page: Page, value_of: Callable[[Slice], float], also, most=None) -> Row:
    value, found = median([value_of(one) for one in page.slices]) * 1000, ratios(page, value_of)
    if not found:
        return Row(measure, value, "ms", also=also, target=most)
    ratio = median(found)
    return Row(
        measure, value, "ms", ratio, FLOOR, min(found), max(found), also, most, None if most is None else ratio <= most
    )
