from collections import defaultdict

import pytest
from django.test import RequestFactory

from accounts.models import User
from common import nav


@pytest.fixture(autouse=True)
def own_items(monkeypatch):
    monkeypatch.setattr(nav, "_items", [])
    monkeypatch.setattr(nav, "_put_under", defaultdict(set))


def request_to(path, user=None):
    request = RequestFactory().get(path)
    request.user = user or User(pk=1, given_name="Sam")
    request.resolver_match = None
    return request


def test_it_gives_nothing_to_who_is_signed_out():
    nav.add("Plans", lambda request: "/plans/")

    assert nav.links(RequestFactory().get("/")) == []


def test_it_keeps_to_the_order_and_to_who_may_see():
    nav.add("School", lambda request: "/school/", order=90)
    nav.add("Plans", lambda request: "/plans/", order=10)
    nav.add("Reports", lambda request: "/reports/", show=lambda request: False)
    nav.add("My plan", lambda request: None)

    assert [link.label for link in nav.links(request_to("/"))] == ["Plans", "School"]


def test_it_marks_the_link_that_the_page_lies_deepest_under():
    nav.add("Home", lambda request: "/")
    nav.add("Students", lambda request: "/students/")
    nav.add("Notes", lambda request: "/students/notes/")

    current = [link.label for link in nav.links(request_to("/students/notes/7/")) if link.is_current]

    assert current == ["Notes"]


def test_it_marks_the_room_whose_page_lies_elsewhere():
    nav.add("Students", lambda request: "/students/", within=("plans",))
    request = request_to("/plans/4/")
    request.resolver_match = type("Match", (), {"namespace": "plans"})

    assert nav.links(request)[0].is_current


def test_it_adds_a_link_once_however_often_the_room_is_made_ready():
    for _again in range(2):
        nav.add("Home", "account_login", badge=lambda request: 3)

    assert [link.count for link in nav.links(request_to("/"))] == [3]


def test_several_links_can_differ_from_person_to_person():
    nav.add("Home", lambda request: "/", order=10)
    nav.add_several(lambda request: [nav.Link(request.user.given_name, "/students/1/", "person")], order=20)

    assert [link.label for link in nav.links(request_to("/"))] == ["Home", "Sam"]


def test_a_room_puts_its_pages_under_anothers_link_unless_the_person_has_a_nearer_one():
    nav.add("Students", "account_login", order=10)
    nav.put_under("account_login", "plans")
    request = request_to("/plans/4/")
    request.resolver_match = type("Match", (), {"namespace": "plans"})
    assert [link.label for link in nav.links(request) if link.is_current] == ["Students"]

    nav.add("Plans", lambda request: "/schools/1/plans/", order=20, within=("plans",))
    assert [link.label for link in nav.links(request) if link.is_current] == ["Plans"]
