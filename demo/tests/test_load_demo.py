"""The demo is deterministic, whole, and never comes among real people."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import User
from advisories.models import Advisory
from bpl.tests.snapshot import Snapshot
from plans.models import Plan
from schools.models import Term
from students.models import Student

TODAY = datetime.date(2026, 11, 24)
ROLES = "student parent mentor adviser coordinator lead network".split()

pytestmark = pytest.mark.slow


_loaded: list[Snapshot] = []


@pytest.fixture
def demo(db, settings):
    settings.DEMO = True
    if _loaded:
        _loaded[0].put_back()
    else:
        _loaded.append(Snapshot.of(lambda: call_command("load_demo", today=TODAY, verbosity=0)))


def test_it_is_a_whole_school(demo):
    assert Student.objects.count() == 66
    assert sorted(advisory.seats.on(TODAY).count() for advisory in Advisory.objects.all()) == [12, 12, 13, 14, 15]
    current = Plan.objects.filter(term__in=Term.objects.on(TODAY))
    assert set(current.values_list("state", flat=True)) == {"draft", "in_review", "active"}
    assert Term.objects.filter(closed_at__isnull=False).count() == 6
    for role in ROLES:
        assert Client().login(username=f"{role}@demo.example", password="throughline"), role


def test_every_home_opens(demo):
    for role in ROLES:
        client = Client()
        client.force_login(User.objects.get(username=f"{role}@demo.example"))
        assert client.get("/").status_code == 200


def test_it_does_not_come_twice(demo):
    with pytest.raises(CommandError, match="already here"):
        call_command("load_demo", today=TODAY)


def test_it_does_not_come_among_real_people(db, settings):
    settings.DEMO = True
    User.objects.create_user(username="real", given_name="Real")
    with pytest.raises(CommandError, match="real people"):
        call_command("load_demo", today=TODAY)


def test_it_comes_only_where_debug_is_set(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo", today=TODAY)
