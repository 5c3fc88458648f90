"""The pages bench: what it says of a page, how it weighs one, and one small run of it."""

import argparse
import gzip
import json
import subprocess
import sys

import pytest
from django.db import connection

from bench import pages
from bench.page import measuring
from bench.page.asking import Slice
from bench.page.databases import Refused
from bench.page.servers import GUNICORN
from bench.page.weight import Weight, weigh
from bench.processes import ROOT, environment

PAGE = b"""<link rel="preload" href="/static/a.woff2" as="font"><link rel="stylesheet" href="/static/a.css">
<script src="/static/a.js" defer></script><script src="/static/a.js"></script><a href="/static/report.pdf">no</a>
<div hx-get="/late/" hx-trigger="load delay:1s"></div>"""


def test_a_first_view_is_the_page_and_what_it_names_each_once(tmp_path):
    (tmp_path / "a.woff2").write_bytes(b"f" * 1000)
    (tmp_path / "a.css").write_bytes(b"c" * 1000)
    (tmp_path / "a.js").write_bytes(b"j" * 1000)
    weight = weigh(PAGE, tmp_path)
    assert (weight.raw, weight.first_requests, weight.later_requests) == (len(PAGE), 5, 2)
    compressed = sum(len(gzip.compress(letter * 1000, 9)) for letter in (b"c", b"j"))
    assert weight.first_bytes == weight.compressed + 1000 + compressed


def a_page(*cpu):
    slices = [Slice(seconds, [seconds, seconds, 3 * seconds]) for seconds in cpu]
    floors = [Slice(0.010, [0.010]) for _ in cpu]
    return pages.Page("school", "plan", "/plans/1/", 9, None, Weight(2048, 1024, 6, 80 * 1024, 1), slices, floors)


def test_a_ratio_is_the_median_of_the_rounds_with_its_spread():
    rows = {row.measure: row for row in pages.rows_of(a_page(0.012, 0.030, 0.015))}
    cpu = rows["cpu"]
    assert (cpu.value, cpu.unit, cpu.against) == (pytest.approx(15), "ms", "floor page")
    assert (cpu.ratio, cpu.low, cpu.high) == (pytest.approx(1.5), pytest.approx(1.2), pytest.approx(3.0))
    assert rows["p95"].ratio == pytest.approx(4.5)
    assert rows["queries"].as_dict() == {
        "measure": "queries", "value": 9, "unit": "statements", "ratio": None, "against": None, "size": "school",
        "page": "plan", "target": 10, "met": True,
    }  # fmt: skip


def test_a_floor_too_quick_to_be_counted_says_nothing():
    page = a_page(0.012, 0.030)
    page.floors[0] = Slice(0.0, [0.010])
    assert pages.rows_of(page)[1].ratio == pytest.approx(3.0)
    page.floors[1] = Slice(0.0, [0.010])
    cpu = pages.rows_of(page)[1]
    assert (cpu.measure, cpu.ratio, cpu.met) == ("cpu", None, None)


def test_the_floor_is_served_as_production_serves_pages():
    start = (ROOT / "deploy" / "start").read_text()
    options = " ".join(start.partition("exec gunicorn")[2].partition(";;")[0].replace("\\", " ").split())
    flags = " ".join(GUNICORN)
    for flag, value in zip(GUNICORN[::2], GUNICORN[1::2], strict=True):
        assert f"{flag} {value}" in options, flags


def test_it_wants_postgresql(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "sqlite:///school.sqlite3")
    with pytest.raises(Refused, match="PostgreSQL"), measuring.services():
        pass


@pytest.mark.slow
def test_a_small_run(monkeypatch):
    if connection.vendor != "postgresql":
        monkeypatch.setenv("DATABASE_URL", "sqlite:///school.sqlite3")
        with pytest.raises(SystemExit, match="PostgreSQL"):
            pages.run(argparse.Namespace(keep=None, size="school"))
        return
    told = ["--size", "school", "--rounds", "1", "--requests", "2", "--only", "group", "--only", "notices"]
    made = subprocess.run(
        [sys.executable, "bin/bench", "pages", "--json", *told], cwd=ROOT, stdout=subprocess.PIPE, check=True,
        env=environment(DATABASE_URL=connection_url()),
    )  # fmt: skip
    rows = {(row["page"], row["measure"]): row for row in json.loads(made.stdout)}
    assert {page for page, _measure in rows} == {"group", "notices", "all"}
    # Two requests may be too quick for the ticks in which CPU is counted.
    assert rows["group", "p50"]["against"] == "floor page" and rows["group", "p50"]["ratio"] > 0
    assert rows["group", "queries"]["value"] <= rows["group", "queries"]["target"]
    assert rows["all", "rows written by all of these"]["value"] == 0


def connection_url() -> str:
    """Of the server on which the tests' own database is."""
    facts = connection.settings_dict
    return f"postgres://{facts['USER']}:{facts['PASSWORD']}@{facts['HOST']}:{facts['PORT'] or 5432}/postgres"
