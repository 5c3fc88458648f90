"""Homes and the student's own page say what is next: the plan and whose turn it is, the meetings to come."""

import datetime
import re
from html import unescape

import pytest

from bpl.tests.cast import NOW, TODAY
from outcomes.tests.factories import a_survey
from plans.actions.meetings import Arrangement, call_meeting, call_off
from plans.tests.factories import a_plan, a_ready_plan
from rosters.actions.leaving import leave_school
from students.actions import team
from students.actions.concern import raise_concern, take_concern

DAY = datetime.timedelta(days=1)


def page(client, user, address="/") -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def a_meeting(cast, people, starts_at=NOW + DAY):
    arrangement = Arrangement(starts_at, cast.sam, place="The boathouse")
    return call_meeting(plan=a_plan(cast), arrangement=arrangement, people=people, by=cast.sam, on=TODAY, at=NOW)


@pytest.mark.parametrize("person", ["sam", "mo", "ada"])
def test_a_home_names_the_meetings_to_come(cast, client, person):
    meeting = a_meeting(cast, [cast.mo, cast.ada])
    home = page(client, getattr(cast, person))
    assert f"/meetings/{meeting.pk}/" in home and "The boathouse" in home


def test_only_to_those_invited_who_are_still_on_the_team(cast, client):
    a_meeting(cast, [cast.mo])
    assert "The boathouse" not in page(client, cast.rosa)
    team.leave(cause=cast.mentorships["mo", "sam"].cause, by=cast.lead, on=TODAY)
    assert "The boathouse" not in page(client, cast.mo)


def test_no_meeting_that_is_over_or_called_off(cast, client):
    a_meeting(cast, [cast.mo], starts_at=NOW - DAY)
    call_off(meeting=a_meeting(cast, [cast.mo]), by=cast.sam, at=NOW)
    assert "The boathouse" not in page(client, cast.mo)


def test_the_students_page_shows_the_plan_and_whose_turn_it_is(cast, client):
    plan = a_ready_plan(cast)
    address = f"/students/{plan.student_id}/"
    assert "Mentor: sign version 1" in page(client, cast.lead, address)
    assert f'href="/plans/{plan.pk}/sign/"' in page(client, cast.mo, address)


def test_who_can_begin_the_plan_is_told_to(cast, client):
    student = cast.student("sam").pk
    for address in ("/", f"/students/{student}/"):
        assert "Begin the plan" in page(client, cast.sam, address)
    assert "Begin the plan" in page(client, cast.ada, f"/students/{student}/")
    assert "Begin the plan" not in page(client, cast.mo, f"/students/{student}/")


def test_the_safeguarding_lead_sees_how_many_concerns_wait_and_no_name(cast, client):
    for name in ("sam", "lena"):
        concern = raise_concern(student=cast.student(name), text="Worried", by=cast.ada, on=TODAY)
    take_concern(concern=concern, by=cast.safeguarding, now=NOW)
    home = unescape(page(client, cast.safeguarding))
    assert re.findall(r"<dt>(in .+?)</dt><dd>(\d+)</dd>", home) == [("in nobody's hands", "1"), ("in hand", "1")]
    assert cast.student("sam").name not in home
    assert "in nobody" not in page(client, cast.lead)


def test_whoever_has_left_is_asked_how_they_are_and_begins_no_plan(cast, client):
    assert "Your learning plan" in page(client, cast.omar)
    survey = a_survey(cast)
    home = page(client, cast.omar)
    assert "How are you?" in home and f"/after-school/surveys/{survey.pk}/" in home
    assert "Your last day at Riverside was May 23, 2026." in home
    assert "Your learning plan" not in home and "One-to-one" not in home


def test_whoever_leaves_next_week_is_still_at_school(cast, client):
    leave_school(student=cast.student("omar"), by=cast.lead, on=TODAY + datetime.timedelta(days=7), how="graduated")
    assert "Your learning plan" in page(client, cast.omar)
