"""Without DEBUG the site starts safe or not at all, and nobody of the demo is in it."""

import json
import re
import subprocess
import sys

import pytest
from django.conf import settings

from bench.processes import ROOT, environment
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


@pytest.mark.parametrize(
    "endpoint", ["http://store.example.org", "https://plans.example.org:9000", "store.example.org"], ids=str
)
def test_files_lie_under_tls_and_not_under_the_site_s_own_name(endpoint, tmp_path):
    said = {"SITE_URL": "https://plans.example.org", "FILES_S3_BUCKET": "files", "FILES_S3_ENDPOINT": endpoint}
    done = manage("check", VAR=str(tmp_path), **PRODUCTION, **said)
    assert done.returncode != 0 and "Set FILES_S3_ENDPOINT" in done.stderr


TOLD = """
import json
from django.conf import settings
from django.core.files.storage import storages
store = storages["files"]
policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
print(json.dumps([store.signed("1/ab/x.jpg", content_type="image/jpeg", disposition="inline"), policy]))
"""


@pytest.mark.parametrize(
    ("endpoint", "shown"),
    [
        ("", "https://files-of-ours.s3.eu-central-1.amazonaws.com/"),
        ("https://store.example.net:9000/", "https://store.example.net:9000/files-of-ours/"),
    ],
)
def test_pages_show_pictures_and_films_of_the_store_and_nothing_else_from_anywhere(endpoint, shown, tmp_path):
    said = {
        "FILES_S3_BUCKET": "files-of-ours", "FILES_S3_ENDPOINT": endpoint, "FILES_S3_REGION": "eu-central-1",
        "FILES_S3_KEY": "key", "FILES_S3_SECRET": "secret",
    }  # fmt: skip
    done = manage("shell", "--no-imports", "-c", TOLD, VAR=str(tmp_path), **PRODUCTION, **said)
    address, policy = json.loads(done.stdout)
    assert address.startswith(f"{shown}1/ab/x.jpg?") and "X-Amz-Expires=60&" in address
    without = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy == without | {"img-src": ["'self'", "data:", shown], "media-src": ["'self'", shown]}


WITHOUT = """
import importlib.util, os, sys
find = importlib.util.find_spec
importlib.util.find_spec = lambda name, *more: None if name == "storages" else find(name, *more)
from django.conf import settings
settings.STORAGES
"""


def test_a_store_without_what_speaks_with_it_is_told_in_a_sentence(tmp_path):
    said = PRODUCTION | {"DJANGO_SETTINGS_MODULE": "bpl.settings", "VAR": str(tmp_path), "FILES_S3_BUCKET": "files"}
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], cwd=ROOT, env=environment(**said), capture_output=True, text=True
    )
    assert done.returncode != 0 and "install requirements-s3.txt in place of requirements.txt" in done.stderr


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
