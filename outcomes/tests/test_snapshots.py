"""What was published on a day, shown again exactly."""

import uuid

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from audit.models import Event
from outcomes import tables
from outcomes.models import FigureTable, Held, Snapshot
from outcomes.tests.factories import TERM, a_figure, a_table, some_figures, some_tables
from outcomes.tests.test_dashboard import opened

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def freeze(client, user, school, name="Report 2026", key=None):
    client.force_login(user)
    return client.post(
        reverse("outcomes:snapshot_add", args=[school.pk]), {"name": name, "key": str(key or uuid.uuid4())}
    )


def address(snapshot, name="snapshot", *more) -> str:
    return reverse(f"outcomes:{name}", args=[snapshot.school_id, snapshot.pk, *more])


def test_a_lead_freezes_and_whoever_reads_figures_reads_it(cast, client):
    some_tables(cast.school)
    assert freeze(client, cast.coordinator, cast.school).status_code == 403
    response = freeze(client, cast.lead, cast.school)
    snapshot = Snapshot.objects.get()
    assert response["Location"] == address(snapshot)
    assert Event.objects.filter(action="outcomes.frozen", actor=cast.lead, school_id=cast.school.pk).exists()
    assert "Report 2026" in opened(client, cast.coordinator, address(snapshot))
    assert "Report 2026" in opened(client, cast.coordinator, reverse("outcomes:snapshots", args=[cast.school.pk]))


def test_a_double_click_is_one(cast, client):
    some_tables(cast.school)
    key = uuid.uuid4()
    freeze(client, cast.lead, cast.school, key=key)
    assert freeze(client, cast.lead, cast.school, key=key).status_code == 302
    assert Snapshot.objects.count() == 1


def test_nothing_published_is_nothing_to_freeze(cast, client):
    page = freeze(client, cast.lead, cast.school, "Mine").content.decode()
    assert "no figures are published yet" in page and 'value="Mine"' in page
    assert not Snapshot.objects.exists()


def _everything(client, snapshot) -> list:
    pages = [address(snapshot), address(snapshot, "snapshot_figure", "accepted"),
             address(snapshot, "snapshot_figure", "attendance") + "?cut=all"]  # fmt: skip
    shown = [client.get(page).content.decode().split("<main")[1].split("</main>")[0] for page in pages]
    printed = PdfDocument(client.get(address(snapshot, "snapshot_pdf")).content)
    return [*shown, client.get(address(snapshot, "snapshot_csv")).content,
            [page.get_textpage().get_text_range() for page in printed]]  # fmt: skip


def test_it_stays_whatever_is_renamed_counted_anew_or_gone(cast, client, some_figures):
    first, second = str(cast.advisory.pk), str(cast.other_advisory.pk)
    a_table(cast.school, "attendance", TERM, advisory={first: (40, 55, 3), second: (25, 55, 3)})
    a_table(cast.school, "accepted", "2026", language={"school": (60, 95, 4), "other": (5, 15, 2)})
    freeze(client, cast.lead, cast.school)
    snapshot = Snapshot.objects.get()
    opened(client, cast.lead, "/")
    before = _everything(client, snapshot)
    cast.advisory.name = "Renamed"
    cast.advisory.save()
    some_figures["accepted"] = a_figure("accepted", "Offers", definition="Another thing altogether.")
    some_figures.pop("attendance")
    FigureTable.objects.all().delete()
    a_table(cast.school, "accepted", "2026", sides=((1, 50, 4), (2, 60, 2)))
    Held.objects.update_or_create(school=cast.school, defaults={"threshold": 30})
    assert _everything(client, snapshot) == before
    assert "Ada&#x27;s advisory" in before[2] and "Renamed" not in before[2]


def test_hidden_groups_are_not_even_in_what_is_kept(cast, client):
    a_table(
        cast.school, "accepted", "2026", language={"school": (60, 95, 4), "other": (2, 7, 1), "not_held": (3, 8, 1)}
    )
    freeze(client, cast.lead, cast.school)
    snapshot = Snapshot.objects.get()
    (row,) = snapshot.content["rows"]
    assert row[3]["cuts"]["language"]["other"] is None and row[3] == FigureTable.objects.get().published
    page = opened(client, cast.lead, address(snapshot, "snapshot_figure", "accepted") + "?cut=language&small=1")
    assert "29%" not in page and "another language" in page


def test_another_schools_snapshot_is_not_there(cast, client):
    some_tables(cast.school)
    freeze(client, cast.lead, cast.school)
    snapshot = Snapshot.objects.get()
    client.force_login(cast.stranger)
    for name, more in (("snapshot", []), ("snapshot_csv", []), ("snapshot_pdf", []), ("snapshot_figure", ["accepted"])):
        assert client.get(address(snapshot, name, *more)).status_code == 404
        own = reverse(f"outcomes:{name}", args=[cast.other_school.pk, snapshot.pk, *more])
        assert client.get(own).status_code == 404


def test_a_figure_that_is_not_in_it(cast, client):
    some_tables(cast.school)
    freeze(client, cast.lead, cast.school)
    assert client.get(address(Snapshot.objects.get(), "snapshot_figure", "nonsense")).status_code == 404


def test_what_is_kept_holds_its_words(cast, client):
    some_tables(cast.school)
    freeze(client, cast.lead, cast.school)
    content = Snapshot.objects.get().content
    assert content["threshold"] == 10 and content["of"] == "Riverside"
    assert {about["key"] for about in content["about"]} == {"attendance", "placed", "accepted", "neither"}
    assert all(about["definition"] and about["source"] and about["denominator"] for about in content["about"])
    assert all(tables.published_of(row[3]) for row in content["rows"])
