"""Without DEBUG the site starts safe or not at all, and nobody of the demo is in it."""

import re

import pytest

from bench.processes import ROOT
from bpl.celery import app
from bpl.tests.processes import PRODUCTION, manage

READ = set(re.findall(r"""env\.\w+\("(\w+)\"""", (ROOT / "bpl" / "settings.py").read_text()))


@pytest.mark.parametrize(
    ("wrong", "word"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
    ],
    ids=str,
)
def test_it_refuses_to_start_unsafe(wrong, word, tmp_path):
    done = manage("check", VAR=str(tmp_path), **(PRODUCTION | wrong))
    assert done.returncode != 0
    assert f"Set {word}" in done.stderr


def test_a_production_site_has_nothing_to_warn_of(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", VAR=str(tmp_path), **PRODUCTION)
    assert done.returncode == 0, done.stderr


def test_no_demo_moves_into_a_production_site(tmp_path):
    done = manage("load_demo", VAR=str(tmp_path), **PRODUCTION)
    assert done.returncode != 0
    assert "Demo people have a known password" in done.stderr


def test_every_variable_is_described():
    described = (ROOT / "docs" / "operations.md").read_text()
    assert {name for name in READ if f"`{name}`" not in described} == set()


def test_what_the_clock_sends_is_a_task_somewhere():
    app.loader.import_default_modules()
    assert {entry["task"] for entry in app.conf.beat_schedule.values()} - set(app.tasks) == set()
