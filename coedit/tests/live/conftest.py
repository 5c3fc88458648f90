"""One server and one cast for all tests of a module: each test has its own text, and nobody leaves or changes.

Emptying the database after each test would take longer than the tests.
"""

import pytest
from django.core.management import call_command

from bpl.tests.cast import NOW, build
from coedit.tests.conftest import hurry, serving


@pytest.fixture(scope="module")
def unblocked(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.utils.timezone.now", lambda: NOW)
        hurry(patch)
        yield
        call_command("flush", verbosity=0, interactive=False)


@pytest.fixture(autouse=True)
def db(unblocked):
    """By this name pytest-django knows that a test needs the tests' own database: else it would be the real one."""


@pytest.fixture(scope="module")
def cast(unblocked):
    return build()


@pytest.fixture(scope="module")
def server(cast):
    with serving() as running:
        yield running
