"""What a table would do, row by row, before anything is written."""

import contextlib
import datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.models import User
from advisories.actions.charge import end_charge
from audit.models import Event
from bpl.tests.cast import TODAY
from common.tables import TableError, read
from rosters.tables.columns import STUDENTS, labels
from rosters.tables.facts import Reader
from rosters.tests.factories import pasted, preview, remarks, says, verdicts
from students.models import Student

NEW = "Given name\tFamily name\tBirthday\tGrade\tAdvisory\nJo\tRivers\t5/4/2011\t9\tAda's advisory"


def test_a_new_student_is_told_in_words(cast):
    imported = pasted(cast, NEW)
    assert verdicts(imported, cast.lead) == {2: "new"}
    assert says(imported, cast.lead) == [
        "New: grade 9 from Nov. 24, 2026 · born May 4, 2011", "Sits in Ada's advisory from Nov. 24, 2026",
    ]  # fmt: skip


def test_looking_writes_nothing_about_people(cast):
    before = (Student.objects.count(), User.objects.count(), Event.objects.count())
    imported = pasted(cast, NEW)
    preview(imported, cast.lead)
    assert (Student.objects.count(), User.objects.count(), Event.objects.count() - 1) == before


def test_the_same_person_is_found_by_name_and_birthday(cast):
    imported = pasted(cast, "Name,DOB\nSAM ÓKAFOR,5/4/2010\nSamuel Okafor,2009-01-01")
    assert verdicts(imported, cast.lead) == {2: "same", 3: "wrong"}
    assert remarks(imported, cast.lead, 3)["name"] == "Another Samuel Okafor is here; this is somebody else."


def test_the_same_person_is_found_by_number_whatever_the_name(cast):
    Student.objects.filter(user=cast.lena).update(number="L-7")
    imported = pasted(cast, "Number,Given name,Family name\nl-7,Lena,Brandt-Ruiz")
    assert says(imported, cast.lead) == ["Family name becomes Brandt-Ruiz"]


def test_a_number_that_belongs_to_somebody_else_is_named(cast):
    Student.objects.filter(user=cast.lena).update(number="L-7")
    imported = pasted(cast, "Number,Name,DOB\nL-7,Omar Haddad,8/9/2008")
    assert "Lena Brandt has this number, with another birthday." in remarks(imported, cast.lead)["number"]


def test_what_is_not_said_is_never_erased(cast):
    imported = pasted(cast, "Number,Name,Grade,Birthday,E-mail,Phone\n,Sam Okafor,,5/4/2010,,")
    assert verdicts(imported, cast.lead) == {2: "same"}


def test_a_move_and_a_grade_are_told(cast):
    imported = pasted(cast, "Name,DOB,Grade,Advisory\nSam Okafor,5/4/2010,11,ben castillo")
    assert says(imported, cast.lead) == [
        "Grade 10 becomes 11 on Nov. 24, 2026", "Moves from Ada's advisory to Ben's advisory on Nov. 24, 2026",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "cell", "words"),
    [
        ("Birthday", "25/12/2010", "Dates here are written month, day, year"),
        ("Birthday", "12/25/2031", "That day has not come yet."),
        ("Birthday", "soon", "“soon” is not a date."),
        ("E-mail", "jo@", "“jo@” is not an e-mail address."),
        ("Advisory", "Moon", "There is no advisory “Moon”. There are: Ada's advisory, Ben's advisory."),
        ("Guardian 1 e-mail", "x@example.org", "Whose is this? Write a name."),
        ("Guardian 1 rights", "everything", "Write signs, writes, reads, contact or barred."),
        ("First day", "1/1/2031", "That is more than a year from now."),
    ],
)  # fmt: skip
def test_what_is_wrong_stands_beside_its_cell(cast, header, cell, words):
    imported = pasted(cast, f"Name\tGrade\t{header}\nJo Rivers\t9\t{cell}")
    assert verdicts(imported, cast.lead) == {2: "wrong"}
    assert any(words in remark for remark in remarks(imported, cast.lead).values())


def test_dates_are_read_in_the_order_of_the_schools_country(cast):
    imported = pasted(cast, "Name,DOB,Year group\nJo Rivers,25/12/2010,10", by=cast.stranger, school=cast.other_school)
    assert verdicts(imported, cast.stranger) == {2: "new"}


def test_a_new_student_needs_a_grade(cast):
    assert remarks(pasted(cast, "Name\nJo Rivers"), cast.lead) == {"grade": "In which grade?"}
    assert verdicts(pasted(cast, "Name\nJo Rivers", grade="9"), cast.lead) == {2: "new"}


def test_the_usual_grade_moves_nobody_who_is_here(cast):
    assert verdicts(pasted(cast, "Name\nSam Okafor", grade="9"), cast.lead) == {2: "same"}


@pytest.mark.parametrize("name", ["X", "Ж", "李小龙", "N" * 200, "O’Brien-Núñez y Peña"])
def test_names_of_every_kind_are_names(cast, name):
    assert verdicts(pasted(cast, f"Given name\tGrade\n{name}\t9"), cast.lead) == {2: "new"}


def test_a_name_that_is_too_long_is_said(cast):
    imported = pasted(cast, f"Given name\tGrade\n{'N' * 201}\t9")
    assert remarks(imported, cast.lead)["given_name"] == "That is longer than 200 letters."


def test_two_rows_about_one_student_are_told(cast):
    imported = pasted(cast, "Name,DOB,Grade\nJo Rivers,5/4/2011,9\nJo Rivers,5/4/2011,9\nSam Okafor,,\nSam Okafor,,")
    assert verdicts(imported, cast.lead) == {2: "new", 3: "wrong", 4: "same", 5: "wrong"}
    assert remarks(imported, cast.lead, 3)["name"] == "Row 2 is about the same student."


def test_name_sakes_with_other_birthdays_are_two(cast):
    imported = pasted(cast, "Name,DOB,Grade\nJo Rivers,5/4/2011,9\nJo Rivers,6/4/2011,9")
    assert verdicts(imported, cast.lead) == {2: "new", 3: "new"}


def test_a_sixteenth_student_warns(cast):
    cast.school.advisory_size = 2
    cast.school.save()
    assert preview(pasted(cast, NEW), cast.lead).warnings == [
        "Ada's advisory will have 3 students; your school's size is 2."
    ]


def test_somebody_who_swaps_places_does_not_warn(cast):
    cast.school.advisory_size = 2
    cast.school.save()
    imported = pasted(cast, "Name\tAdvisory\tGrade\nSam Okafor\tBen's advisory\t\nJo Rivers\tAda's advisory\t9")
    assert preview(imported, cast.lead).warnings == ["Ben's advisory will have 3 students; your school's size is 2."]


def test_an_adviser_brings_students_into_the_own_advisory(cast):
    assert says(pasted(cast, "Name,Grade\nJo Rivers,9", by=cast.ada), cast.ada)[1].startswith("Sits in Ada's advisory")
    imported = pasted(cast, "Name,Grade,Advisory\nJo Rivers,9,Ben's advisory", by=cast.ada)
    assert remarks(imported, cast.ada)["advisory"] == "Ben's advisory is not yours to fill. Ask a lead."


def test_an_adviser_changes_nobody_elses_student(cast):
    imported = pasted(cast, "Name,Grade\nOmar Haddad,11", by=cast.ada)
    assert "not yours to change" in remarks(imported, cast.ada)["name"]


def test_columns_of_passwords_are_never_kept(cast):
    imported = pasted(cast, "givenName,familyName,password,grade\nJo,Rivers,P@ssword123,9\n\nLi,Chen,P@ssword124,9")
    assert "P@ssword" not in imported.text and "password" not in imported.text
    assert verdicts(imported, cast.lead) == {2: "new", 4: "new"}


def test_an_adviser_without_an_advisory_brings_nobody(cast):
    imported = pasted(cast, "Name,Grade\nJo Rivers,9", by=cast.cover)
    assert (
        remarks(imported, cast.cover)["advisory"] == "You have no advisory of your own. Ask a lead to add this student."
    )


def test_what_somebody_may_do_is_asked_of_today_and_not_of_the_tables_day(cast):
    end_charge(charge=cast.advisory.charges.get(user=cast.ada), by=cast.lead, on=TODAY)
    imported = pasted(cast, "Name,Grade\nSam Okafor,11", by=cast.ada, day=datetime.date(2026, 11, 1))
    assert "not yours to change" in remarks(imported, cast.ada)["name"]


# As another system writes its people: names of columns with humps, two for one phone, passwords in the open.
OTHER_SYSTEM = """sourcedId,username,givenName,familyName,password,activeDirectoryMatchId,email,phone,sms
7001,jo@school.example,Jo,Rivers,Secret-1,jo@school.example,,,
7002,mia@mail.example,Mia,Rivers,Secret-2,,mia@mail.example,4015550100,4015550100
"""


def test_another_systems_table_of_people_is_read(cast):
    imported = pasted(cast, OTHER_SYSTEM, grade="10")
    assert verdicts(imported, cast.lead) == {2: "new", 3: "new"}
    assert imported.columns == ["number", "", "given_name", "family_name", "", "email", "phone", ""]


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from('ab,;\t"\n\r 0é|/-.@李'), max_size=120))
def test_whatever_is_pasted_is_read_or_refused_in_words(text):
    with contextlib.suppress(TableError):
        for record in read(text).records:
            cells = dict(zip(labels(STUDENTS), record.cells, strict=False))
            facts = Reader(STUDENTS, day_first=True, today=TODAY).read(record.number, cells)
            assert facts.name or facts.is_wrong
