"""From the paste to the people: confirmed once, done once, whoever tries again."""

import pytest

from accounts.models import User
from bpl.tests.cast import NOW, TODAY
from rosters.actions import apply, imports
from rosters.actions.imports import TableRefused
from rosters.models import Import
from rosters.tests.factories import brought_in, pasted, preview, verdicts
from schools.actions.staff import end_role, give_role
from schools.models import StaffRole
from students.actions import enrol
from students.models import Student, TeamMember

TABLE = "Name,Grade,Advisory\nJo Rivers,9,Ada's advisory\nLi Chen,10,Ben's advisory"


def test_new_students_are_enrolled_seated_and_seen(cast):
    done = brought_in(pasted(cast, TABLE), cast.lead)
    jo = Student.objects.get(user__given_name="Jo")
    assert (jo.started_on, jo.enrolments.get().grade) == (TODAY, "9")
    assert TeamMember.objects.filter(student=jo, user=cast.ada, role="adviser").exists()
    assert (done.finished_at, done.report["2"]["student"]) == (NOW, jo.pk)


def test_confirming_twice_is_once(cast):
    imported = pasted(cast, TABLE)
    seen = preview(imported, cast.lead).digest
    for _tap in range(2):
        imports.confirm(imported=imported, seen=seen, by=cast.lead, now=NOW)
    for _worker in range(2):
        apply.apply(imported_id=imported.pk, now=NOW)
    assert User.objects.filter(given_name="Jo").count() == 1


def test_two_people_with_the_same_table_bring_everybody_in_once(cast):
    mine, theirs = pasted(cast, TABLE), pasted(cast, TABLE, by=cast.coordinator)
    seen = preview(theirs, cast.lead).digest
    brought_in(mine, cast.lead)
    with pytest.raises(TableRefused, match="Something changed since you looked"):
        imports.confirm(imported=theirs, seen=seen, by=cast.lead, now=NOW)
    assert set(verdicts(theirs, cast.lead).values()) == {"same"}


def test_two_tables_that_were_confirmed_at_once_do_not_double(cast, monkeypatch):
    monkeypatch.setattr(imports, "soon", lambda *told: None)
    both = [pasted(cast, TABLE), pasted(cast, TABLE)]
    for imported in both:
        imports.confirm(imported=imported, seen=preview(imported, cast.lead).digest, by=cast.lead, now=NOW)
    for imported in both:
        apply.apply(imported_id=imported.pk, now=NOW)
    assert User.objects.filter(given_name="Jo").count() == 1
    assert {said["verdict"] for said in Import.objects.get(pk=both[1].pk).report.values()} == {"same"}


def test_a_table_of_what_is_here_has_nothing_to_confirm(cast):
    imported = pasted(cast, "Name\nSam Okafor")
    with pytest.raises(TableRefused, match="Nothing in this table is new"):
        imports.confirm(imported=imported, seen=preview(imported, cast.lead).digest, by=cast.lead, now=NOW)


def test_wrong_rows_stay_behind_and_go_on_in_a_table_of_their_own(cast):
    imported = brought_in(pasted(cast, "Name,Grade,DOB\nJo Rivers,9,\nLi Chen,,5/4/2011"), cast.lead)
    assert list(imported.report) == ["2"]
    rest = imports.go_on(imported=imported, by=cast.lead, on=TODAY, now=NOW)
    assert [row.cells for row in preview(rest, cast.lead).rows] == [{"name": "Li Chen", "born_on": "5/4/2011"}]


def test_a_cell_is_put_right_in_place(cast):
    imported = pasted(cast, "Name,Grade\nLi Chen,")
    assert imports.put_right(imported=imported, cells={2: {"grade": "9", "name": "Li Chen"}}, by=cast.lead)
    assert verdicts(imported, cast.lead) == {2: "new"}
    assert Import.objects.get(pk=imported.pk).fixes == {"2": {"grade": "9"}}


def test_two_people_put_different_cells_right(cast):
    imported = pasted(cast, "Name,Grade\nLi Chen,\nJo Rivers,")
    imports.put_right(imported=imported, cells={2: {"grade": "9"}}, by=cast.lead)
    imports.put_right(imported=imported, cells={3: {"grade": "10"}}, by=cast.coordinator)
    assert Import.objects.get(pk=imported.pk).fixes == {"2": {"grade": "9"}, "3": {"grade": "10"}}


def test_a_row_that_is_left_out_stays_out(cast):
    imported = pasted(cast, TABLE)
    imports.leave_out(imported=imported, numbers=[2], by=cast.lead)
    brought_in(imported, cast.lead)
    assert not User.objects.filter(given_name="Jo").exists() and User.objects.filter(given_name="Li").exists()


def test_one_refused_row_leaves_the_others_alone(cast, monkeypatch):
    real = enrol.enrol

    def refuse_jo(**facts):
        if facts["user"].given_name == "Jo":
            raise enrol.EnrolmentError("Not today.")
        return real(**facts)

    monkeypatch.setattr(enrol, "enrol", refuse_jo)
    done = brought_in(pasted(cast, TABLE), cast.lead)
    assert (done.report["2"]["refused"], done.report["3"]["verdict"]) == ("Not today.", "new")
    assert not User.objects.filter(given_name="Jo").exists()


def test_siblings_of_a_refused_row_still_get_their_mother(cast, monkeypatch):
    real = enrol.enrol

    def refuse_jo(**facts):
        if facts["user"].given_name == "Jo":
            raise enrol.EnrolmentError("Not today.")
        return real(**facts)

    text = "Name,Grade,Mother,Mother email\nJo Rivers,9,Mia Rivers,m@example.org\nAl Rivers,9,Mia Rivers,m@example.org"
    imported = pasted(cast, text)
    monkeypatch.setattr(enrol, "enrol", refuse_jo)
    brought_in(imported, cast.lead)
    assert Student.objects.get(user__given_name="Al").guardianships.get().user.name == "Mia Rivers"


def test_what_a_dead_process_left_is_gone_on_with(cast, monkeypatch):
    monkeypatch.setattr(apply, "AT_ONCE", 1)
    imported = pasted(cast, TABLE)
    imports.confirm(imported=imported, seen=preview(imported, cast.lead).digest, by=cast.lead, now=NOW)
    apply._next_rows(imported.pk)
    assert Import.objects.unfinished().get().done_count == 1
    apply.apply(imported_id=imported.pk, now=NOW)
    assert Import.objects.get(pk=imported.pk).finished_at
    assert Student.objects.filter(user__given_name__in=["Jo", "Li"]).count() == 2


def test_who_lost_the_role_meanwhile_brings_nobody_in(cast, monkeypatch):
    monkeypatch.setattr(imports, "soon", lambda *told: None)
    imported = pasted(cast, TABLE)
    imports.confirm(imported=imported, seen=preview(imported, cast.lead).digest, by=cast.lead, now=NOW)
    give_role(user=cast.ben, role="lead", school=cast.school, by=cast.lead, on=TODAY)
    end_role(row=cast.lead.staff_roles.get(), by=cast.ben, on=TODAY)
    apply.apply(imported_id=imported.pk, now=NOW)
    assert not User.objects.filter(given_name="Jo").exists()


def test_a_dropped_table_is_not_brought_in(cast):
    imported = pasted(cast, TABLE)
    imports.drop(imported=imported, by=cast.lead, now=NOW)
    with pytest.raises(TableRefused, match="was dropped"):
        imports.confirm(imported=imported, seen=preview(imported, cast.lead).digest, by=cast.lead, now=NOW)


def test_staff_come_with_their_roles(cast):
    text = "Name,E-mail,Role\nNia Frost,nia@example.org,Advisor; coordinator\nBen Castillo,ben@example.org,adviser"
    imported = pasted(cast, text, kind="staff")
    assert verdicts(imported, cast.lead) == {2: "new", 3: "same"}
    brought_in(imported, cast.lead)
    nia = User.objects.get(email="nia@example.org")
    assert set(StaffRole.objects.filter(user=nia).values_list("role", flat=True)) == {"adviser", "coordinator"}
    assert verdicts(pasted(cast, text, kind="staff"), cast.lead) == {2: "same", 3: "same"}


def test_staff_without_address_are_not_doubled(cast):
    text = "Name,Role\nNia Frost,adviser"
    brought_in(pasted(cast, text, kind="staff"), cast.lead)
    assert verdicts(pasted(cast, text, kind="staff"), cast.lead) == {2: "same"}


def test_who_left_comes_back_to_the_same_record(cast):
    sam = cast.student("sam")
    sam.enrolments.update(ends_on=TODAY)
    imported = pasted(cast, "Name,Grade\nSam Okafor,11")
    assert verdicts(imported, cast.lead) == {2: "back"}
    brought_in(imported, cast.lead)
    assert sam.enrolments.on(TODAY).get().grade == "11" and Student.objects.filter(user=cast.sam).count() == 1
