import pytest

from bpl.tests.cast import TODAY
from schools.actions import codes
from students.actions.attendance import mark


def code(cast, letter):
    return cast.school.attendance_codes.get(code=letter, retired_on__isnull=True)


def change(client, cast, row, **changes):
    client.force_login(cast.lead)
    facts = {"code": row.code, "name": row.name, "counts": row.counts, "national_code": ""} | changes
    return client.post(f"/schools/{cast.school.pk}/codes/{row.pk}/", facts)


def test_a_code_is_renamed(cast, client):
    change(client, cast, code(cast, "T"), name="Came late")
    assert code(cast, "T").name == "Came late"


def test_a_code_without_marks_may_mean_something_else(cast, client):
    change(client, cast, code(cast, "I"), counts="present")
    assert code(cast, "I").counts == "present"


def test_what_marks_were_made_with_keeps_its_meaning(cast, client):
    mark(student=cast.student("sam"), date=TODAY, code=code(cast, "T"), by=cast.ada)
    page = change(client, cast, code(cast, "T"), counts="absent", name="Gone").content.decode()
    assert "Marks were made with this code" in page and 'value="Gone"' in page
    assert code(cast, "T").counts == "late"


def test_a_retired_letter_comes_back_with_another_meaning(cast):
    mark(student=cast.student("sam"), date=TODAY, code=code(cast, "T"), by=cast.ada)
    codes.retire_code(row=code(cast, "T"), by=cast.lead, on=TODAY)
    codes.add_code(school=cast.school, code="T", name="Trip", counts="elsewhere", by=cast.lead)
    assert code(cast, "T").name == "Trip"
    assert cast.student("sam").attendance.get().code.name == "Late"


def test_a_letter_in_use_is_named(cast, client):
    page = change(client, cast, code(cast, "T"), code="a").content.decode()
    assert "“a” is the code for “Absent”." in page


def test_a_letter_that_was_taken_since_does_not_come_back(cast):
    old = codes.retire_code(row=code(cast, "T"), by=cast.lead, on=TODAY)
    codes.add_code(school=cast.school, code="T", name="Trip", counts="elsewhere", by=cast.lead)
    with pytest.raises(codes.CodeError, match="is the code for “Trip”"):
        codes.bring_back_code(row=old, by=cast.lead)


def test_one_code_for_being_here_remains(cast):
    with pytest.raises(codes.CodeError, match="last code for being here"):
        codes.retire_code(row=code(cast, "P"), by=cast.lead, on=TODAY)
