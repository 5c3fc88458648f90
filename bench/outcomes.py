"""What dashboards cost, as ratios to a bare Django page, and how that grows from 2,000 to 200,000 students.

Queries, CPU, p50 and p95 of each page on PostgreSQL, at each size in turn in every round; and seconds and statements of
working out the figures of a school and of the network. The largest size is thinned (docs/benches.md).
"""

from collections.abc import Iterable

from bench.command import say
from bench.page import measuring
from bench.page.measuring import Bench, Page, beside, plain, ratios
from bench.rows import Row, median, percentile

# Students: schools beside the two told ones, and how much is thinned (demo/network.py).
SIZES = {2_000: (6, 1), 20_000: (63, 1), 200_000: (633, 10)}
MOST_CPU, MOST_GROWTH = 1.5, 1.2
QUICK = {"sizes": [2_000], "rounds": 1, "requests": 5}


def add_options(parser) -> None:
    measuring.add_options(parser, rounds=5, requests=20)
    parser.add_argument("--sizes", type=int, nargs="+", choices=SIZES, default=list(SIZES), help="so many students")
    parser.add_argument("--quick", action="store_true", help="the smallest size, one round of five requests")


def run(options) -> list[Row]:
    if options.quick:
        vars(options).update(QUICK)
    pages: list[tuple[Page, object]] = []
    refreshed: list[Row] = []
    with measuring.told_when_stopped() as stack:
        _run(Bench(options, stack), pages, refreshed)
    measured = [page for page, _used in pages if page.slices]
    return [row for page in measured for row in rows_of(page)] + growth(measured) + refreshed


def _run(bench: Bench, pages, refreshed) -> None:
    """All sizes are served at once, so that each is measured in the same minutes as the others."""
    for size in sorted(bench.options.sizes):
        schools, thin = SIZES[size]
        site = bench.site(f"outcomes_{size}", "--size", "network", "--schools", str(schools), "--thin", str(thin))
        refreshed += rows_of_refresh(size, site.told("bench.page.dashboards", "refresh"))
        site.server.settle(site.database)
        serving = bench.stack.enter_context(site.serve())
        opened = site.told("bench.page.dashboards", "pages")
        pages += [(page, serving.used) for page in bench.pages(site, f"{size}", serving, opened)]
    for number in range(bench.options.rounds):
        say(f"round {number + 1} of {bench.options.rounds}")
        for page, used in pages:
            page.measure(bench.beside, used, bench.options.requests)


def rows_of(page: Page) -> list[Row]:
    also = {"students": page.size, "page": page.name}
    return [
        plain("queries", page.queries, "statements", also),
        beside("cpu", page, lambda one: one.cpu, also, MOST_CPU),
        beside("p50", page, lambda one: median(one.waits), also),
        beside("p95", page, lambda one: percentile(one.waits, 95), also),
        plain("html, compressed", page.weight.compressed / 1024, "KB", also),
    ]


def growth(pages: list[Page]) -> list[Row]:
    """Of each page, the largest size beside the smallest: statements more, and CPU, each as a ratio to the floor."""
    by_name: dict[str, list[Page]] = {}
    for page in pages:
        by_name.setdefault(page.name, []).append(page)
    return [row for name, found in by_name.items() if len(found) > 1 for row in _growth(name, found)]


def _growth(name, pages) -> Iterable[Row]:
    pages = sorted(pages, key=lambda page: int(page.size))
    small, large = pages[0], pages[-1]
    also = {"students": f"{small.size} to {large.size}", "page": name}
    queries = [page.queries for page in pages]
    yield plain("queries more", max(queries) - min(queries), "statements", also, 0)
    before, after = (ratios(page, lambda one: one.cpu) for page in (small, large))
    if before and after:
        grown = median(after) / median(before)
        met = grown <= MOST_GROWTH
        yield Row("cpu grows", None, "", grown, small.size, also=also, target=MOST_GROWTH, met=met)


def rows_of_refresh(size: int, worked_out: list[dict]) -> list[Row]:
    rows = []
    for of in ("school", "network"):
        found = [one for one in worked_out if one["of"] == of]
        also = {"students": f"{size}", "page": f"refresh of a {of}"}
        seconds = [one["seconds"] for one in found]
        rows.append(Row("time", median(seconds), "s", low=min(seconds), high=max(seconds), also=also))
        rows.append(Row("queries", max(one["statements"] for one in found), "statements", also=also))
        rows.append(Row("memory more", max(one["memory more"] for one in found), "MiB", also=also))
    return rows
