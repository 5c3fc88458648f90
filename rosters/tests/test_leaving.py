"""A student's time ends on one day for everybody, and a mistake can be taken back."""

import datetime

import pytest

from advisories.actions.charge import take_charge
from bpl.tests.cast import NOW, TODAY
from mentors.models import Mentorship
from rosters.actions.leaving import LeavingError, leave_school, take_back
from schools.actions.staff import give_role
from students.access import permissions_on
from students.models import Guardianship, TeamMember

FRIDAY = datetime.date(2026, 11, 27)
DAY = datetime.timedelta(days=1)


def who_sees(student, cast, day):
    names = ("sam", "rosa", "grandma", "ada", "cover", "mo", "specialist", "lead", "dan")
    return {name for name in names if permissions_on(student, getattr(cast, name), day)}


def test_everybodys_access_ends_but_the_students_own_and_the_advisers_to_stay_in_touch(cast):
    sam = cast.student("sam")
    before = who_sees(sam, cast, FRIDAY - DAY)
    leave_school(student=sam, by=cast.lead, on=FRIDAY)
    assert who_sees(sam, cast, FRIDAY - DAY) == before == {
        "sam", "rosa", "grandma", "ada", "cover", "mo", "specialist", "lead",
    }  # fmt: skip
    assert who_sees(sam, cast, FRIDAY) == {"sam", "ada", "lead"}


def test_enrolment_seat_and_mentors_end(cast):
    sam = cast.student("sam")
    leave_school(student=sam, by=cast.lead, on=FRIDAY, reason="graduated")
    assert not sam.enrolments.on(FRIDAY).exists() and not sam.seats.on(FRIDAY).exists()
    assert not Mentorship.objects.on(FRIDAY).filter(student=sam).exists()
    assert sam.leavings.get().grade == "10"


def test_a_bar_stays(cast):
    leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY)
    assert Guardianship.objects.on(TODAY).get(student=cast.student("sam")).user == cast.dan


def test_a_sisters_family_is_left_alone(cast):
    leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY)
    assert permissions_on(cast.student("kit"), cast.rosa, TODAY).plan_sign


def test_the_same_day_twice_is_once(cast):
    first, second = (leave_school(student=cast.student("sam"), by=cast.lead, on=FRIDAY) for _tap in range(2))
    assert first == second


def test_a_mistake_is_taken_back_without_a_missing_day(cast):
    sam = cast.student("sam")
    before = who_sees(sam, cast, FRIDAY)
    leaving = leave_school(student=sam, by=cast.lead, on=TODAY)
    assert take_back(leaving=leaving, by=cast.lead, now=NOW) == []
    assert who_sees(sam, cast, FRIDAY) == before
    assert [row.grade for row in sam.enrolments.order_by("starts_on")] == ["10", "10"]
    assert sam.seats.on(TODAY).get().advisory == cast.advisory


def test_taking_back_twice_is_once(cast):
    leaving = leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY)
    for _tap in range(2):
        take_back(leaving=leaving, by=cast.lead, now=NOW)
    assert cast.student("sam").enrolments.on(TODAY).count() == 1


def test_what_cannot_be_put_back_is_said(cast):
    leaving = leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY)
    mentor = cast.mentorships["mo", "sam"].mentor
    mentor.ends_on = TODAY
    mentor.save()
    assert take_back(leaving=leaving, by=cast.lead, now=NOW) == [
        "Mo Alvarez: Mo Alvarez is not a mentor in all of that time."
    ]
    assert permissions_on(cast.student("sam"), cast.rosa, TODAY).plan_sign


def test_a_last_day_before_the_first_is_refused(cast):
    with pytest.raises(LeavingError, match="started on Sept. 1, 2025"):
        leave_school(student=cast.student("sam"), by=cast.lead, on=datetime.date(2025, 8, 1))


def test_who_is_gone_does_not_leave_again(cast):
    leave_school(student=cast.student("sam"), by=cast.lead, on=TODAY)
    with pytest.raises(LeavingError, match="not at the school by then"):
        leave_school(student=cast.student("sam"), by=cast.lead, on=FRIDAY)


def test_the_page_says_what_ends_and_ends_it_after_the_last_day(cast, client):
    client.force_login(cast.ada)
    sam = cast.student("sam")
    assert "Rosa Okafor (mother) sees nothing more" in client.get(f"/students/{sam.pk}/leave/").content.decode()
    client.post(f"/students/{sam.pk}/leave/", {"last_day": "2026-11-26", "how": "moved", "reason": "To Boston"})
    assert sam.leavings.get().on == FRIDAY and permissions_on(sam, cast.ada, TODAY)


def test_a_planned_leaving_is_taken_back_from_the_page(cast, client):
    client.force_login(cast.ada)
    sam = cast.student("sam")
    leaving = leave_school(student=sam, by=cast.ada, on=FRIDAY)
    page = client.post(f"/students/{sam.pk}/leave/{leaving.pk}/take-back/", follow=True).content.decode()
    assert "Sam Okafor never left." in page
    assert TeamMember.objects.on(FRIDAY).filter(student=sam, user=cast.ada).exists()


def test_an_advisory_that_passed_to_somebody_barred_is_said(cast):
    sam = cast.student("sam")
    leaving = leave_school(student=sam, by=cast.lead, on=TODAY)
    give_role(user=cast.dan, role="adviser", school=cast.school, by=cast.lead, on=TODAY)
    take_charge(advisory=cast.advisory, user=cast.dan, by=cast.lead, on=TODAY)
    (sentence,) = take_back(leaving=leaving, by=cast.lead, now=NOW)
    assert "Dan Okafor is barred from Sam Okafor" in sentence
    assert not permissions_on(sam, cast.dan, TODAY) and not sam.seats.on(TODAY).exists()
