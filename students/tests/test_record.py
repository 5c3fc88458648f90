"""Names, birthday, number, grade, interests."""

import datetime

import pytest

from bpl.tests.cast import NOW, TODAY
from students.actions import enrol
from students.actions.interests import InterestError, add_interest, drop_interest
from students.actions.record import RecordError, change_record
from students.tests.factories import a_student

NEXT_YEAR = datetime.date(2027, 9, 1)


def change(cast, **changes):
    facts = {"given_name": "Samuel", "family_name": "Okafor", "preferred_name": "Sam", "born_on": None, "number": ""}
    return change_record(student=cast.student("sam"), by=cast.ada, on=TODAY, **(facts | changes))


@pytest.mark.parametrize("name", ["Ó", "W" * 200, "نور الهدى", "李小龍", "Nguyễn Thị"])
def test_any_name_is_a_name(cast, name, client):
    change(cast, given_name=name, family_name="", preferred_name="")
    client.force_login(cast.lead)
    assert name in client.get("/students/", {"q": name[:20]}).content.decode()


def test_a_name_that_is_too_long_is_said_beside_it(cast, client):
    client.force_login(cast.ada)
    response = client.post(f"/students/{cast.student('sam').pk}/record/", {"given_name": "W" * 201})
    assert "at most 200 characters" in response.content.decode() and "W" * 201 in response.content.decode()


def test_a_birthday_in_the_other_countrys_order_is_named(cast, client):
    client.force_login(cast.ada)
    facts = {"given_name": "Samuel", "born_on": "24/5/2010"}
    text = client.post(f"/students/{cast.student('sam').pk}/record/", facts).content.decode()
    assert "If you mean 2010-05-24, write that." in text and "24/5/2010" in text


@pytest.mark.parametrize(("day", "sentence"), [("2026-11-25", "not come yet"), ("1850-01-01", "more than 120 years")])
def test_an_impossible_birthday_is_refused(cast, day, sentence):
    with pytest.raises(RecordError, match=sentence):
        change(cast, born_on=datetime.date.fromisoformat(day))


def test_a_number_belongs_to_one_student(cast):
    a_student(cast, "Ines", number="77")
    with pytest.raises(RecordError, match="Ines has this number"):
        change(cast, number="77")


def test_moving_up_touches_no_team(cast):
    sam = cast.student("sam")
    before = list(sam.team.values_list("pk", "ends_on"))
    enrol.move_up(student=sam, grade="11", by=cast.lead, on=NEXT_YEAR)
    assert list(sam.team.values_list("pk", "ends_on")) == before
    assert list(sam.enrolments.values_list("grade", "ends_on")) == [("10", NEXT_YEAR), ("11", None)]


def test_moving_up_before_the_start_is_refused(cast, client):
    client.force_login(cast.ada)
    facts = {"grade": "11", "on": "2020-09-01"}
    text = client.post(f"/students/{cast.student('sam').pk}/enrolment/", facts).content.decode()
    assert "is not enrolled on that day" in text


def test_moving_up_across_a_planned_grade_is_refused(cast):
    sam = cast.student("sam")
    enrol.move_up(student=sam, grade="11", by=cast.lead, on=NEXT_YEAR)
    with pytest.raises(enrol.EnrolmentError, match="already planned"):
        enrol.move_up(student=sam, grade="12", by=cast.lead, on=TODAY)


def test_a_student_writes_an_interest_in_their_own_words(cast, client):
    client.force_login(cast.sam)
    address = f"/students/{cast.student('sam').pk}/interests/"
    client.post(address, {"words": "old wooden boats", "tags": "boats, wood"})
    assert "old wooden boats" in client.get(address).content.decode()
    assert cast.student("sam").interests.get().tag_list == ["boats", "wood"]


def test_the_same_interest_twice_is_refused(cast):
    add_interest(student=cast.student("sam"), words="Old wooden boats", by=cast.sam)
    with pytest.raises(InterestError, match="already"):
        add_interest(student=cast.student("sam"), words="old  wooden BOATS", by=cast.ada)


def test_a_dropped_interest_stays_readable_and_may_come_back(cast, client):
    sam = cast.student("sam")
    drop_interest(interest=add_interest(student=sam, words="chess", by=cast.sam), by=cast.sam, now=NOW)
    client.force_login(cast.sam)
    assert "What was once so" in client.get(f"/students/{sam.pk}/interests/").content.decode()
    assert add_interest(student=sam, words="chess", by=cast.sam).dropped_at is None
