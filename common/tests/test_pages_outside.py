"""Pages that anybody may meet: the door, and what is shown when something is wrong."""

import pytest
from django.template.loader import render_to_string
from django.urls import reverse


@pytest.mark.parametrize(
    "name",
    ["account_login", "account_reset_password", "account_reset_password_done", "account_inactive", "account_signup"],
)
def test_it_has_one_heading_and_a_title(client, db, name):
    html = client.get(reverse(name)).content.decode()

    assert html.count("<h1>") == 1
    assert "<title> ·" not in html


@pytest.mark.parametrize("name", ["500.html", "400.html"])
def test_it_says_what_broke_without_a_request_or_a_database(name):
    html = render_to_string(name)

    assert html.count("<h1>") == 1
    assert "data-user" not in html


@pytest.mark.parametrize("name", ["404.html", "403.html"])
def test_it_names_nobody_where_a_page_is_refused(name, rf):
    request = rf.get("/")

    assert "data-user" not in render_to_string(name, request=request)


def test_it_offers_the_demo_people_only_in_a_demo(client, db, settings):
    settings.DEMO = True
    assert b"adviser@demo.example" in client.get(reverse("account_login")).content
    settings.DEMO = False
    assert b"demo.example" not in client.get(reverse("account_login")).content


def test_it_keeps_the_name_that_was_typed_with_a_wrong_password(client, db):
    response = client.post(reverse("account_login"), {"login": "sam", "password": "not this one"})

    assert b'value="sam"' in response.content
    assert b'role="alert"' in response.content
