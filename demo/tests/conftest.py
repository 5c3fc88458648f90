import pytest
from django.core.management import call_command

from bpl.tests.cast import TODAY
from bpl.tests.snapshot import Snapshot

_loaded: list[Snapshot] = []


@pytest.fixture
def demo(db, settings):
    """The demo schools, loaded once in each process."""
    settings.DEMO = True
    if _loaded:
        _loaded[0].put_back()
    else:
        _loaded.append(Snapshot.of(lambda: call_command("load_demo", today=TODAY, verbosity=0)))
