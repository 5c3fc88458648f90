"""What a school chooses to hold of its students' background: what that opens, hides, takes out of figures, deletes."""

import datetime
import json

import pytest
from django.urls import reverse

from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from outcomes.actions.background import correct, take_back, write
from outcomes.actions.held import choose, delete_all
from outcomes.models import Background, FigureTable, Held, Refresh
from outcomes.tests.factories import a_background, a_held

FIRST = datetime.date(2026, 9, 1)
CELL = [20, 40, 0, 0, 0]
KEPT = {
    "whole": CELL,
    "cuts": {
        "disadvantaged": {"yes": [10, 20, 0, 0, 0], "no": [10, 20, 0, 0, 0]}, "language": {"other": CELL},
        "grade": {"9": CELL},
    },
}  # fmt: skip


def address(cast, *parts):
    return f"/schools/{cast.school.pk}/background/" + "".join(f"{part}/" for part in parts)


def a_table(cast, **more) -> FigureTable:
    head = {"whole": CELL, "cuts": {"disadvantaged": KEPT["cuts"]["disadvantaged"]}}
    said = {
        "school": cast.school, "figure": "graduated", "cohort": "2019", "as_of": NOW, "counts": KEPT, "inner": head,
        "published": KEPT, "head": head, "published_on": TODAY,
    } | more  # fmt: skip
    return FigureTable.objects.create(**said)


def chosen(cast, *kinds, threshold=10):
    return choose(school=cast.school, kinds=kinds, threshold=threshold, by=cast.lead, now=NOW)


def cuts_of(row):
    row.refresh_from_db()
    return [set(getattr(row, name)["cuts"]) for name in ("counts", "inner", "published", "head")]


def test_a_lead_chooses_what_is_held(cast, client):
    client.force_login(cast.lead)
    shown = client.get(address(cast)).content.decode()
    assert "Splits figures by: Special educational needs." in shown
    for _tap in range(2):
        client.post(address(cast), {"kinds": ["needs", "meals"], "threshold": "12"})
    held = Held.of(cast.school)
    assert (held.kinds, held.threshold) == (["meals", "needs"], 12)
    assert Event.objects.filter(action="outcomes.background.chosen").count() == 1
    assert Refresh.objects.get(school=cast.school).asked_at
    assert address(cast) in client.get(reverse("schools:home", args=[cast.school.pk])).content.decode()


@pytest.mark.parametrize("threshold", ["4", "51", "", "ten"])
def test_a_threshold_that_cannot_be_is_said_and_the_choice_stays(cast, client, threshold):
    a_held(cast, "meals")
    client.force_login(cast.lead)
    shown = client.post(address(cast), {"kinds": ["care"], "threshold": threshold}).content.decode()
    assert "Not saved yet" in shown and 'value="care" checked' in shown and 'value="meals" checked' not in shown
    assert Held.of(cast.school).kinds == ["meals"]


def test_what_each_kind_opens_is_said_as_the_system_has_it(cast, client):
    client.force_login(cast.lead)
    assert "In the United States it enters no figure" in client.get(address(cast)).content.decode()
    cast.school.system = "england"
    cast.school.save()
    shown = client.get(address(cast)).content.decode()
    assert "past six years" in shown and shown.count("Splits figures by: Disadvantaged students and peers.") == 2


def test_a_kind_that_is_switched_off_stays_and_is_said(cast, client):
    a_held(cast, "meals")
    a_background(cast)
    a_background(cast, "lena")
    a_background(cast, "lena", since=datetime.date(2026, 10, 1), value="no")
    client.force_login(cast.lead)
    assert "It is switched off" not in client.get(address(cast)).content.decode()
    client.post(address(cast), {"kinds": [], "threshold": "10"})
    shown = client.get(address(cast)).content.decode()
    assert "switched off: 3 rows stay" in shown and "3 rows, of students: 2." in shown
    assert Background.objects.count() == 3


def test_a_kind_that_is_switched_off_leaves_every_figure_at_once(cast):
    """Also those of years that are worked out no more, and what was published."""
    chosen(cast, "meals", "language")
    row, published_later = a_table(cast), a_table(cast, cohort="2018", published=None, head=None)
    others = a_table(cast, school=cast.other_school)
    chosen(cast, "language")
    assert cuts_of(row) == [{"language", "grade"}, set(), {"language", "grade"}, set()]
    published_later.refresh_from_db()
    assert published_later.published is None and "disadvantaged" not in published_later.counts["cuts"]
    assert "disadvantaged" in json.dumps(cuts_of(others), default=list)


def test_a_kind_that_enters_no_figure_takes_none_out(cast):
    chosen(cast, "meals", "care")
    row = a_table(cast)
    chosen(cast, "meals")
    assert "disadvantaged" in cuts_of(row)[0]


def test_deleting_is_asked_first_and_takes_all_of_it(cast, client):
    a_held(cast, "meals", "language")
    said = {"source": "", "on": TODAY, "by": cast.lead}
    row = write(student=cast.student("sam"), values={"meals": "free"}, since=FIRST, **said)[0]
    newer = correct(row=row, value="no", since=FIRST, **said)
    take_back(row=newer, by=cast.lead)
    a_background(cast, "lena", "language", "other")
    others = a_background(cast, "lena", school_id=cast.other_school.pk)
    table = a_table(cast)
    client.force_login(cast.lead)
    shown = client.get(address(cast, "meals", "delete")).content.decode()
    assert "3 rows are deleted for good" in shown and Background.objects.count() == 5
    for _tap in range(2):
        client.post(address(cast, "meals", "delete"))
    assert set(Background.objects.values_list("kind", "school")) == {
        ("language", cast.school.pk), ("meals", others.school_id)
    }  # fmt: skip
    assert Held.of(cast.school).kinds == ["language"] and "disadvantaged" not in cuts_of(table)[0]
    event = Event.objects.get(action="outcomes.background.deleted")
    assert event.details == {"kind": "meals", "rows": 3} and event.actor == cast.lead


def test_what_is_switched_off_can_be_deleted_too(cast):
    a_held(cast, "language")
    a_background(cast)
    assert delete_all(school=cast.school, kind="meals", by=cast.lead, now=NOW) == 1
    assert delete_all(school=cast.school, kind="meals", by=cast.lead, now=NOW) == 0
    assert Event.objects.filter(action="outcomes.background.deleted").count() == 1


def test_deleting_what_was_off_already_takes_no_cut_out(cast):
    """In England the gap may stand on care alone by then."""
    cast.school.system = "england"
    cast.school.save()
    chosen(cast, "care")
    a_background(cast)
    row = a_table(cast)
    delete_all(school=cast.school, kind="meals", by=cast.lead, now=NOW)
    assert "disadvantaged" in cuts_of(row)[0]


def test_there_is_no_page_for_what_is_no_kind(cast, client):
    client.force_login(cast.lead)
    assert client.get(address(cast, "shoe-size", "delete")).status_code == 404
