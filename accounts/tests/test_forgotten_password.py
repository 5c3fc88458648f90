"""A forgotten password, by e-mail: each of those who share an address gets a message of their own."""

import re

from accounts.tests.factories import UserFactory
from notices.models import Email

WORDS = "seven grey geese"


def ask(client, address):
    return client.post("/accounts/password/reset/", {"email": address})


def test_both_parents_of_one_address_get_their_own_link(db, client):
    for name in ("rosa.o", "dan.o"):
        UserFactory(username=name, email="home@example.org")
    ask(client, "Home@example.org")
    texts = list(Email.objects.filter(address="home@example.org").values_list("text", flat=True))
    assert len(texts) == 2
    assert "rosa.o" in "".join(texts) and "dan.o" in "".join(texts)


def test_the_link_sets_a_new_password_and_lifts_the_limit(db, client):
    robin = UserFactory(username="robin")
    for _try in range(5):
        client.post("/accounts/login/", {"login": "robin", "password": "a guess"})
    ask(client, robin.email)
    path = re.search(r"http://\S+?(/accounts/\S+)", Email.objects.get().text)[1]
    form = client.get(path)["Location"]
    client.post(form, {"password1": WORDS, "password2": WORDS})
    assert client.post("/accounts/login/", {"login": "robin", "password": WORDS}).status_code == 302


def test_who_has_not_come_in_yet_is_told_of_the_invitation(db, client):
    UserFactory(username=None, email="new@example.org")
    ask(client, "new@example.org")
    email = Email.objects.get()
    assert "invitation" in email.text and "/accounts/password/reset/key/" not in email.text


def test_it_comes_in_the_readers_language(db, client, monkeypatch):
    spoken = []
    from django.utils import translation

    from accounts.adapter import AccountAdapter

    render = AccountAdapter.render_mail
    monkeypatch.setattr(
        AccountAdapter, "render_mail", lambda *given: spoken.append(translation.get_language()) or render(*given)
    )
    ask(client, UserFactory(username="rosa", language="es").email)
    assert spoken == ["es"]


def test_the_page_says_the_same_for_an_address_that_nobody_has(db, client):
    UserFactory(username="robin")
    known, unknown = (ask(client, f"{name}@example.org") for name in ("robin", "nobody"))
    assert known["Location"] == unknown["Location"]


def test_addresses_are_kept_in_one_place(db, client):
    robin = UserFactory(username="robin")
    ask(client, robin.email)
    assert not robin.emailaddress_set.exists()
