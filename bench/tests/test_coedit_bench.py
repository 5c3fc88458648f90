"""bin/bench coedit on our own server alone, very small: what it takes, and the rows that it gives."""

import json

import pytest

from bench import command
from bench.live import packages
from coedit.tests.yjs import needs_yjs


@pytest.fixture
def without_npm(monkeypatch, tmp_path):
    """As on a machine where nobody has installed the bench's own packages: frontend's Yjs will do."""
    monkeypatch.setattr(packages, "MODULES", tmp_path / "node_modules")


@pytest.mark.slow
@needs_yjs
def test_our_server_alone(without_npm, capfd):
    arguments = ["--servers", "sqlite", "--loads", "3", "plan", "kills", "--rounds", "1", "--seconds", "1"]
    assert command.main(["coedit", "--json", "--kills", "1", *arguments]) == 0
    found = {(row["load"], row["measure"]): row for row in json.loads(capfd.readouterr().out)}
    assert {row["server"] for row in found.values()} == {"sqlite"}
    assert 0 < found["3 clients", "keystrokes"]["value"] <= 20
    assert found["3 clients", "edit to peer p50"]["value"] > 0
    assert found["one plan", "ack p99"]["unit"] == "ms"
    assert found["3 clients", "CPU per keystroke"]["value"] > 0
    assert found["3 clients", "memory"]["value"] > 10
    assert found["kills", "acknowledged"]["value"] > 0
    judged = {name: row["value"] for name, row in found.items() if "met" in row}
    assert len(judged) == 8
    assert set(judged.values()) == {0}


@pytest.mark.parametrize("load", ["many", "0", "-8"])
def test_a_load_that_does_not_exist_is_refused(load, capfd):
    with pytest.raises(SystemExit):
        command.main(["coedit", f"--loads={load}"])
    assert f"{load} is no number of clients" in capfd.readouterr().err
