"""bin/run, as somebody who has just cloned the project meets it."""

import http.cookiejar
import re
import signal
import subprocess
import sys
import textwrap
import urllib.parse
import urllib.request

import pytest

from bench.processes import ROOT, environment, started, wait_until
from demo.schools import DOMAIN, PASSWORD

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def var(tmp_path_factory):
    """One database over the module: the second start finds the school of the first."""
    return str(tmp_path_factory.mktemp("var"))


def address(process) -> str:
    for line in process.stdout:
        if found := re.search(r"is at (http://\S+)/", line):
            return found[1]
    raise AssertionError("it ended before it was there")


def sign_in(site) -> tuple[int, str]:
    """The status and the address of the page that a demo student is on after signing in."""
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
    with browser.open(f"{site}/accounts/login/") as page:
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.read().decode())[1]
    fields = {"csrfmiddlewaretoken": token, "login": f"student@{DOMAIN}", "password": PASSWORD}
    with browser.open(f"{site}/accounts/login/", urllib.parse.urlencode(fields).encode()) as home:
        return home.status, home.url


def test_it_serves_a_demo_school_and_stops_on_ctrl_c(var):
    with started([sys.executable, "bin/run"], VAR=var, PORT="0") as process:
        site = address(process)
        assert sign_in(site) == (200, f"{site}/")
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 0


def test_a_second_start_finds_what_the_first_left(var):
    with started([sys.executable, "bin/run"], VAR=var, PORT="0") as process:
        site = address(process)
        assert sign_in(site) == (200, f"{site}/")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
        assert "Traceback" not in process.stdout.read()


def test_a_taken_port_is_told(var):
    with started([sys.executable, "bin/run"], VAR=var, PORT="0") as process:
        port = address(process).rpartition(":")[2]
        again = subprocess.run(
            [sys.executable, "bin/run"], cwd=ROOT, env=environment(VAR=var, PORT=port), capture_output=True, text=True
        )
    assert again.returncode == 1
    assert f"Port {port} on 127.0.0.1 cannot be used" in again.stdout
    assert again.stderr == ""


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"PORT": "eighty"}, "which is no port"),
        ({"DEBUG": "0"}, "Set SECRET_KEY"),
        ({"DATABASE_URL": "postgres://127.0.0.1:1/none"}, "The database does not answer"),
    ],
    ids=str,
)
def test_what_will_not_do_is_told_in_a_sentence(wrong, words, tmp_path):
    variables = {"VAR": str(tmp_path), "PORT": "0"} | wrong
    done = subprocess.run(
        [sys.executable, "bin/run"], cwd=ROOT, env=environment(**variables), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert words in done.stdout
    assert "Traceback" not in done.stdout + done.stderr


SCRIPT = """
    import sys, time
    from pathlib import Path
    import django
    django.setup()
    from bpl.celery import app
    from bpl.embedded import worker_and_beat

    folder = Path(sys.argv[1])

    @app.task(name="note")
    def note(name):
        (folder / name).touch()

    app.conf.beat_schedule = {"a tick": {"task": "note", "schedule": 0.2, "args": ["by the clock"]}}
    with worker_and_beat(folder / "beat"):
        app.signature("note", ["by hand"]).apply_async()
        ends = time.monotonic() + 20
        while time.monotonic() < ends and len(list(folder.glob("by *"))) < 2:
            time.sleep(0.05)
"""


def test_tasks_are_done_without_any_other_process(tmp_path):
    variables = environment(DEBUG="1", DJANGO_SETTINGS_MODULE="bpl.settings", VAR=str(tmp_path))
    command = [sys.executable, "-c", textwrap.dedent(SCRIPT), str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    assert wait_until(lambda: {path.name for path in tmp_path.glob("by *")} == {"by hand", "by the clock"})
