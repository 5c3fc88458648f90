"""Tables worked out, kinds switched off, views kept and numbers frozen by two in the same moment."""

import threading
import uuid

import pytest
from django.db import connection

from bpl.tests.cast import NOW, TODAY
from outcomes.actions import held, refresh
from outcomes.actions.consent import say
from outcomes.actions.saved import keep
from outcomes.actions.snapshots import freeze
from outcomes.actions.survey import answer
from outcomes.models import Attention, ContactConsent, FigureTable, Refresh, SavedView, Snapshot
from outcomes.places import Place
from outcomes.tests.factories import YES, a_held, a_survey
from outcomes.tests.test_survey import said
from rosters.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_who_work_the_tables_out_for_the_first_time_write_them_once(cast):
    def night():
        refresh.refresh_school(school=cast.school, now=NOW)

    assert at_once(night, night, lambda: refresh.publish_now(school=cast.school, by=cast.lead, now=NOW)) == []
    tables = FigureTable.objects.filter(school=cast.school)
    assert tables.exists() and len(set(tables.values_list("figure", "cohort"))) == tables.count()
    assert Refresh.objects.filter(school=cast.school).count() == 1 and Attention.objects.exists()


@pytest.mark.parametrize("is_first", [True, False])
def test_a_kind_that_is_switched_off_meanwhile_is_in_no_table(cast, monkeypatch, is_first):
    """Also where the tables are worked out for the first time: what is published stays for a month."""
    if connection.vendor != "postgresql":
        pytest.skip("here nobody else writes while one does")
    a_held(cast, "meals")
    if not is_first:
        refresh.refresh_school(school=cast.school, now=NOW)
    has_read, goes_on = threading.Event(), threading.Event()

    def slow(*args, **facts):
        has_read.set()
        goes_on.wait(1)
        return write(*args, **facts)

    write = refresh._write
    monkeypatch.setattr(refresh, "_write", slow)

    def switch_off():
        has_read.wait(10)
        held.choose(school=cast.school, kinds=[], threshold=10, by=cast.lead, now=NOW)

    night = lambda: refresh.refresh_school(school=cast.school, now=NOW, publishes=True)  # noqa: E731
    assert at_once(night, switch_off) == []
    rows = FigureTable.objects.filter(school=cast.school)
    assert rows.exists()
    for row in rows:
        for kept in (row.counts, row.inner, row.published, row.head):
            assert "disadvantaged" not in kept["cuts"]


def test_a_view_and_a_snapshot_sent_twice_at_once_are_one(cast):
    refresh.refresh_school(school=cast.school, now=NOW)
    place, key = Place(school=cast.school), uuid.uuid4()

    def kept():
        keep(place=place, name="Mine", page="dashboard", choices={}, by=cast.lead)

    assert at_once(kept, kept, kept) == [] and SavedView.objects.count() == 1

    def frozen():
        freeze(place=place, name="Report", by=cast.lead, now=NOW, key=key)

    assert at_once(frozen, frozen, frozen) == [] and Snapshot.objects.count() == 1


def test_a_no_that_comes_with_the_answer_holds(cast):
    """The no that is said while they answer is not lost, whichever comes last."""
    survey = a_survey(cast, consent=YES)

    def answers():
        facts = said(survey, studies="no", works="no")
        answer(survey=survey, said=facts, source="self", by=cast.omar, on=TODAY, now=NOW)

    def says_no():
        say(student=survey.student, may_ask=False, by=cast.omar, on=TODAY, now=NOW)

    assert at_once(answers, says_no, says_no) == []
    assert ContactConsent.objects.filter(may_ask=False).count() == 1
