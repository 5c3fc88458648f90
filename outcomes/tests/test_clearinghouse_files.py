"""A detail file from upload to taken over and taken back."""

import datetime

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import Event
from bpl.tests.cast import NOW
from files.models import StoredFile
from outcomes.actions import clearinghouse
from outcomes.actions.clearinghouse import ClearinghouseError, SameFile
from outcomes.actions.clearinghouse_applying import apply_file, tidy
from outcomes.models import ClearinghouseFile, ClearinghouseLine, Destination, Refresh
from outcomes.tasks import resume_clearinghouse_files
from outcomes.tests.clearinghouse_files import (
    a_degree,
    a_file,
    a_row,
    an_id,
    an_upload,
    applied,
    nothing_of,
    taken_back,
    taken_over,
)

State, LineState = ClearinghouseFile.State, ClearinghouseLine.State
Kind, Level = Destination.Kind, Destination.Level


def sams(cast, **how):
    return a_row(an_id(cast, "sam"), "Samuel", "Okafor", **how)


def bring(client, cast, *rows, **how):
    return client.post(f"/schools/{cast.school.pk}/outcomes/clearinghouse/", {"file": an_upload(*rows, **how)})


def test_enrolments_and_degrees_become_what_is_known_of_a_student(cast):
    file = applied(
        cast, sams(cast), sams(cast, level="2-year", college="CCRI", begins="20270118", ends=""),
        a_degree(an_id(cast, "sam"), "Samuel", "Okafor"), nothing_of(an_id(cast, "lena"), "Lena", "Brandt"),
    )  # fmt: skip
    degree, second, first = Destination.objects.all()
    assert (first.kind, first.level, first.where) == (Kind.ENROLLED, Level.FOUR_YEAR, "Brown University")
    assert (first.starts_on, first.ends_on) == (datetime.date(2026, 9, 3), datetime.date(2026, 12, 18))
    assert (second.level, second.ends_on, second.known_until) == (Level.TWO_YEAR, None, datetime.date(2027, 1, 18))
    assert (degree.kind, degree.what, degree.starts_on) == (
        Kind.CREDENTIAL,
        "BACHELOR OF ARTS",
        datetime.date(2030, 5, 26),
    )
    assert {(one.student, one.source, one.confidence, one.by) for one in (degree, second, first)} == {
        (cast.student("sam"), "clearinghouse", "certain", cast.lead)
    }
    assert first.said_on == degree.said_on == datetime.date(2026, 11, 24) and first.line.of == file
    assert Refresh.objects.get(school=cast.school).asked_at == NOW


def test_no_record_says_nothing(cast):
    file = a_file(cast, nothing_of(an_id(cast, "lena"), "Lena", "Brandt"))
    assert file.report["states"] == {"no_record": 1}
    with pytest.raises(ClearinghouseError, match="Nothing in this file is new"):
        clearinghouse.take_over(file=file, by=cast.lead, now=NOW)


def test_a_double_click_is_once(cast):
    file = a_file(cast, sams(cast))
    for by in (cast.lead, cast.lead, cast.coordinator):
        clearinghouse.take_over(file=file, by=by, now=NOW)
        apply_file(file_id=file.pk, now=NOW)
    file.refresh_from_db()
    assert Destination.objects.count() == 1 and file.applied_by == cast.lead


def test_the_same_facts_in_another_file_are_known(cast):
    applied(cast, sams(cast))
    again = a_file(cast, sams(cast), sams(cast, begins="20270118", ends="20270520"))
    assert again.report["states"] == {"known": 1, "ready": 1}
    assert taken_over(again, cast.lead).report["written"] == 1 and Destination.objects.count() == 2


def test_of_two_files_that_wait_with_the_same_facts_the_second_finds_them_known(cast):
    files = [a_file(cast, sams(cast)), a_file(cast, sams(cast), nothing_of("", "Lena", "Brandt"))]
    written = [taken_over(file, cast.lead).report["written"] for file in files]
    assert written == [1, 0] and Destination.objects.count() == 1


def test_a_row_that_is_in_the_file_twice_is_known(cast):
    file = a_file(cast, sams(cast), sams(cast), a_degree(an_id(cast, "sam"), "Samuel", "Okafor"))
    assert file.report["states"] == {"ready": 2, "known": 1}


def test_the_same_bytes_are_not_brought_twice(cast, client):
    file = applied(cast, sams(cast))
    client.force_login(cast.coordinator)
    response = bring(client, cast, sams(cast), name="again.csv")
    page = response.content.decode()
    assert "This file is here already: “detail.csv”." in page
    assert f"/outcomes/clearinghouse/{file.pk}/" in page and "brought by Lee Whitfield" in page
    assert ClearinghouseFile.objects.count() == 1


def test_a_double_tap_leads_to_the_one_file(cast, client):
    client.force_login(cast.lead)
    first, second = (bring(client, cast, sams(cast)) for _tap in range(2))
    assert first["Location"] == second["Location"] and ClearinghouseFile.objects.count() == 1


def test_what_was_taken_over_is_taken_back(cast, client):
    file = applied(cast, sams(cast), a_degree(an_id(cast, "sam"), "Samuel", "Okafor"))
    client.force_login(cast.coordinator)
    page = client.post(f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/undo/", follow=True)
    assert "Being taken back" in page.content.decode() and Destination.objects.standing().count() == 2
    resume_clearinghouse_files()
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/")
    assert "2 facts were taken back, by Cora Banks" in page.content.decode()
    assert not Destination.objects.standing().exists()
    assert set(Destination.objects.values_list("withdrawn_by", "withdrawn_at")) == {(cast.coordinator.pk, NOW)}
    file.refresh_from_db()
    assert (file.state, file.undone_by, file.undone_at) == (State.UNDONE, cast.coordinator, NOW)


def test_a_file_can_be_brought_again_after_it_was_taken_back(cast):
    taken_back(applied(cast, sams(cast)), cast.lead)
    assert applied(cast, sams(cast)).report["written"] == 1
    assert Destination.objects.standing().count() == 1


def test_what_another_file_says_too_stays_when_the_first_is_taken_back(cast):
    first = applied(cast, sams(cast), sams(cast, college="Typed Wrongly"))
    second = applied(cast, sams(cast), sams(cast), sams(cast, begins="20270118", ends="20270520"))
    assert second.report["written"] == 1
    assert taken_back(first, cast.lead).report["withdrawn"] == 1
    standing = Destination.objects.standing()
    assert {(one.where, one.starts_on.year, one.line.of) for one in standing} == {
        ("Brown University", 2026, second), ("Brown University", 2027, second)
    }  # fmt: skip
    taken_back(second, cast.lead)
    assert not Destination.objects.standing().exists()


def test_what_a_person_took_back_is_not_brought_back_by_another_file(cast):
    first = applied(cast, sams(cast))
    applied(cast, sams(cast), sams(cast, begins="20270118", ends="20270520"))
    wrong = Destination.objects.get(line__of=first)
    wrong.withdrawn_at, wrong.withdrawn_by = NOW - datetime.timedelta(hours=1), cast.ada
    wrong.save()
    taken_back(first, cast.lead)
    assert [one.starts_on.year for one in Destination.objects.standing()] == [2027]


def corrected(one, by):
    return Destination.objects.create(
        student=one.student, school=one.school, kind=Kind.NOT_ENROLLED, starts_on=one.starts_on, said_on=one.said_on,
        source=Destination.Source.SELF, by=by, at=NOW, supersedes=one,
    )  # fmt: skip


def test_a_correction_stays_and_is_said(cast, client):
    file = applied(cast, sams(cast), sams(cast, begins="20270118", ends="20270520"))
    theirs = corrected(Destination.objects.last(), cast.ada)
    taken_back(file, cast.lead)
    assert (file.report["withdrawn"], file.report["corrected"]) == (1, 1)
    assert list(Destination.objects.standing()) == [theirs]
    client.force_login(cast.lead)
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/?show=corrected").content.decode()
    assert "1 had been corrected by somebody" in page and "corrected by Ada Lindqvist" in page


def test_what_a_person_has_corrected_is_not_brought_back_by_the_next_file(cast):
    applied(cast, sams(cast))
    corrected(Destination.objects.get(), cast.ada)
    assert a_file(cast, sams(cast), a_row("x", "Ivy", "Stone")).report["states"]["known"] == 1


def test_undone_twice_is_once_and_what_was_not_taken_over_is_not_undone(cast):
    file = a_file(cast, sams(cast))
    with pytest.raises(ClearinghouseError, match="not taken over"):
        clearinghouse.undo(file=file, by=cast.lead, now=NOW)
    taken_over(file, cast.lead)
    for by in (cast.lead, cast.coordinator):
        taken_back(file, by)
    assert file.undone_by == cast.lead and Event.objects.filter(action="outcomes.clearinghouse.undone").count() == 1


def test_a_dropped_file_is_forgotten_and_may_come_again(cast):
    file = a_file(cast, sams(cast))
    clearinghouse.drop(file=file, by=cast.lead, now=NOW)
    tidy(file_id=file.pk)
    assert not file.lines.exists()
    with pytest.raises(ClearinghouseError, match="cannot be taken over"):
        clearinghouse.take_over(file=file, by=cast.lead, now=NOW)
    assert a_file(cast, sams(cast)).state == State.READY


def test_people_of_other_schools_are_forgotten_once_the_file_is_taken_over(cast, client):
    file = applied(cast, sams(cast), a_row("x", "Ivy", "Stone"))
    tidy(file_id=file.pk)
    assert list(file.lines.values_list("state", flat=True)) == [LineState.READY]
    assert file.report["states"]["nobody"] == 1
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/"
    assert "These rows are forgotten" in client.get(f"{address}?show=nobody").content.decode()


def test_nothing_is_half_taken_over_when_a_process_dies(cast, monkeypatch):
    file = a_file(cast, sams(cast), sams(cast, begins="20270118", ends="20270520"))
    clearinghouse.take_over(file=file, by=cast.lead, now=NOW)
    monkeypatch.setattr("outcomes.actions.clearinghouse_applying.AT_ONCE", 1)
    with monkeypatch.context() as broken:
        broken.setattr(cache, "set", lambda *_said: (_ for _ in ()).throw(MemoryError))
        with pytest.raises(MemoryError):
            apply_file(file_id=file.pk, now=NOW)
    file.refresh_from_db()
    assert file.state == State.APPLYING and not Destination.objects.exists()
    resume_clearinghouse_files()
    file.refresh_from_db()
    assert file.state == State.APPLIED and Destination.objects.count() == 2


def test_tasks_do_what_the_pages_ask_for(cast, client, django_capture_on_commit_callbacks):
    client.force_login(cast.lead)
    with django_capture_on_commit_callbacks(execute=True):
        address = bring(client, cast, sams(cast))["Location"]
    page = client.get(address).content.decode()
    assert "1 new enrolment, 0 new degrees and certificates, of 1 student." in page and "Brown University" in page
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{address}take-over/")
    assert "1 fact is taken over, by Lee Whitfield" in client.get(address).content.decode()
    assert Refresh.objects.get(school=cast.school).done_at is not None


def test_how_far_it_is_is_said(cast, client):
    client.force_login(cast.lead)
    address = bring(client, cast, sams(cast))["Location"]
    assert "0 rows are read." in client.get(address).content.decode()
    file = a_file(cast, sams(cast), a_row("x", "Ivy", "Stone"))
    clearinghouse.take_over(file=file, by=cast.lead, now=NOW)
    page = client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/").content.decode()
    assert "as far as row 0 of 2" in page


def test_what_is_no_such_file_is_said_beside_the_field(cast, client):
    client.force_login(cast.lead)
    page = bring(client, cast, "Sam,10", head="Name,Grade").content.decode()
    assert "This is no StudentTracker detail file" in page
    page = bring(client, cast, sams(cast), name="detail.xlsx").content.decode()
    assert "That is a spreadsheet." in page and not ClearinghouseFile.objects.exists()


def test_another_schools_file_is_not_there(cast, client):
    file = a_file(cast, sams(cast))
    client.force_login(cast.stranger)
    for school in (cast.school, cast.other_school):
        address = f"/schools/{school.pk}/outcomes/clearinghouse/{file.pk}/"
        assert client.get(address).status_code == 404
        assert client.post(f"{address}take-over/").status_code == 404
    file.refresh_from_db()
    assert file.state == State.READY


def test_the_lists_ask_the_same_however_many_rows(cast, client):
    client.force_login(cast.lead)
    names = {
        "sam": ("Samuel", "Okafor"),
        "lena": ("Lena", "Brandt"),
        "omar": ("Omar", "Haddad"),
        "kit": ("Kit", "Okafor"),
    }
    few = a_file(cast, sams(cast), a_row("", "Lena", "Brandt"))
    rows = [
        a_row(an_id(cast, who), *name, begins=f"20{at}0901", ends="") for who, name in names.items() for at in (10, 11)
    ]
    many = a_file(cast, *rows, *(a_row(str(at), *name) for at in range(20) for name in names.values()))
    for show in ("students", "unsure", "ready"):
        counted = []
        for file in (few, many):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/?show={show}")
            counted.append(len(queries))
        assert counted[0] == counted[1], show


def test_the_same_file_from_two_who_had_both_looked_is_one(cast, monkeypatch):
    upload = an_upload(sams(cast))
    first = a_file(cast, sams(cast))
    answers = iter([None, first])
    monkeypatch.setattr(clearinghouse, "_same", lambda *_said: next(answers))
    with pytest.raises(SameFile):
        clearinghouse.bring(school=cast.school, upload=upload, by=cast.coordinator, now=NOW)
    assert ClearinghouseFile.objects.count() == 1 and not StoredFile.objects.exists()
