from django.core.management import call_command

from schools.policy import HELD_BY, groups_of, policy
from schools.roles import GRANTS, Permission, Role


def test_the_document_says_what_the_table_says():
    call_command("print_policy", check=True)


def test_every_role_says_who_holds_it():
    assert set(HELD_BY) == set(Role)


def test_every_permission_is_told_once():
    told = [words for _label, group in groups_of(Permission) for words in group]
    assert sorted(told) == sorted(str(permission.label) for permission in Permission)


def test_every_role_is_told_all_that_it_may_do():
    for row in policy():
        assert sum(len(words) for _label, words in row.groups) == len(GRANTS[row.role]), row.role


def test_a_parent_reads_the_rule(cast, client):
    client.force_login(cast.grandma)
    page = client.get("/who-may-do-what/").content.decode()
    assert "You see a student if you are on their team today" in page
