"""A student's seat moves the access of everyone in charge, on the same day."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from advisories.actions import roster
from advisories.actions.charge import end_charge, hand_over, take_charge
from advisories.models import Seat
from bpl.tests.cast import TODAY
from schools.roles import Permission
from students.access import permissions_on
from students.models import Student, TeamMember

MARCH = datetime.date(2027, 3, 8)
DAY = datetime.timedelta(days=1)


def sees(user, student, on):
    return Permission.STUDENT_OVERVIEW in permissions_on(student, user, on)


def test_moving_in_march_moves_the_advisers_access_that_day(cast):
    sam = cast.student("sam")
    roster.seat(student=sam, advisory=cast.other_advisory, by=cast.lead, on=MARCH)
    assert sees(cast.ada, sam, MARCH - DAY) and not sees(cast.ben, sam, MARCH - DAY)
    assert sees(cast.ben, sam, MARCH) and not sees(cast.ada, sam, MARCH)


def test_both_histories_are_kept(cast):
    sam = cast.student("sam")
    roster.seat(student=sam, advisory=cast.other_advisory, by=cast.lead, on=MARCH)
    seats = list(sam.seats.order_by("starts_on").values_list("advisory", "ends_on"))
    assert seats == [(cast.advisory.pk, MARCH), (cast.other_advisory.pk, None)]


def test_lists_follow_the_move(cast):
    roster.seat(student=cast.student("sam"), advisory=cast.other_advisory, by=cast.lead, on=TODAY)
    mine = Student.objects.open_to(cast.ada, Permission.STUDENT_OVERVIEW, TODAY)
    assert {student.name for student in mine} == {"Lena Brandt"}


def test_a_move_before_the_start_is_refused(cast):
    with pytest.raises(roster.RosterError, match="started on Sept. 1, 2025"):
        roster.seat(
            student=cast.student("sam"), advisory=cast.other_advisory, by=cast.lead, on=datetime.date(2025, 8, 1)
        )


def test_seating_where_one_sits_changes_nothing(cast):
    roster.seat(student=cast.student("sam"), advisory=cast.advisory, by=cast.lead, on=TODAY)
    assert cast.student("sam").seats.count() == 1


def test_the_database_refuses_two_seats_on_one_day(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(student=cast.student("sam"), advisory=cast.other_advisory, starts_on=TODAY)


def test_a_sixteenth_student_is_seated_with_a_warning(cast, client):
    cast.school.advisory_size = 2
    cast.school.save()
    client.force_login(cast.lead)
    response = client.post(
        f"/advisories/{cast.advisory.pk}/roster/",
        {"student": cast.student("omar").pk, "on": "2026-11-24"},
        follow=True,
    )
    assert "has 3 students; your school" in response.content.decode()


def test_a_new_adviser_sees_every_seated_student(cast):
    end_charge(charge=cast.advisory.charges.get(user=cast.ada), by=cast.lead, on=TODAY)
    take_charge(advisory=cast.advisory, user=cast.ben, by=cast.lead, on=TODAY)
    assert sees(cast.ben, cast.student("sam"), TODAY) and sees(cast.ben, cast.student("lena"), TODAY)
    assert not sees(cast.ada, cast.student("sam"), TODAY)


def test_a_handover_leaves_no_day_with_two_and_none_without(cast):
    hand_over(charge=cast.advisory.charges.get(user=cast.ada), to=cast.ben, by=cast.lead, on=MARCH)
    sam = cast.student("sam")
    days = [(sees(cast.ada, sam, day), sees(cast.ben, sam, day)) for day in (MARCH - DAY, MARCH, MARCH + DAY)]
    assert days == [(True, False), (False, True), (False, True)]


def test_cover_ends_by_itself(cast):
    sam, last = cast.student("sam"), datetime.date(2026, 11, 27)
    assert sees(cast.cover, sam, last) and not sees(cast.cover, sam, last + DAY)


def test_a_student_who_is_moved_during_cover_is_gone_for_the_cover_too(cast):
    roster.seat(student=cast.student("sam"), advisory=cast.other_advisory, by=cast.lead, on=TODAY)
    assert not sees(cast.cover, cast.student("sam"), TODAY)


def test_a_later_adviser_gets_no_access_past_a_planned_move(cast):
    sam = cast.student("sam")
    roster.seat(student=sam, advisory=cast.other_advisory, by=cast.lead, on=MARCH)
    take_charge(advisory=cast.advisory, user=cast.ben, by=cast.lead, on=TODAY)
    rows = TeamMember.objects.filter(student=sam, user=cast.ben, cause=cast.advisory.cause)
    assert [row.ends_on for row in rows] == [MARCH]


def test_an_advisory_with_students_is_not_closed(cast):
    with pytest.raises(roster.RosterError, match="Move the students"):
        roster.close_advisory(advisory=cast.advisory, by=cast.lead, on=TODAY)


def test_a_third_adviser_is_refused(cast):
    take_charge(advisory=cast.advisory, user=cast.ben, by=cast.lead, on=TODAY)
    with pytest.raises(ValueError, match="already has two advisers"):
        take_charge(advisory=cast.advisory, user=cast.specialist, by=cast.lead, on=TODAY)
