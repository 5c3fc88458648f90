"""From a letter's code or an e-mail's link to one's own sign-in name and password."""

import re

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.actions.joining import JoinError, accept, ask_address
from accounts.models import Link
from accounts.tests.factories import UserFactory, letter
from bpl.tests.cast import NOW
from notices.models import Email

WORDS = "seven grey geese"


@pytest.fixture
def newcomer(cast):
    return UserFactory(username=None, given_name="Samuel", preferred_name="Sam", family_name="Okafor", email="")


def type_code(client, code):
    return client.post("/join/", {"code": code})


def come_in(client, link, **choices):
    page = type_code(client, link.code)["Location"]
    return client.post(page, {"username": "sam.o", "password": WORDS, "language": "en", **choices})


def words_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_typed_code_leads_in_and_home(client, cast, newcomer):
    link = letter(newcomer, cast.ada, cast.school)
    code = f" {link.code[:4]}-{link.code[4:8]} {link.code[8:]}".lower()
    page = type_code(client, code)["Location"]
    assert "Riverside invites you" in words_of(client.get(page))
    answer = client.post(page, {"username": "Sam.O", "password": WORDS, "language": "en"})
    newcomer.refresh_from_db()
    assert answer["Location"] == "/" and client.session["_auth_user_id"] == str(newcomer.pk)
    assert newcomer.username == "sam.o" and newcomer.check_password(WORDS)


def test_a_free_name_is_suggested(client, cast, newcomer):
    UserFactory(username="sam.okafor")
    page = type_code(client, letter(newcomer, cast.ada, cast.school).code)["Location"]
    assert 'value="sam.okafor2"' in client.get(page).content.decode()


def test_it_works_once(client, cast, newcomer):
    link = letter(newcomer, cast.ada, cast.school)
    come_in(client, link)
    answer = type_code(Client(), link.code)
    assert answer.status_code == 410 and "used already" in words_of(answer)


def test_a_taken_name_is_said_beside_it_and_nothing_typed_is_lost(client, cast, newcomer):
    link = letter(newcomer, cast.ada, cast.school)
    page = words_of(come_in(client, link, username="sam", language="es"))
    assert "“sam2” is free" in page
    assert 'value="sam"' in page and f'value="{WORDS}"' in page and 'value="es" selected' in page
    assert Link.objects.get(pk=link.pk).used_at is None


@pytest.mark.parametrize(
    ("password", "sentence"),
    [("short", "too short"), ("password123", "too common"), ("samuel1234", "too similar to the given name")],
)
def test_a_weak_password_is_refused_kindly(client, cast, newcomer, password, sentence):
    page = words_of(come_in(client, letter(newcomer, cast.ada, cast.school), password=password))
    assert sentence in page
    newcomer.refresh_from_db()
    assert newcomer.username is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("sam okafor", "without spaces"), ("s", "2 to 60 letters"), ("rosa@example.org", "only if your school knows it")],
)
def test_a_name_that_cannot_be_is_refused_kindly(client, cast, newcomer, name, sentence):
    assert sentence in words_of(come_in(client, letter(newcomer, cast.ada, cast.school), username=name))


def test_ones_own_address_may_be_the_name(client, cast, newcomer):
    newcomer.email = "sam@example.org"
    newcomer.save()
    come_in(client, letter(newcomer, cast.ada, cast.school), username="Sam@Example.org")
    newcomer.refresh_from_db()
    assert newcomer.username == "sam@example.org"


def test_an_unknown_code_is_said_beside_the_field_and_stays(client, db):
    page = words_of(type_code(client, "BCDF-GHJK-MNPQ"))
    assert "We do not know this code" in page and "BCDF-GHJK-MNPQ" in page


def test_a_code_that_is_too_short_says_how_long_codes_are(client, db):
    assert "This has 6 letters and digits; a code has 12" in words_of(type_code(client, "BCDF-GH"))


def test_guessing_at_one_code_is_stopped(client, cast, newcomer):
    link = letter(newcomer, cast.ada, cast.school)
    for last in "BCDFGH":
        type_code(client, f"{link.code[:4]}{last * 8}")
    assert "Wait ten minutes" in words_of(type_code(client, link.code))


def test_a_square_brings_the_code_along_and_does_nothing(client, cast, newcomer):
    link = letter(newcomer, cast.ada, cast.school)
    page = client.get(f"/join/?code={link.code}")
    assert f"{link.code[:4]}-{link.code[4:8]}-{link.code[8:]}" in page.content.decode()
    assert "link" not in page.cookies


def test_on_a_shared_device_the_other_person_is_warned_and_signed_out(client, cast, newcomer):
    client.force_login(cast.lena)
    page = type_code(client, letter(newcomer, cast.ada, cast.school).code)["Location"]
    assert "Lena Brandt is signed in on this device" in words_of(client.get(page))
    client.post(page, {"username": "sam.o", "password": WORDS, "language": "en"})
    assert client.session["_auth_user_id"] == str(newcomer.pk)


def test_a_forgotten_password_is_renewed_by_a_new_code_and_the_name_stays(client, cast):
    robin, elsewhere = UserFactory(username="robin"), Client()
    elsewhere.force_login(robin)
    assert "Your sign-in name is <strong>robin</strong>" in words_of(
        client.get(type_code(client, letter(robin, cast.ada, cast.school).code)["Location"])
    )
    come_in(client, letter(robin, cast.ada, cast.school), username="someone.else")
    robin.refresh_from_db()
    assert robin.username == "robin" and robin.check_password(WORDS)
    assert elsewhere.get("/me/").status_code == 302
    assert Email.objects.get().subject == "Your password was set anew"


def test_a_second_factor_is_asked_for_here_too(client, cast):
    robin = UserFactory(username="robin")
    Authenticator.objects.create(user=robin, type=Authenticator.Type.TOTP, data={"secret": "x"})
    answer = come_in(client, letter(robin, cast.ada, cast.school))
    assert answer["Location"] == "/accounts/2fa/authenticate/"
    assert "_auth_user_id" not in client.session


def test_other_open_links_end_with_it(client, cast, newcomer):
    asked = ask_address(user=newcomer, email="sam@example.org", by=newcomer, now=NOW)
    come_in(client, letter(newcomer, cast.ada, cast.school))
    asked.refresh_from_db()
    assert asked.revoked_at == NOW


def test_a_name_taken_in_the_same_moment_is_refused_by_the_database(cast, newcomer, monkeypatch):
    link = letter(newcomer, cast.ada, cast.school)
    monkeypatch.setattr("accounts.actions.joining.is_taken", lambda name: False)
    with pytest.raises(JoinError, match="already"):
        accept(link=link, username="ada", password=WORDS, language="en", now=NOW)
