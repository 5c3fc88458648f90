"""A mentor's time with a student gives access from its first day to its last, and no other student's."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import TODAY
from mentors.actions.mentors import add_mentor, leave
from mentors.actions.mentorship import MentorshipError, end_mentorship, put_on_team
from mentors.models import Mentorship
from mentors.tests.factories import a_mentor
from schools.roles import Permission
from students.access import permissions_on

DAY = datetime.timedelta(days=1)


def sees(user, student, on=TODAY):
    return Permission.STUDENT_SEE in permissions_on(student, user, on)


def test_a_mentor_is_on_the_team_from_the_day_to_the_last(cast, client):
    client.force_login(cast.ada)
    mentor, sam = a_mentor(cast, "Ruth", "Harbor Radio"), cast.student("sam")
    facts = {"mentor": str(mentor.pk), "starts_on": "2026-11-25", "last_day": "2026-12-18"}
    client.post(f"/students/{sam.pk}/mentors/", facts)
    days = [datetime.date(2026, 11, 24), datetime.date(2026, 11, 25), datetime.date(2026, 12, 18)]
    assert [sees(mentor.user, sam, day) for day in [*days, days[-1] + DAY]] == [False, True, True, False]


def test_a_mentor_of_two_keeps_the_other(cast, client):
    client.force_login(cast.ada)
    row = cast.mentorships["mo", "sam"]
    client.post(f"/students/{row.student_id}/mentors/{row.pk}/end/")
    assert not sees(cast.mo, cast.student("sam")) and sees(cast.mo, cast.student("lena"))


def test_who_leaves_is_off_every_team(cast, client):
    client.force_login(cast.lead)
    mentor = cast.mentorships["mo", "sam"].mentor
    client.post(f"/schools/{cast.school.pk}/mentors/{mentor.pk}/leave/", {"on": "2026-12-01"})
    first = datetime.date(2026, 12, 1)
    for name in ("sam", "lena"):
        assert sees(cast.mo, cast.student(name), first - DAY) and not sees(cast.mo, cast.student(name), first)


def test_who_left_can_come_back(cast):
    mentor = cast.mentorships["mo", "sam"].mentor
    leave(mentor=mentor, by=cast.lead, on=TODAY)
    again = add_mentor(organisation=cast.boatyard, user=cast.mo, by=cast.lead, on=TODAY)
    put_on_team(student=cast.student("sam"), mentor=again, by=cast.lead, on=TODAY)
    assert sees(cast.mo, cast.student("sam"))


def test_nobody_is_put_on_a_team_after_they_left(cast):
    mentor = cast.mentorships["mo", "sam"].mentor
    leave(mentor=mentor, by=cast.lead, on=TODAY)
    with pytest.raises(MentorshipError, match="not a mentor in all of that time"):
        put_on_team(student=cast.student("kit"), mentor=mentor, by=cast.lead, on=TODAY)


def test_twice_at_once_is_refused_and_said(cast, client):
    client.force_login(cast.ada)
    mentor = cast.mentorships["mo", "sam"].mentor
    facts = {"mentor": str(mentor.pk), "starts_on": "2026-11-24"}
    page = client.post(f"/students/{cast.student('sam').pk}/mentors/", facts).content.decode()
    assert "Mo Alvarez is already Sam Okafor&#x27;s mentor in that time" in page


def test_the_database_refuses_two_at_once(cast):
    row = cast.mentorships["mo", "sam"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Mentorship.objects.create(school=cast.school, student=row.student, mentor=row.mentor, starts_on=TODAY)


def test_another_schools_mentor_is_refused(cast):
    mentor = cast.mentorships["mo", "sam"].mentor
    mentor.school = cast.other_school
    with pytest.raises(MentorshipError, match="another school"):
        put_on_team(student=cast.student("kit"), mentor=mentor, by=cast.lead, on=TODAY)


def test_what_has_ended_is_not_ended_later(cast):
    row = end_mentorship(mentorship=cast.mentorships["mo", "sam"], by=cast.ada, on=TODAY)
    with pytest.raises(MentorshipError, match="ended by then"):
        end_mentorship(mentorship=row, by=cast.ada, on=TODAY + DAY)


def test_the_team_page_names_the_organisation(cast, client):
    client.force_login(cast.grandma)
    assert "mentor at Blackstone Boats" in client.get(f"/students/{cast.student('sam').pk}/team/").content.decode()
