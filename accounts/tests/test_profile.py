"""What people say about themselves, and who may change how they sign in."""

import re

import pytest
from django.test import Client

from accounts.tests.factories import PASSWORD, UserFactory
from audit.models import Event
from notices.models import Email


@pytest.fixture
def robin(cast, client):
    user = UserFactory(username="robin", email="robin@example.org")
    client.force_login(user)
    return user


def ask_address(client, email="new@example.org", password=PASSWORD):
    return client.post("/me/address/", {"email": email, "password": password})


def token_in(email):
    return re.search(r"/l/([\w-]{20,})/", email.text)[1]


def test_names_phone_and_language_are_ones_own_to_say(client, robin):
    client.post("/me/", {"preferred_name": "Rob", "phone": "555 0100", "language": "es"})
    robin.refresh_from_db()
    assert (robin.name, robin.phone, robin.language) == ("Rob Marsh", "555 0100", "es")


def test_the_name_in_the_records_is_the_schools_to_correct(client, robin):
    client.post("/me/", {"given_name": "Somebody", "family_name": "Else", "language": ""})
    robin.refresh_from_db()
    assert robin.full_name == "Robin Marsh"


def test_a_name_is_words_wherever_it_stands(client, robin):
    robin.given_name = "<b>Robin"
    robin.save()
    page = client.get("/me/").content.decode()
    assert "“&lt;b&gt;Robin”" in page and "<b>Robin" not in page


def test_a_new_address_counts_once_it_is_confirmed_there(client, robin):
    ask_address(client)
    robin.refresh_from_db()
    assert robin.email == "robin@example.org"
    assert "new@example.org waits to be confirmed" in client.get("/me/").content.decode()
    stranger = Client()
    page = stranger.get(f"/l/{token_in(Email.objects.get(address='new@example.org'))}/")["Location"]
    stranger.post(page)
    robin.refresh_from_db()
    assert robin.email == "new@example.org"
    assert Email.objects.filter(address="robin@example.org").count() == 1


def test_opening_the_link_alone_changes_nothing(client, robin):
    ask_address(client)
    page = client.get(f"/l/{token_in(Email.objects.get())}/")["Location"]
    assert "new@example.org" in client.get(page).content.decode()
    robin.refresh_from_db()
    assert robin.email == "robin@example.org"


def test_without_the_password_no_address_is_asked_for(client, robin):
    page = ask_address(client, password="a guess").content.decode()
    assert "This is not your password." in page and 'value="new@example.org"' in page
    assert not Email.objects.exists()


def test_a_waiting_address_can_be_taken_back(client, robin):
    ask_address(client)
    client.post("/me/address/take-back/")
    token = token_in(Email.objects.get())
    assert Client().get(f"/l/{token}/").status_code == 410


def test_strangers_are_not_flooded(client, robin):
    answers = [ask_address(client, f"stranger{n}@example.org") for n in range(6)]
    assert "try again tomorrow" in answers[-1].content.decode()
    assert Email.objects.count() == 5


def test_allauths_own_page_changes_no_address(client, robin):
    client.post("/accounts/email/", {"action_add": "", "email": "new@example.org"})
    assert not robin.emailaddress_set.filter(email="new@example.org").exists()


def test_signing_out_everywhere_keeps_this_device(client, robin):
    elsewhere = Client()
    elsewhere.force_login(robin)
    client.post("/me/sign-out-everywhere/")
    assert client.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert Event.objects.filter(action="accounts.sessions.ended", actor=robin).exists()
