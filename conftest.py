"""What every test stands on: settings for tests, quick passwords, tasks done at once, no network."""

import atexit
import os
import shutil
import socket
import tempfile
from urllib.parse import urlsplit

import pytest

WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def _own_redis(url: str) -> str:
    """Each process of the suite its own numbered database, so that one may empty its cache under the other's feet."""
    parts = urlsplit(url)
    number = int(parts.path.strip("/") or 0) + int(WORKER.removeprefix("gw") or 0)
    return parts._replace(path=f"/{number}").geturl()


# Settings read the environment when they are imported, so this comes first. A developer's own database is left alone.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bpl.settings")
os.environ["DEBUG"] = "1"
# The journeys' server is a thread of this process, and would leave a kept connection behind after each request.
os.environ["UNDER_ASGI"] = "1"
if "VAR" not in os.environ:
    os.environ["VAR"] = tempfile.mkdtemp(prefix="throughline-tests-")
    atexit.register(shutil.rmtree, os.environ["VAR"], ignore_errors=True)
if os.environ.get("REDIS_URL"):
    os.environ["REDIS_URL"] = _own_redis(os.environ["REDIS_URL"])

import django

django.setup()

from bpl.celery import app as celery_app

# The suite's processes inherit the environment: with this in it pytest-django would read the settings of each of them
# before this file gave it a Redis of its own. Both of the above put it there.
del os.environ["DJANGO_SETTINGS_MODULE"]

from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

from bpl.tests.cast import cast  # noqa: F401
from files.tests.emulator import endpoint, store  # noqa: F401

if os.environ.get("REDIS_URL", "") != settings.REDIS_URL:
    raise RuntimeError("The settings were read too early: two processes would empty each other's cache.")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Files that wait begin first: at the end one process would sit through two minutes that the other slept."""
    waiting = {item.path for item in items if item.get_closest_marker("slow")}
    items.sort(key=lambda item: item.path not in waiting)


@pytest.fixture(autouse=True, scope="session")
def settings_for_tests():
    """Passwords are hashed quickly; a task runs where it is sent, after the round trip through JSON of a real one."""
    celery_app.conf.update(task_always_eager=True, task_eager_propagates=True, broker_url="memory://localhost/")
    layers = {"default": dict(settings.CHANNEL_LAYERS["default"])}
    if settings.REDIS_URL:
        layers["default"]["CONFIG"] = {"hosts": [settings.REDIS_URL], "prefix": f"test-{os.getpid()}"}
    hashers = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # It looks at every file in static/ for each new client, which was half of the time that a request took.
    without_static = [name for name in settings.MIDDLEWARE if not name.startswith("servestatic")]
    with override_settings(PASSWORD_HASHERS=hashers, CHANNEL_LAYERS=layers, MIDDLEWARE=without_static):
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """PostgreSQL drops no test database while a request that its browser gave up still holds a connection to it."""
    yield
    with django_db_blocker.unblock():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity "
                    "WHERE datname = current_database() AND pid <> pg_backend_pid()"
                )
        connection.close()


@pytest.fixture(autouse=True)
def empty_cache():
    """Sign-in limits are counted in the cache: what one test tried must not lock out the next."""
    cache.clear()


@pytest.fixture(autouse=True)
def no_network(monkeypatch):
    """Nothing in a test may speak to another machine."""
    connect = socket.socket.connect

    def connect_here(self, address):
        if self.family != socket.AF_UNIX and address[0] not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", connect_here)
