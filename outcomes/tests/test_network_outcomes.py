"""A network's figures: totals alone, small schools hidden, nobody ranked."""

import csv
import io
import uuid

import pytest
from django.urls import reverse

from bpl.tests.cast import a_school
from outcomes.models import SavedView, Snapshot
from outcomes.tests.factories import a_table, needs_attention, some_figures, some_tables
from outcomes.tests.test_dashboard import opened, statements

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def address(network, name="dashboard", *more) -> str:
    return reverse(f"outcomes:network_{name}", args=[network.pk, *more])


@pytest.fixture
def by_school(cast):
    """Riverside and Kestrel House large, Wren Street and Alder small."""
    small = [a_school(name, cast.network, time_zone="UTC") for name in ("Wren Street", "Alder")]
    sizes = [(cast.school, (31, 60, 3)), (cast.other_school, (26, 34, 2)), (small[0], (3, 7, 0)), (small[1], (5, 9, 1))]
    a_table(cast.network, "accepted", "2026", school={str(school.pk): one for school, one in sizes})
    return cast.network


def test_the_network_sees_figures_with_their_gap(cast, client):
    some_tables(cast.network)
    page = opened(client, cast.network_lead, address(cast.network))
    assert "While here: Terms from August 2026" in page and "Afterwards: Class of 2026" in page
    assert "40% of disadvantaged students, 75% of peers" in page


def test_small_schools_are_absent_and_all_stand_by_name(by_school, cast, client):
    page = opened(client, cast.network_lead, address(by_school, "figure", "accepted") + "?cut=school&small=1")
    split = page.split("<h2>School</h2>")[1].split("</table>")[0]
    places = [split.index(name) for name in ("Alder", "Kestrel House", "Riverside", "Wren Street")]
    assert places == sorted(places) and "52%" in split and "76%" in split
    assert split.count("not shown") == 2 and "43%" not in split and "56%" not in split
    assert "badge" not in split


def test_no_students_and_no_schools_own_tables(by_school, cast, client):
    some_tables(cast.school)
    needs_attention(cast, "sam")
    page = opened(client, cast.network_lead, address(by_school))
    assert "Sam Okafor" not in page and "Who they are" not in page and "Attendance" not in page
    figure = opened(client, cast.network_lead, address(by_school, "figure", "accepted"))
    assert "/students/" not in figure
    for name, more in (("dashboard", []), ("figure", ["accepted"]), ("dashboard_csv", []), ("dashboard_pdf", []),
                       ("snapshots", []), ("behind", ["accepted"])):  # fmt: skip
        assert client.get(reverse(f"outcomes:{name}", args=[cast.school.pk, *more])).status_code == 404


def test_csv_and_pdf_hold_what_is_published(by_school, cast, client):
    client.force_login(cast.network_lead)
    text = client.get(address(by_school, "figure_csv", "accepted")).content.decode().removeprefix("\ufeff")
    rows = {row["Group"]: row for row in csv.DictReader(io.StringIO(text)) if row["Split by"] == "School"}
    assert rows["Riverside"]["Counted"] == "31" and rows["Alder"]["Students"] == "too few to be shown"
    assert rows["Alder"]["Counted"] == rows["Wren Street"]["Counted"] == ""
    assert client.get(address(by_school, "dashboard_pdf"))["Content-Type"] == "application/pdf"


def test_a_network_lead_freezes_and_keeps_views(by_school, cast, client):
    client.force_login(cast.network_lead)
    client.post(address(by_school, "snapshot_add"), {"name": "Year", "key": str(uuid.uuid4())})
    snapshot = Snapshot.objects.get()
    assert snapshot.network == by_school and snapshot.school is None
    assert "Year" in opened(client, cast.network_lead, address(by_school, "snapshot", snapshot.pk))
    client.post(address(by_school, "saved"), {"name": "Mine", "page": "dashboard", "class": "2026"})
    assert client.get(address(by_school, "saved_open", SavedView.objects.get().pk)).status_code == 302


def test_schools_do_not_see_the_network(by_school, cast, client):
    for user in (cast.lead, cast.coordinator, cast.stranger):
        client.force_login(user)
        for name, more in (("dashboard", []), ("figure", ["accepted"]), ("dashboard_csv", []), ("snapshots", [])):
            assert client.get(address(by_school, name, *more)).status_code == 404


def test_a_networks_snapshot_is_not_read_through_a_school(by_school, cast, client):
    client.force_login(cast.network_lead)
    client.post(address(by_school, "snapshot_add"), {"name": "Year", "key": str(uuid.uuid4())})
    client.force_login(cast.lead)
    address_here = reverse("outcomes:snapshot", args=[cast.school.pk, Snapshot.objects.get().pk])
    assert client.get(address_here).status_code == 404


def test_network_leads_find_the_way(cast, client):
    for page in ("/", reverse("schools:network", args=[cast.network.pk])):
        assert address(cast.network) in opened(client, cast.network_lead, page)


def test_it_costs_the_same_with_more_schools_and_classes(by_school, cast, client):
    few = statements(client, cast.network_lead, address(by_school))
    for number in range(4):
        a_school(f"School {number}", cast.network, time_zone="UTC")
        a_table(cast.network, "accepted", str(2010 + number))
    assert statements(client, cast.network_lead, address(by_school)) == few <= 10


def test_an_empty_network_says_when_there_will_be_figures(cast, client):
    assert "put together every night" in opened(client, cast.network_lead, address(cast.network))
