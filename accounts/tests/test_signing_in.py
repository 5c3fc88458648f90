"""By sign-in name or e-mail, strictly limited for one account and widely for one address."""

import pytest
from django.contrib.auth.hashers import make_password

from accounts.models import User
from accounts.tests.factories import PASSWORD, UserFactory

LOGIN = "/accounts/login/"


def sign_in(client, login, password=PASSWORD):
    return client.post(LOGIN, {"login": login, "password": password})


def who(client):
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("typed", ["robin", "Robin", " robin ", "ROBIN@example.org", "ｒobin"])
def test_a_name_or_an_address_lets_in_however_it_is_typed(db, client, typed):
    user = UserFactory(username="robin", email="robin@example.org")
    assert sign_in(client, typed).status_code == 302
    assert who(client) == str(user.pk)


def test_a_wrong_password_is_refused_and_the_name_stays(db, client):
    UserFactory(username="robin")
    page = sign_in(client, "robin", "something else").content.decode()
    assert "do not belong together" in page and 'value="robin"' in page
    assert who(client) is None


def test_of_two_parents_with_one_address_the_password_says_which(db, client):
    UserFactory(username="rosa.o", email="home@example.org", password="rosa's own words")
    dan = UserFactory(username="dan.o", email="home@example.org", password="dan's own words")
    sign_in(client, "home@example.org", "dan's own words")
    assert who(client) == str(dan.pk)


def test_where_the_password_fits_both_neither_is_let_in(db, client):
    for name in ("rosa.o", "dan.o"):
        UserFactory(username=name, email="home@example.org")
    assert "type your sign-in name" in sign_in(client, "home@example.org").content.decode()
    assert who(client) is None


def test_who_has_not_come_in_yet_is_not_let_in_by_address(db, client):
    UserFactory(username=None, email="new@example.org")
    assert sign_in(client, "new@example.org", "!").status_code == 200


def test_a_closed_account_says_so_to_whoever_knows_its_password(db, client):
    UserFactory(username="robin", is_active=False)
    assert sign_in(client, "robin")["Location"] == "/accounts/inactive/"
    assert "do not belong together" in sign_in(client, "robin", "a guess").content.decode()


def test_after_five_wrong_tries_even_the_right_password_waits(db, client):
    UserFactory(username="robin", email="robin@example.org")
    for typed in ("robin", "ROBIN", "robin@example.org", "ｒobin", "robin"):
        sign_in(client, typed, "a guess")
    assert "Wait five minutes" in sign_in(client, "robin").content.decode()
    assert who(client) is None


def test_the_limit_of_one_account_is_not_anothers(db, client):
    UserFactory(username="robin")
    UserFactory(username="wren")
    for _try in range(6):
        sign_in(client, "robin", "a guess")
    assert sign_in(client, "wren").status_code == 302


def test_a_whole_school_signs_in_from_one_address_in_one_minute(db, client):
    encoded = make_password(PASSWORD)
    people = [User(username=f"student{n}", given_name="S", search_name="s", password=encoded) for n in range(300)]
    User.objects.bulk_create(people)
    answers = []
    for n in range(300):
        answers.append(sign_in(client, f"student{n}").status_code)
        client.logout()
    assert answers == [302] * 300


def test_a_tenth_of_the_school_mistyping_shuts_nobody_else_out(db, client):
    UserFactory(username="robin")
    for n in range(60):
        sign_in(client, f"nobody{n}", "a guess")
    assert sign_in(client, "robin").status_code == 302


@pytest.mark.parametrize(("typed", "spent"), [("nobody", 1), ("robin", 1)])
def test_an_unknown_name_takes_as_long_as_a_wrong_password(db, client, monkeypatch, typed, spent):
    UserFactory(username="robin")
    hashed = []
    for name in ("set_password", "check_password"):
        monkeypatch.setattr(User, name, lambda self, raw, name=name: hashed.append(name))
    sign_in(client, typed, "a guess")
    assert len(hashed) == spent


def test_demo_people_come_in_only_where_debug_is_set(db, client, settings):
    robin = UserFactory(username="robin", is_demo=True)
    settings.DEMO = False
    sign_in(client, "robin")
    assert who(client) is None
    settings.DEMO = True
    sign_in(client, "robin")
    assert who(client) == str(robin.pk)
