"""The list of students: exactly those behind the door, found by name, number and grade."""

import datetime

import pytest

from students.models import Enrolment
from students.tests.factories import a_student, many_students


def names(client, **search):
    page = client.get("/students/", search).context["page"]
    return [student.name for student in page]


def test_a_lead_sees_the_school_and_an_adviser_the_advisory(cast, client):
    client.force_login(cast.lead)
    assert names(client) == ["Kit Okafor", "Lena Brandt", "Omar Haddad", "Sam Okafor"]
    client.force_login(cast.ada)
    assert names(client) == ["Lena Brandt", "Sam Okafor"]


@pytest.mark.parametrize(("person", "seen"), [("rosa", 2), ("dan", 1), ("sam", 1), ("mo", 0), ("stranger", 0)])
def test_families_see_their_own(cast, client, person, seen):
    client.force_login(getattr(cast, person))
    assert len(names(client)) == seen


def test_a_name_is_found_without_its_accents(cast, client):
    a_student(cast, "Zoë", "Núñez")
    client.force_login(cast.lead)
    assert names(client, q="nunez zoe") == ["Zoë Núñez"]


def test_a_number_and_a_grade_are_found(cast, client):
    a_student(cast, "Ines", grade="9", number="A-77")
    client.force_login(cast.lead)
    assert names(client, q="a-77") == ["Ines"]
    assert names(client, grade="9") == ["Ines", "Kit Okafor"]


def test_who_has_left_is_found_on_purpose(cast, client):
    Enrolment.objects.filter(student=cast.student("omar")).update(ends_on=datetime.date(2026, 11, 24))
    client.force_login(cast.lead)
    assert "Omar Haddad" not in names(client)
    assert names(client, who="left") == ["Omar Haddad"]


def test_fifty_stand_on_a_page(cast, client):
    many_students(cast, 51)
    client.force_login(cast.lead)
    assert len(names(client)) == 50 and len(names(client, page="2")) == 5
    assert len(names(client, page="9")) == 50
    assert "55 students" in client.get("/students/").content.decode()


def test_the_search_goes_with_the_page(cast, client):
    many_students(cast, 51)
    client.force_login(cast.lead)
    assert "q=many" in client.get("/students/", {"q": "many"}).content.decode()


def test_a_whole_school_costs_six_queries(cast, client, django_assert_max_num_queries):
    many_students(cast, 60)
    client.force_login(cast.lead)
    with django_assert_max_num_queries(6):
        client.get("/students/")
