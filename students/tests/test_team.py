"""The team: who, in which role, since when, why; and who may see what, in plain words."""

import datetime

import pytest

from accounts.models import User
from bpl.tests.cast import TODAY
from schools.roles import Permission, Role
from students.access import holders, permissions_on
from students.actions.colleagues import ColleagueError, add_colleague, end_colleague
from students.models import TeamMember

DAY = datetime.timedelta(days=1)


def page(client, cast, person, student="sam"):
    client.force_login(person)
    return client.get(f"/students/{cast.student(student).pk}/team/").content.decode()


def add(client, cast, **changes):
    client.force_login(cast.ada)
    facts = {"role": "commissioner", "starts_on": "2026-11-24"}
    return client.post(f"/students/{cast.student('sam').pk}/team/new/", facts | changes, follow=True)


def test_everybody_has_a_reason(cast, client):
    text = page(client, cast, cast.sam)
    for reason in ("has Ada&#x27;s advisory", "mother", "mentor at Blackstone Boats", "put on the team by the school"):
        assert reason in text


def test_a_parent_can_recite_who_sees_the_student(cast, client):
    text = page(client, cast, cast.grandma)
    assert "You see Sam if you are on this team today, or work for the whole school." in text
    assert "Lee Whitfield" in text and "Saoirse Kelly" in text


def test_parents_do_not_see_each_other(cast, client):
    assert "Rosa Okafor" not in page(client, cast, cast.dan, "kit")
    assert "Dan Okafor" not in page(client, cast, cast.rosa, "kit")


def test_a_parent_who_is_on_a_panel_too_still_does_not_see_the_other(cast, client):
    add_colleague(student=cast.student("kit"), user=cast.dan, role=Role.PANELLIST, by=cast.lead, on=TODAY)
    assert "Rosa Okafor" not in page(client, cast, cast.dan, "kit")
    add_colleague(student=cast.student("kit"), user=cast.dan, role=Role.SPECIALIST, by=cast.lead, on=TODAY)
    assert "Rosa Okafor" in page(client, cast, cast.dan, "kit")


def test_parents_see_each_other_where_the_school_says_so(cast, client):
    cast.school.guardians_see_each_other = True
    cast.school.save()
    assert "Rosa Okafor" in page(client, cast, cast.dan, "kit")


def test_who_was_here_before_is_shown_to_those_who_change_the_team(cast, client):
    assert "Fern Ward" in page(client, cast, cast.ada)
    assert "Fern Ward" not in page(client, cast, cast.rosa)


def test_a_commissioner_from_outside_has_dates(cast, client):
    add(client, cast, given_name="Carla", family_name="Voss", last_day="2026-12-18")
    carla, sam = User.objects.get(given_name="Carla"), cast.student("sam")
    last = datetime.date(2026, 12, 18)
    assert Permission.PLAN_SEE in permissions_on(sam, carla, last)
    assert not permissions_on(sam, carla, last + DAY)


def test_somebody_of_the_school_is_chosen_by_name(cast, client):
    text = add(client, cast, colleague=str(cast.ben.pk), role="specialist").content.decode()
    assert "Ben Castillo is on the team from" in text


def test_naming_nobody_or_two_is_asked_about(cast, client):
    assert "Choose somebody, or write a name below." in add(client, cast).content.decode()
    text = add(client, cast, colleague=str(cast.ben.pk), given_name="Carla").content.decode()
    assert "not both" in text and 'value="Carla"' in text


def test_nobody_becomes_adviser_this_way(cast):
    with pytest.raises(ColleagueError, match="not given here"):
        add_colleague(student=cast.student("sam"), user=cast.coordinator, role=Role.ADVISER, by=cast.ada, on=TODAY)


def test_twice_in_one_role_is_refused(cast):
    with pytest.raises(ColleagueError, match="already on the team as specialist"):
        add_colleague(student=cast.student("sam"), user=cast.specialist, role=Role.SPECIALIST, by=cast.ada, on=TODAY)


def test_taking_somebody_off_ends_access_today(cast, client):
    sam = cast.student("sam")
    member = sam.team.get(user=cast.specialist)
    client.force_login(cast.ada)
    client.post(f"/students/{sam.pk}/team/{member.pk}/end/")
    assert not permissions_on(sam, cast.specialist, TODAY)


def test_an_advisers_place_does_not_end_here(cast):
    member = TeamMember.objects.get(student=cast.student("sam"), user=cast.ada)
    with pytest.raises(ColleagueError, match="ends where it began"):
        end_colleague(member=member, by=cast.lead, on=TODAY)


def test_holders_agree_with_the_door(cast):
    sam = cast.student("sam")
    asked = [Permission.NOTES_STAFF, Permission.NOTES_RESTRICTED, Permission.NOTES_SAFEGUARDING, Permission.PLAN_SIGN]
    for permission, people in holders(sam, asked, TODAY).items():
        held = {user for user in User.objects.all() if permission in permissions_on(sam, user, TODAY)}
        assert set(people) == held


def test_a_large_team_costs_no_more_queries(cast, client, django_assert_max_num_queries):
    client.force_login(cast.ada)
    for n in range(12):
        user = User.objects.create(given_name=f"Helper{n}")
        add_colleague(student=cast.student("sam"), user=user, role=Role.PANELLIST, by=cast.ada, on=TODAY)
    with django_assert_max_num_queries(14):
        client.get(f"/students/{cast.student('sam').pk}/team/")
