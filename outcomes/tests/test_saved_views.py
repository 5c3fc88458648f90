"""Choices kept under a name: one's own, without data, and opening only what one may see by then."""

import datetime

import pytest
from django.test import Client
from django.urls import reverse

from bpl.tests.cast import LONG_AGO, TODAY
from outcomes.models import SavedView
from outcomes.tests.factories import a_table, some_figures, some_tables
from schools.actions.staff import give_role
from schools.models import StaffRole
from schools.roles import Role

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def keep(client, user, school, **data):
    client.force_login(user)
    said = {"name": "For the board", "page": "dashboard", "term": "2026-03-30", "class": "2025"}
    return client.post(reverse("outcomes:saved", args=[school.pk]), said | data)


def address(name, view) -> str:
    return reverse(f"outcomes:{name}", args=[view.school_id, view.pk])


def test_a_view_is_kept_and_opens_what_was_chosen(cast, client):
    some_tables(cast.school)
    response = keep(client, cast.lead, cast.school)
    view = SavedView.objects.get()
    assert response["Location"] == address("saved_open", view)
    page = client.get(address("saved_open", view), follow=True).content.decode()
    assert "While here: Spring 2026" in page and "Afterwards: Class of 2025" in page and "For the board" in page


def test_the_page_of_a_figure_can_be_kept(cast, client):
    some_tables(cast.school)
    keep(client, cast.lead, cast.school, page="figure/accepted", cohort="2025", cut="all")
    response = client.get(address("saved_open", SavedView.objects.get()))
    assert response["Location"].startswith(reverse("outcomes:figure", args=[cast.school.pk, "accepted"]))
    assert "cohort=2025" in response["Location"] and "cut=all" in response["Location"]


def test_twice_is_one_and_another_of_this_name_is_refused_with_what_was_typed(cast, client):
    keep(client, cast.lead, cast.school)
    keep(client, cast.lead, cast.school)
    assert SavedView.objects.count() == 1
    response = keep(client, cast.lead, cast.school, **{"class": "2026"})
    page = response.content.decode()
    assert response.status_code == 200 and "You have a view of this name already." in page
    assert 'value="For the board"' in page and 'name="class" value="2026"' in page
    assert SavedView.objects.get().choices["class"] == "2025"


def test_small_groups_are_never_kept(cast, client):
    keep(client, cast.lead, cast.school, small="1")
    assert "small" not in SavedView.objects.get().choices


@pytest.mark.parametrize("page", ["", "students:index", "figure/../../students", "figure/", "//evil.example"])
def test_it_is_a_page_of_figures_and_no_other(cast, client, page):
    keep(client, cast.lead, cast.school, page=page)
    assert not SavedView.objects.exists()


def test_rename_and_remove(cast, client):
    keep(client, cast.lead, cast.school)
    keep(client, cast.lead, cast.school, name="Other")
    first, other = SavedView.objects.order_by("name")
    page = client.post(address("saved_change", other), {"name": "For the board"}).content.decode()
    assert "You have a view of this name already." in page
    client.post(address("saved_change", other), {"name": "Spring"})
    client.post(address("saved_remove", first))
    assert [view.name for view in SavedView.objects.all()] == ["Spring"]


def test_a_view_is_its_owners_alone(cast, client):
    keep(client, cast.lead, cast.school)
    view = SavedView.objects.get()
    client = Client()
    client.force_login(cast.coordinator)
    assert "For the board" not in client.get(reverse("outcomes:saved", args=[cast.school.pk])).content.decode()
    assert client.get(address("saved_open", view)).status_code == 404
    for name in ("saved_change", "saved_remove"):
        assert client.post(address(name, view), {"name": "Mine"}).status_code == 404
    assert SavedView.objects.get().name == "For the board"


def test_a_view_of_another_school_opens_nothing_here(cast, client):
    a_table(cast.other_school, "accepted", "2026")
    keep(client, cast.stranger, cast.other_school)
    view = SavedView.objects.get()
    client.force_login(cast.lead)
    assert client.get(address("saved_open", view)).status_code == 404
    assert client.get(reverse("outcomes:saved_open", args=[cast.school.pk, view.pk])).status_code == 404


def test_a_school_one_no_longer_leads_opens_nothing(cast, client):
    give_role(user=cast.stranger, role=Role.LEAD, school=cast.school, by=cast.lead, on=LONG_AGO)
    keep(client, cast.stranger, cast.school)
    view = SavedView.objects.get()
    StaffRole.objects.filter(user=cast.stranger, school=cast.school).update(ends_on=TODAY - datetime.timedelta(days=1))
    assert client.get(address("saved_open", view)).status_code == 404
    # Nor by way of the school that they still lead.
    assert client.get(reverse("outcomes:saved_open", args=[cast.other_school.pk, view.pk])).status_code == 404


def test_what_no_page_of_ours_sends_is_refused_or_left_out(cast, client):
    some_tables(cast.school)
    assert keep(client, cast.lead, cast.school, page="figure/é").status_code == 200
    assert keep(client, cast.lead, cast.school, page="figure/").status_code == 200
    assert not SavedView.objects.exists()
    keep(client, cast.lead, cast.school, cut="all\0", term="9" * 5000)
    view = SavedView.objects.get()
    assert view.choices["cut"] == "all" and len(view.choices["term"]) == 100
    assert client.get(address("saved_open", view), follow=True).status_code == 200
