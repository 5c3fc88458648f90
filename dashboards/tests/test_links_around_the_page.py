"""Who does not work at a school has links of their own around every page."""

import re

MAIN_LINKS = re.compile(r'class="mainnav__link" href="([^"]+)"')


def links_of(client, person, address="/notices/"):
    client.force_login(person)
    return MAIN_LINKS.findall(client.get(address).content.decode())


def test_a_student_has_the_own_plans_and_page(cast, client):
    student = cast.student("sam").pk
    assert links_of(client, cast.sam) == ["/", f"/students/{student}/plans/", f"/students/{student}/"]


def test_a_parent_and_a_mentor_have_their_students(cast, client):
    student = cast.student("sam").pk
    for person in (cast.rosa, cast.mo):
        assert f"/students/{student}/" in links_of(client, person)


def test_who_works_at_a_school_has_the_schools_links_alone(cast, client):
    assert not [link for link in links_of(client, cast.ada) if re.match(r"/students/\d", link)]


def test_nobody_gets_a_bar_of_one_link(cast, client):
    assert links_of(client, cast.former_mentor) == []
