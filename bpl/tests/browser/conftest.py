"""Journeys in a real Chromium against a real server, which is a thread of the test's own process: mail.outbox and
patches work. A failed journey leaves its screenshots and a trace (`playwright show-trace`) in var/journeys/."""

import os
import re
import shutil
import threading
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect, sync_playwright

import bpl.asgi  # noqa: F401 (now: the tests' settings will serve no style and script)
from bpl.serve import listen, site
from bpl.tests.browser.chromium import FLAGS, find_chromium

FAILURES = settings.BASE_DIR / "var" / "journeys"
AXE = settings.BASE_DIR / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
# Named, because what axe runs by default leaves WCAG 2.2 out.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
PHONE = {"viewport": {"width": 390, "height": 844}, "device_scale_factor": 2, "is_mobile": True, "has_touch": True}
DESK = {"viewport": {"width": 1440, "height": 900}}
# The browser says these of answers and networks that a journey may well ask for.
EXPECTED = re.compile(r"Failed to load resource|WebSocket connection to|net::ERR_INTERNET_DISCONNECTED")


def pytest_collection_modifyitems(items):
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call":
        item.has_failed = report.failed
    return report


@pytest.fixture(scope="session")
def live_url(django_db_setup):
    """The address of a server like that of bin/run."""
    listening = listen("127.0.0.1", "0")
    server = site()
    # Two seconds are short for what is on its way on a busy machine, and Django leaves a cancelled request's body open.
    server.config.timeout_graceful_shutdown = 20
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    _wait_until(lambda: server.started)
    yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    server.should_exit = True
    thread.join(30)


def _wait_until(is_so, seconds=20):
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "the server does not start"
        time.sleep(0.02)


@pytest.fixture(scope="session")
def browser():
    path = find_chromium()
    assert path, "no Chromium here; CHROMIUM may name one"
    shutil.rmtree(FAILURES, ignore_errors=True)
    # Playwright's loop runs in this thread, and the ORM would take a test for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    # Two cores that others use too: five seconds, the default, has been too short.
    expect.set_options(timeout=15_000)
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield started
        started.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def new_context(request, browser, live_url, transactional_db):
    """new_context(user, phone=True, **what Playwright takes): a browser of one's own, signed in or not.

    A script that fails or breaks the content security policy in it fails the test.
    """
    contexts, wrong = [], []

    def start(user=None, *, phone=False, **options) -> BrowserContext:
        context = browser.new_context(base_url=live_url, locale="en-US", **((PHONE if phone else DESK) | options))
        context.set_default_timeout(20_000)
        context.tracing.start(snapshots=True)
        context.on("console", lambda message: _note(message.type, message.text, wrong))
        context.on("weberror", lambda error: _note("error", str(error.error), wrong))
        contexts.append(context)
        if user:
            sign_in(context, user, live_url)
        return context

    yield start
    failed = getattr(request.node, "has_failed", True)
    for number, context in enumerate(contexts, start=1):
        _put_away(context, FAILURES / request.node.name if failed else None, number)
    assert failed or wrong == []


def _note(kind, text, wrong):
    if kind == "error" and not EXPECTED.search(text):
        wrong.append(text)


def _put_away(context, folder, number):
    if folder:
        for tab, page in enumerate(context.pages, start=1):
            page.screenshot(path=folder / f"{number}-{tab}.png", full_page=True)
        context.tracing.stop(path=folder / f"{number}.zip")
    context.close()


@pytest.fixture
def open_as(new_context):
    """open_as(user, "/", phone=True): the page that this person sees."""

    def start(user, address="/", **options) -> Page:
        page = new_context(user, **options).new_page()
        page.goto(address)
        return page

    return start


def sign_in(context: BrowserContext, user, live_url: str) -> None:
    """Signed in without the form, which test_smoke.py walks through."""
    client = Client()
    client.force_login(user)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_url}])


@pytest.fixture(scope="session")
def axe():
    """axe(page): what stands in the way of people with disabilities, one line each; nothing on a good page."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci in frontend/")
    source = AXE.read_text()

    def look(page: Page) -> list[str]:
        # Not as a script element, which the content security policy would refuse.
        page.evaluate(source)
        found = page.evaluate("rules => axe.run({runOnly: rules}).then(result => result.violations)", RULES)
        return [f"{wrong['id']}: {wrong['help']}: {node['html']}" for wrong in found for node in wrong["nodes"]]

    return look
