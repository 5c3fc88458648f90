"""The bench of dashboards: what it says of growth and of working figures out, and one small run of it."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from bench import outcomes
from bench.page.asking import Slice
from bench.page.measuring import Page
from bench.page.weight import Weight
from bench.processes import ROOT, environment
from bench.tests.test_pages import connection_url


def a_page(size, queries, *cpu):
    slices = [Slice(seconds, [seconds]) for seconds in cpu]
    return Page(
        size, "dashboard", "/", queries, None, Weight(0, 0, 1, 0, 1), slices, [Slice(0.010, [0.010])] * len(cpu)
    )


def test_growth_is_the_largest_beside_the_smallest():
    pages = [a_page("20000", 9, 0.011), a_page("200000", 9, 0.015, 0.015, 0.040), a_page("2000", 9, 0.010)]
    queries, cpu = outcomes.growth(pages)
    assert (queries.value, queries.met, queries.also["students"]) == (0, True, "2000 to 200000")
    assert (cpu.ratio, cpu.against, cpu.met) == (pytest.approx(1.5), "2000", False)


def test_one_statement_more_at_any_size_is_growth():
    queries, _cpu = outcomes.growth([a_page("2000", 9, 0.01), a_page("20000", 10, 0.01), a_page("200000", 9, 0.01)])
    assert (queries.value, queries.met) == (1, False)


def test_one_size_alone_says_nothing_of_growth():
    assert outcomes.growth([a_page("2000", 9, 0.01)]) == []


def test_what_it_costs_to_work_figures_out_is_said_for_a_school_and_its_network():
    told = [
        {"of": "school", "seconds": 2.0, "statements": 90, "memory more": 1.0},
        {"of": "school", "seconds": 4.0, "statements": 91, "memory more": 0.0},
        {"of": "network", "seconds": 9.0, "statements": 7, "memory more": 30.0},
    ]
    rows = {(row.also["page"], row.measure): row for row in outcomes.rows_of_refresh(2000, told)}
    of_school = rows["refresh of a school", "time"]
    assert (of_school.value, of_school.low, of_school.high) == (3.0, 2.0, 4.0)
    assert rows["refresh of a school", "queries"].value == 91
    assert rows["refresh of a network", "memory more"].value == 30.0


@pytest.mark.slow
def test_a_small_run():
    if connection.vendor != "postgresql":
        pytest.skip("measured on PostgreSQL alone; that it says so is tested with the pages")
    made = subprocess.run(
        [sys.executable, "bin/bench", "outcomes", "--json", "--quick"], cwd=ROOT, stdout=subprocess.PIPE, check=True,
        env=environment(DATABASE_URL=connection_url()),
    )  # fmt: skip
    rows = {(row["page"], row["measure"]): row for row in json.loads(made.stdout)}
    assert rows["refresh of a school", "queries"]["value"] > 0 and rows["refresh of a network", "time"]["value"] > 0
