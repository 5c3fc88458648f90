"""Opening a link never acts, and leads on only in the browser that showed the secret."""

import datetime

import pytest
from django.test import Client

from accounts.actions.links import make_link, revoke
from accounts.models import Link
from accounts.tests.factories import letter, mailed
from bpl.tests.cast import NOW
from bpl.tests.html import Page

DAY = datetime.timedelta(days=1)


@pytest.fixture
def link_and_token(cast):
    return mailed(cast.rosa, cast.ada, cast.school)


def open_link(client, token):
    return client.get(f"/l/{token}/")


def test_it_leads_to_the_page_and_does_nothing(client, link_and_token):
    link, token = link_and_token
    before = Link.objects.values().get(pk=link.pk)
    page = open_link(client, token)["Location"]
    assert page == f"/l/open/{link.pk}/join/"
    assert "Rosa" in client.get(page).content.decode()
    assert Link.objects.values().get(pk=link.pk) == before


def test_the_cookie_goes_to_the_links_own_page_alone(client, link_and_token):
    link, token = link_and_token
    cookie = open_link(client, token).cookies["link"]
    assert cookie["path"] == f"/l/open/{link.pk}/join/"
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_without_the_secret_the_page_says_nothing_about_the_link(client, link_and_token):
    link, _token = link_and_token
    known, unknown = (client.get(f"/l/open/{pk}/join/") for pk in (link.pk, 987654))
    assert known["Location"] == unknown["Location"] == "/l/"
    assert "Rosa" not in client.get("/l/").content.decode()


def test_a_wrong_token_and_a_wrong_number_look_alike(client, db):
    assert open_link(client, "x" * 43)["Location"] == "/l/"


def test_one_links_cookie_opens_no_other(client, cast, link_and_token):
    _link, token = link_and_token
    other = letter(cast.omar, cast.ada, cast.school)
    value = open_link(client, token).cookies["link"].value
    client.cookies.load({"link": value})
    assert client.get(f"/l/open/{other.pk}/join/")["Location"] == "/l/"


def test_a_made_up_cookie_opens_nothing(client, link_and_token):
    link, _token = link_and_token
    client.cookies.load({"link": f"{link.pk}:1abc:signature"})
    assert client.get(f"/l/open/{link.pk}/join/")["Location"] == "/l/"


def test_a_printed_code_is_no_address(client, cast):
    link = letter(cast.omar, cast.ada, cast.school)
    assert open_link(client, link.code)["Location"] == "/l/"


def test_an_old_link_says_what_to_do(client, cast):
    _link, token = mailed(cast.rosa, cast.ada, cast.school, now=NOW - 31 * DAY)
    answer = open_link(client, token)
    assert answer.status_code == 410
    assert "Riverside can send or print you a new one" in answer.content.decode()
    assert "Rosa" not in answer.content.decode()


def test_a_link_that_is_withdrawn_while_its_page_is_open_no_longer_acts(client, cast, link_and_token):
    link, token = link_and_token
    page = open_link(client, token)["Location"]
    revoke(link=link, by=cast.ada, now=NOW)
    answer = client.post(page, {"username": "rosa", "password": "a few words in a row", "language": "es"})
    assert answer.status_code == 410


def test_its_page_is_kept_by_no_browser(client, link_and_token):
    _link, token = link_and_token
    page = client.get(open_link(client, token)["Location"])
    assert "no-store" in page["Cache-Control"]


def test_its_page_speaks_the_persons_language(client, cast, link_and_token):
    _link, token = link_and_token
    page = client.get(open_link(client, token)["Location"], headers={"accept-language": "en"})
    assert '<html lang="es"' in page.content.decode() and page["Content-Language"] == "es"


def test_the_pages_before_one_is_in_are_good_pages(client, cast, link_and_token):
    _link, token = link_and_token
    ended = mailed(cast.sam, cast.ada, cast.school, now=NOW - 31 * DAY)[1]
    _link, asked = make_link(user=cast.omar, purpose="address", way="email", by=cast.omar, now=NOW, subject="o@o.org")
    for secret in (token, ended, asked):
        page = Page(client.get(f"/l/{secret}/", follow=True).content.decode())
        assert len(page.h1) == 1 and page.h1[0].strip() and page.title.strip()
        assert page.unlabelled() == [] and page.doubled_ids() == set() and page.inline == []


def test_another_browser_must_open_it_again(client, link_and_token):
    _link, token = link_and_token
    page = open_link(client, token)["Location"]
    assert Client().get(page)["Location"] == "/l/"
