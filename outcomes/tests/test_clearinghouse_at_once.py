"""Two people, or two processes, with one clearinghouse file in the same moment."""

import datetime

import pytest

from bpl.tests.cast import NOW
from outcomes.actions import clearinghouse
from outcomes.actions.clearinghouse import SameFile
from outcomes.actions.clearinghouse_applying import apply_file
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
