"""Organisations and mentors of a school: found, added once, and shown with the students one may see."""

import pytest

from accounts.models import User
from bpl.tests.cast import TODAY
from mentors.actions.mentorship import put_on_team
from mentors.likeness import likely
from mentors.models import Mentor, Organisation
from mentors.tests.factories import a_mentor
from students.models import TeamMember


def address(cast, rest=""):
    return f"/schools/{cast.school.pk}/{rest}"


def add(client, cast, **changes):
    client.force_login(cast.ada)
    return client.post(address(cast, "organisations/new/"), {"name": "Blackstone Boats"} | changes, follow=True)


@pytest.mark.parametrize("typed", ["blackstone boats ltd.", "Black Stone Boats", "The Blackston Boats Co."])
def test_a_name_written_another_way_is_recognised(typed):
    known = [Organisation(name="Blackstone Boats"), Organisation(name="Harbor Radio")]
    assert [organisation.name for organisation in likely(typed, known)] == ["Blackstone Boats"]


@pytest.mark.parametrize("typed", ["Blackstone Bakery", "Radio Providence", "", "The Company"])
def test_another_name_is_not(typed):
    assert likely(typed, [Organisation(name="Blackstone Boats"), Organisation(name="Harbor Radio")]) == []


def test_a_likely_double_is_shown_before_it_is_made(cast, client):
    page = add(client, cast, name="Blackstone Boats Inc", phone="401 555 0100").content.decode()
    assert "Is it one of these?" in page and "401 555 0100" in page
    assert Organisation.objects.count() == 1


def test_one_may_go_on(cast, client):
    add(client, cast, town="Newport", is_other="on")
    assert Organisation.objects.filter(name="Blackstone Boats").count() == 2


def test_changing_an_organisation_does_not_find_itself(cast, client):
    client.force_login(cast.ada)
    client.post(
        address(cast, f"organisations/{cast.boatyard.pk}/change/"), {"name": "Blackstone Boats", "town": "Bristol"}
    )
    cast.boatyard.refresh_from_db()
    assert cast.boatyard.town == "Bristol"


def test_a_web_address_that_is_none_is_said(cast, client):
    page = add(client, cast, name="Harbor Radio", website="not an address").content.decode()
    assert "Enter a valid URL" in page and "Harbor Radio" in page


def test_a_parent_who_mentors_is_one_person(cast, client):
    client.force_login(cast.ada)
    new = address(cast, f"organisations/{cast.boatyard.pk}/mentors/new/")
    facts = {"given_name": "Rosa", "family_name": "Okafor", "on": "2026-11-24"}
    people = User.objects.count()
    assert "We may know this person" in client.post(new, facts).content.decode()
    client.post(new, facts | {"same_as": str(cast.rosa.pk)})
    assert Mentor.objects.filter(user=cast.rosa).exists() and User.objects.count() == people


def test_an_address_that_is_a_parent_s_is_one_person_with_two_roles(cast, client):
    """Whatever name is typed with it: nobody gets a second account, and nothing that was typed is lost."""
    cast.rosa.email = "rosa@example.org"
    cast.rosa.save()
    client.force_login(cast.ada)
    new = address(cast, f"organisations/{cast.boatyard.pk}/mentors/new/")
    facts = {"given_name": "R.", "family_name": "Marinelli", "email": "Rosa@Example.org", "on": "2026-11-24"}
    shown, people = client.post(new, facts).content.decode(), User.objects.count()
    assert "We may know this person" in shown and "Marinelli" in shown and "Rosa Okafor" in shown
    client.post(new, facts | {"same_as": str(cast.rosa.pk)})
    mentor = Mentor.objects.get(user=cast.rosa)
    assert User.objects.count() == people
    put_on_team(mentor=mentor, student=cast.student("lena"), by=cast.coordinator, on=TODAY)
    roles = TeamMember.objects.on(TODAY).filter(user=cast.rosa).values_list("student__user__username", "role")
    assert {("sam", "parent"), ("lena", "mentor")} <= set(roles)


def test_somebody_who_mentors_here_already_is_refused(cast, client):
    client.force_login(cast.ada)
    new = address(cast, f"organisations/{cast.boatyard.pk}/mentors/new/")
    facts = {"given_name": "Mo", "family_name": "Alvarez", "on": "2026-11-24", "same_as": str(cast.mo.pk)}
    assert "Mo Alvarez is already a mentor at Blackstone Boats." in client.post(new, facts).content.decode()


@pytest.mark.parametrize("words", ["harbor", "ruth", "harbor ruth", "RÁDIO"])
def test_words_find_the_organisation_or_its_mentor(cast, client, words):
    a_mentor(cast, "Ruth", "Harbor Radio")
    client.force_login(cast.ada)
    page = client.get(address(cast, "mentors/"), {"q": words}).content.decode()
    assert "Harbor Radio" in page and "Blackstone" not in page


def test_a_mentors_students_are_shown_as_far_as_one_may_see_them(cast, client):
    mentor = cast.mentorships["moira", "omar"].mentor
    client.force_login(cast.ada)
    page = client.get(address(cast, f"mentors/{mentor.pk}/")).content.decode()
    assert "Omar Haddad" not in page and "And 1 student whom you do not see." in page
    client.force_login(cast.lead)
    assert "Omar Haddad" in client.get(address(cast, f"mentors/{mentor.pk}/")).content.decode()


def test_who_signs_in_keeps_the_key_to_the_account(cast, client):
    cast.mo.set_password("a password of his own")
    cast.mo.save()
    mentor = cast.mentorships["mo", "sam"].mentor
    client.force_login(cast.ada)
    client.post(address(cast, f"mentors/{mentor.pk}/"), {"job_title": "foreman", "email": "ada@example.org"})
    cast.mo.refresh_from_db()
    mentor.refresh_from_db()
    assert (cast.mo.email, mentor.job_title) == ("mo@example.org", "foreman")


def test_another_schools_organisation_is_not_found(cast, client):
    elsewhere = Organisation.objects.create(school=cast.other_school, name="Elsewhere")
    client.force_login(cast.lead)
    assert client.get(address(cast, f"organisations/{elsewhere.pk}/")).status_code == 404


def test_many_organisations_cost_no_more_queries(cast, client, django_assert_max_num_queries):
    for n in range(20):
        a_mentor(cast, f"Mentor{n}", f"Place {n}")
    client.force_login(cast.lead)
    with django_assert_max_num_queries(11):
        client.get(address(cast, "mentors/"))
