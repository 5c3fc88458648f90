"""Two people do the same in the same moment; each thread has a connection of its own, as two processes would."""

import threading

import pytest
from django.db import connection

from accounts.models import User
from bpl.tests.cast import NOW, TODAY
from rosters.actions import apply, imports
from rosters.actions.arriving import take_in
from rosters.models import Import
from rosters.tests.factories import pasted, preview
from students.models import Student

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run these in threads of their own; returns what they raised."""
    raised, start = [], threading.Barrier(len(acts))

    def run(act):
        try:
            start.wait()
            act()
        except Exception as error:  # noqa: BLE001 (the test looks at it)
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def test_two_workers_with_the_same_table_bring_everybody_in_once(cast, monkeypatch):
    monkeypatch.setattr(imports, "soon", lambda *told: None)
    tables = [pasted(cast, "Name,Grade\nJo Rivers,9\nLi Chen,9") for _person in range(2)]
    for table in tables:
        imports.confirm(imported=table, seen=preview(table, cast.lead).digest, by=cast.lead, now=NOW)
    raised = at_once(
        *(lambda pk=pk: apply.apply(imported_id=pk, now=NOW) for pk in (tables[0].pk, tables[1].pk, tables[0].pk))
    )
    assert raised == []
    assert User.objects.filter(given_name__in=["Jo", "Li"]).count() == 2
    assert not Import.objects.unfinished().exists()


def test_two_taps_that_overlap_add_one_student(cast):
    def add():
        names = {"given_name": "Jo", "family_name": "Rivers"}
        take_in(school=cast.school, chosen=None, names=names, grade="9", on=TODAY, by=cast.lead, now=NOW)

    assert at_once(add, add) == []
    assert Student.objects.filter(user__given_name="Jo").count() == 1
