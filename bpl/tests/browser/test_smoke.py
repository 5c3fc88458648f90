"""The browser and the server meet; sign-in by the form; the first pages are good ones."""

import re

import pytest
from playwright.sync_api import expect

HOME = re.compile(r":\d+/$")
DOOR = re.compile(r"/accounts/login/")


@pytest.fixture
def ada(cast):
    cast.ada.set_password("a-long-word-of-adas")
    cast.ada.save()
    return cast.ada


def test_it_signs_in_by_the_form_and_out_again(ada, new_context):
    page = new_context().new_page()
    page.goto("/")
    page.get_by_label("Sign-in name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill("a-long-word-of-adas")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(HOME)
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    # The script looks for unsent words first: whoever went elsewhere at once would not be signed out.
    expect(page).to_have_url(DOOR)
    page.goto("/")
    expect(page).to_have_url(DOOR)


def test_a_wrong_word_is_told_and_the_name_stays(ada, new_context):
    page = new_context(phone=True).new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Sign-in name or e-mail").fill("ada")
    page.get_by_label("Password", exact=True).fill("not this")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Sign-in name or e-mail")).to_have_value("ada")


@pytest.mark.parametrize("phone", [True, False], ids=["phone", "desk"])
def test_the_front_door_is_open_to_everybody(new_context, axe, phone):
    page = new_context(phone=phone).new_page()
    page.goto("/accounts/login/")
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("name", ["sam", "rosa", "mo", "ada", "coordinator", "lead", "network_lead"])
def test_each_home_is_open_to_everybody(cast, open_as, axe, name):
    page = open_as(getattr(cast, name), phone=True)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert axe(page) == []


def test_a_page_without_script_is_whole(cast, open_as):
    page = open_as(cast.ada, java_script_enabled=False)
    expect(page.get_by_role("heading", level=1)).to_be_visible()


def test_the_axe_of_these_tests_cuts(new_context, axe):
    page = new_context().new_page()
    page.goto("/healthz")
    page.set_content("<html lang='en'><title>A page</title><main><h1>Here</h1><input></main>")
    assert [line.split(":")[0] for line in axe(page)] == ["label"]
