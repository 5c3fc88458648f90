"""Whose a row is: an id of ours with a name that agrees, or somebody decides."""

import datetime

import pytest
from django.urls import reverse

from bpl.tests.cast import NOW
from outcomes.actions import clearinghouse
from outcomes.actions.clearinghouse import ClearinghouseError
from outcomes.matching import Known, Matcher, is_alike, our_id, student_of
from outcomes.models import ClearinghouseFile, ClearinghouseLine
from outcomes.tests.clearinghouse_files import HEAD, a_file, a_row, an_id, nothing_of, taken_over

LineState = ClearinghouseLine.State
SAM = Known(1, "Samuel", "Okafor", "Sam", "S-12", datetime.date(2010, 5, 4))
LENA = Known(2, "Lena", "Brandt")
TWIN = Known(3, "Sam", "Okafor", born_on=datetime.date(2009, 1, 1))


def match(*said, school=7, students=(SAM, LENA, TWIN)):
    return Matcher(school, students).match(*said)


def test_our_id_is_nobody_elses():
    assert student_of(our_id(7, 1), 7) == student_of(our_id(7, 1).lower(), 7) == 1
    assert student_of(our_id(8, 1), 7) is None
    assert student_of(our_id(7, 1).replace("TL7_1_", "TL7_2_"), 7) is None
    assert student_of("TL7_1_", 7) is None and student_of("S-12", 7) is None


def test_an_id_from_before_the_sites_key_was_changed_is_ours(settings):
    before = our_id(7, 1)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert our_id(7, 1) != before and student_of(before, 7) == 1


def test_our_id_with_a_name_that_agrees_is_certain():
    assert match(our_id(7, 1), "SAMUEL", "OKAFOR").student == 1
    assert match(our_id(7, 1), "Sam", "Okafr").student == 1
    assert match(our_id(7, 1), "", "").student == 1


def test_our_id_with_another_name_is_unsure():
    found = match(our_id(7, 1), "Lena", "Brandt")
    assert found.student is None and found.candidates == [1, 2]


def test_the_schools_own_number_counts_with_the_name():
    assert match("s-12", "Sam", "Okafor").student == 1
    assert match("S-12", "", "").candidates == [1]
    assert match("S-12", "Ivy", "Stone").candidates == []


def test_a_name_alone_decides_nothing():
    found = match("", "Sam", "Okafor")
    assert found.student is None and found.candidates == [1, 3]


def test_a_birthday_puts_somebody_first_and_others_out():
    assert match("", "Sam", "Okafor", datetime.date(2009, 1, 1)).candidates == [3]
    assert match("", "Lena", "Brandt", datetime.date(2009, 1, 1)).candidates == [2]


@pytest.mark.parametrize(
    ("first", "last", "alike"),
    [
        ("Sam", "Okafor", True), ("samuel", "OKAFOR", True), ("Samuel", "Okafor-Bello", True),
        ("Samul", "Okafor", True),
        ("Lena", "Okafor", False), ("Samuel", "Brandt", False), ("", "Okafor", False), ("Samuel", "", False),
    ],
)  # fmt: skip
def test_names_that_may_be_one(first, last, alike):
    assert is_alike(SAM, first, last) is alike


def test_a_persons_small_words_say_nothing():
    assert not is_alike(Known(9, "Ana", "de la Cruz"), "Ana", "de la Torre")
    assert is_alike(Known(9, "Ana", "de la Cruz"), "Ana", "Cruz de la Torre")


def file_of_everything(cast):
    return a_file(
        cast,
        a_row(an_id(cast, "sam"), "Samuel", "Okafor"),
        a_row("1.3E+05", "Lena", "Brandt"), a_row("1.3E+05", "Lena", "Brandt", begins="20270118", ends="20270520"),
        a_row("", "Omar", "Haddad"), a_row("9", "Ivy", "Stone"), a_row(an_id(cast, "kit"), "Kit", "Okafor", begins="?"),
        nothing_of(an_id(cast, "omar"), "Omar", "Haddad"), nothing_of("9", "Ivy", "Stone"),
    )  # fmt: skip


def test_every_row_is_one_thing_or_another(cast):
    states = file_of_everything(cast).report["states"]
    assert states == {"ready": 1, "unsure": 3, "nobody": 2, "broken": 1, "no_record": 1}


def who_of(file, first):
    return file.lines.filter(cells__first=first).first().cells["who"]


def test_all_rows_that_say_the_same_are_decided_at_once(cast):
    file, lena = file_of_everything(cast), cast.student("lena")
    number = clearinghouse.decide(file=file, who=who_of(file, "Lena"), student_id=lena.pk, by=cast.lead)
    rows = file.lines.filter(student=lena)
    assert number == 2 and {(row.state, row.decided_by) for row in rows} == {(LineState.READY, cast.lead)}
    file.refresh_from_db()
    assert file.report["states"]["ready"] == 3 and file.report["enrolments"] == 3


def test_a_decision_of_two_is_the_first_ones_and_sent_twice_is_once(cast):
    file, lena = file_of_everything(cast), cast.student("lena")
    who = who_of(file, "Lena")
    clearinghouse.decide(file=file, who=who, student_id=lena.pk, by=cast.lead)
    assert clearinghouse.decide(file=file, who=who, student_id=lena.pk, by=cast.lead) == 0
    with pytest.raises(ClearinghouseError, match="meanwhile"):
        clearinghouse.decide(file=file, who=who, student_id=None, by=cast.coordinator)
    clearinghouse.decide(file=file, who=who, student_id=None, by=cast.coordinator, again=True)
    assert set(file.lines.filter(cells__who=who).values_list("state", flat=True)) == {LineState.LEFT_OUT}


def test_nobody_else_can_be_chosen(cast):
    file = file_of_everything(cast)
    with pytest.raises(ClearinghouseError, match="Choose one"):
        clearinghouse.decide(file=file, who=who_of(file, "Lena"), student_id=cast.student("sam").pk, by=cast.lead)


def test_nothing_is_taken_over_before_everything_is_decided(cast):
    file = file_of_everything(cast)
    with pytest.raises(ClearinghouseError, match="Decide first"):
        clearinghouse.take_over(file=file, by=cast.lead, now=NOW)
    assert clearinghouse.leave_out_the_rest(file=file, by=cast.lead) == 3
    assert taken_over(file, cast.lead).report["written"] == 1


def test_another_schools_file_is_nobodys_and_taken_over_only_by_who_has_looked(cast):
    others = [a_row(an_id(cast, name, cast.other_school), "Ivy", f"Stone{name}") for name in ("sam", "lena", "kit")]
    file = a_file(cast, *others, a_row(an_id(cast, "sam"), "Samuel", "Okafor"))
    assert file.report["states"] == {"nobody": 3, "ready": 1} and file.report["is_elsewhere"]
    with pytest.raises(ClearinghouseError, match="Look at the rows"):
        clearinghouse.take_over(file=file, by=cast.lead, now=NOW)
    assert taken_over(file, cast.lead, looked=True).state == ClearinghouseFile.State.APPLIED


def test_a_file_without_names_is_matched_by_id(cast):
    head = HEAD.replace("First Name,Last Name", "x,y")
    assert a_file(cast, a_row(an_id(cast, "sam"), "", ""), head=head).report["states"] == {"ready": 1}


def test_the_questions_on_the_page(cast, client):
    file, lena = file_of_everything(cast), cast.student("lena")
    client.force_login(cast.coordinator)
    address = f"/schools/{cast.school.pk}/outcomes/clearinghouse/{file.pk}/"
    page = client.get(f"{address}?show=unsure").content.decode()
    assert "Lena Brandt" in page and "2 rows, the first is number 3" in page and "rounded" in page
    told = {"who": who_of(file, "Lena"), "student": lena.pk}
    assert "2 rows are decided." in client.post(f"{address}decide/", told, follow=True).content.decode()
    assert (
        "Choose one of these" in client.post(f"{address}decide/", told | {"student": "x"}, follow=True).content.decode()
    )
    told |= {"again": "1", "student": "none"}
    assert "2 rows are decided." in client.post(f"{address}decide/", told, follow=True).content.decode()


def test_what_no_form_of_ours_sends_is_refused_in_words(cast, client):
    """Letters that PostgreSQL keeps nowhere, and a number that Python does not read."""
    file = file_of_everything(cast)
    client.force_login(cast.lead)
    for said in ({"who": "\0", "student": "1"}, {"who": who_of(file, "Lena"), "student": "9" * 5000},
                 {"who": who_of(file, "Lena"), "student": "9" * 19}, {"who": "", "student": "²"}):  # fmt: skip
        response = client.post(reverse("outcomes:clearinghouse_decide", args=[cast.school.pk, file.pk]), said)
        assert response.status_code == 302
    assert not file.lines.filter(decided_by__isnull=False).exists()


def test_a_file_with_a_letter_that_is_none_is_read_without_it(cast):
    row = a_row(an_id(cast, "sam"), "Sam\0uel", "Okafor", college="Brown\0 University")
    file = a_file(cast, row)
    assert file.state in (ClearinghouseFile.State.READY, ClearinghouseFile.State.REFUSED)
