"""Two people, or two processes, with one clearinghouse file in the same moment."""

import datetime
import threading

import pytest
from django.db import connection

from bpl.tests.cast import NOW
from outcomes.actions import clearinghouse, clearinghouse_applying
from outcomes.actions.clearinghouse import SameFile
from outcomes.actions.clearinghouse_applying import apply_file, undo_file
from outcomes.actions.clearinghouse_reading import read_file
from outcomes.models import ClearinghouseFile, Destination
from outcomes.tests.clearinghouse_files import a_row, an_id, an_upload, nothing_of, read_now
from rosters.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_task(monkeypatch):
    """Each test says itself who does the work, and when."""
    monkeypatch.setattr(clearinghouse, "soon", lambda *_told: None)


def some_rows(cast, number=30):
    return [a_row(an_id(cast, "sam"), "Samuel", "Okafor", begins=f"20{at:02}0901", ends="") for at in range(number)]


def test_two_who_bring_the_same_file_bring_one(cast):
    def bring(by):
        clearinghouse.bring(school=cast.school, upload=an_upload(*some_rows(cast)), by=by, now=NOW)

    raised = at_once(lambda: bring(cast.lead), lambda: bring(cast.coordinator))
    assert [type(error) for error in raised] == [SameFile] and ClearinghouseFile.objects.count() == 1


def test_two_who_read_a_file_keep_each_row_once(cast, monkeypatch):
    monkeypatch.setattr("outcomes.actions.clearinghouse_reading.AT_ONCE", 5)
    file = clearinghouse.bring(school=cast.school, upload=an_upload(*some_rows(cast)), by=cast.lead, now=NOW)
    later = NOW + datetime.timedelta(minutes=10)
    raised = at_once(*(lambda clock=clock: read_file(file_id=file.pk, clock=clock) for clock in (
        lambda: NOW, lambda: later,
    )))  # fmt: skip
    file.refresh_from_db()
    assert raised == [] and file.lines.count() == 30 and file.state == ClearinghouseFile.State.READY


def test_two_who_take_over_files_that_say_the_same_write_it_once(cast):
    files = []
    for more in ("Lena", "Kit"):
        upload = an_upload(*some_rows(cast), nothing_of("", more, "x"))
        files.append(read_now(clearinghouse.bring(school=cast.school, upload=upload, by=cast.lead, now=NOW)))

    def take_over(file, by):
        clearinghouse.take_over(file=file, by=by, now=NOW)
        apply_file(file_id=file.pk, now=NOW)

    one, two = files
    raised = at_once(
        lambda: take_over(one, cast.lead), lambda: take_over(one, cast.coordinator), lambda: take_over(two, cast.lead)
    )  # fmt: skip
    assert raised == [] and Destination.objects.count() == 30


def test_what_a_file_says_is_not_lost_with_one_that_is_being_taken_back(cast, monkeypatch):
    """The second file is taken over in the moment in which the first one's rows are withdrawn."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite writes one after the other")
    one, two = (
        read_now(
            clearinghouse.bring(
                school=cast.school, upload=an_upload(*some_rows(cast), nothing_of("", more, "x")), by=cast.lead, now=NOW
            )
        )
        for more in ("Lena", "Kit")
    )
    clearinghouse.take_over(file=one, by=cast.lead, now=NOW)
    apply_file(file_id=one.pk, now=NOW)
    clearinghouse.undo(file=one, by=cast.lead, now=NOW)
    has_withdrawn, has_written, is_undone = threading.Event(), threading.Event(), threading.Event()
    said_by_others, write_all = clearinghouse_applying._said_by_others, clearinghouse_applying._write_all

    def look_for_others(*args):
        has_withdrawn.set()
        has_written.wait(2)
        return said_by_others(*args)

    def write_and_wait(*args):
        found = write_all(*args)
        has_written.set()
        is_undone.wait(2)
        return found

    def take_back():
        undo_file(file_id=one.pk, now=NOW)
        is_undone.set()

    def take_over_meanwhile():
        has_withdrawn.wait(10)
        clearinghouse.take_over(file=two, by=cast.lead, now=NOW)
        apply_file(file_id=two.pk, now=NOW)

    monkeypatch.setattr(clearinghouse_applying, "_said_by_others", look_for_others)
    monkeypatch.setattr(clearinghouse_applying, "_write_all", write_and_wait)
    raised = at_once(take_back, take_over_meanwhile)
    assert raised == [] and Destination.objects.standing().count() == 30
    assert set(Destination.objects.standing().values_list("line__of", flat=True)) == {two.pk}
