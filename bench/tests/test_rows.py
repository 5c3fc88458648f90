"""What a bench prints: percentiles, rows, JSON and nothing else."""

import json
import subprocess
import sys
from types import SimpleNamespace

import pytest

from bench import command
from bench.processes import ROOT
from bench.rows import Row, as_json, as_table, median, percentile


def test_a_percentile_is_one_of_the_values():
    values = [5.0, 1.0, 4.0, 2.0, 3.0]
    assert [percentile(values, share) for share in (0, 50, 95, 100)] == [1.0, 3.0, 5.0, 5.0]


def test_of_nothing_there_is_no_percentile():
    assert percentile([], 50) is None
    assert median([]) is None


def test_json_has_the_agreed_names_and_what_tells_rows_apart():
    rows = [
        Row("p50", 4.23456, "ms", 1.5, "hocuspocus", 1.25, 2.0, {"clients": 8}, 1.4, False),
        Row("lost", 0, "keystrokes"),
    ]
    assert json.loads(as_json(rows)) == [
        {
            "measure": "p50", "value": 4.235, "unit": "ms", "ratio": 1.5, "against": "hocuspocus", "low": 1.25,
            "high": 2.0, "target": 1.4, "met": False, "clients": 8,
        },
        {"measure": "lost", "value": 0, "unit": "keystrokes", "ratio": None, "against": None},
    ]  # fmt: skip


def test_what_could_not_be_measured_is_null():
    assert json.loads(as_json([Row("p50", float("nan"), "ms", float("inf"))]))[0] | {"against": ""} == {
        "measure": "p50", "value": None, "unit": "ms", "ratio": None, "against": "",
    }  # fmt: skip


def test_the_table_names_its_columns_and_aligns_them():
    rows = [Row("p50", 4.0, "ms", also={"clients": 8}), Row("memory of the server", 51.5, "MiB", 0.6, "hocuspocus")]
    head, first, second = as_table(rows).splitlines()
    assert head.split() == ["clients", "measure", "value", "unit", "ratio", "low-high", "against", "target", "met"]
    assert first.split() == ["8", "p50", "4", "ms"]
    assert second.index("51.5") == head.index("value")


@pytest.fixture
def part(monkeypatch):
    """A part that also prints what nobody asked for."""

    def run(options):
        print("not a row")
        subprocess.run(["echo", "neither is this"], check=True)
        return [Row("answer", options.number, "")]

    module = SimpleNamespace(
        __doc__="Answers.", run=run, add_options=lambda parser: parser.add_argument("--number", type=int, default=42)
    )
    monkeypatch.setattr(command, "parts", lambda: {"answers": module})


def test_standard_output_holds_the_rows_alone(part, capfd):
    assert command.main(["answers", "--json", "--number", "7"]) == 0
    said = capfd.readouterr()
    assert [row["value"] for row in json.loads(said.out)] == [7]
    assert "not a row" in said.err
    assert "neither is this" in said.err


def test_a_part_that_does_not_exist_is_refused(part, capfd):
    with pytest.raises(SystemExit):
        command.main(["questions"])
    assert "invalid choice: 'questions'" in capfd.readouterr().err


def test_the_command_lists_its_parts():
    said = subprocess.run([sys.executable, "bin/bench", "--help"], cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0
    assert set(command.parts()) <= set(said.stdout.split())
