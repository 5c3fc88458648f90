"""The dashboard read for one group of the published cuts: an advisory, a grade, or who students are at home."""

import pytest
from django.urls import reverse

from bpl.tests.cast import NOW, TODAY
from outcomes import groups, sheets
from outcomes.board import Board
from outcomes.models import FigureTable, Refresh, SavedView, Snapshot
from outcomes.places import Place
from outcomes.tests.factories import LAST_TERM, TERM, a_leaver_row, a_table, says, some_figures, some_tables
from outcomes.tests.test_dashboard import address, opened, statements
from outcomes.tests.test_outcomes_pdf import report, words

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


@pytest.fixture
def two_advisories(cast):
    """Ada's got clearly better; the whole did not move."""
    ada, ben = str(cast.advisory.pk), str(cast.other_advisory.pk)
    now = {ada: (48, 55, 3), ben: (17, 55, 3)}
    before = {ada: (20, 55, 3), ben: (45, 55, 3)}
    a_table(cast.school, "placed", TERM, advisory=now)
    a_table(cast.school, "placed", LAST_TERM, advisory=before)
    return f"&group=advisory:{ada}", f"&group=advisory:{ben}"


def query(of_group="", more="") -> str:
    return f"?term={TERM}{of_group}{more}"


def test_every_group_of_the_chosen_cohorts_can_be_chosen(cast, client, two_advisories):
    a_table(cast.school, "attendance", TERM, grade={"9": (30, 55, 3), "10": (35, 55, 3)})
    a_table(cast.school, "accepted", "2026", language={"school": (63, 95, 4), "other": (2, 15, 2)})
    page = opened(client, cast.coordinator, address(cast.school, query()))
    for label, value, name in (
        ("Advisory", f"advisory:{cast.advisory.pk}", "Ada&#x27;s advisory"), ("Grade", "grade:9", "9"),
        ("Language at home", "language:other", "another language"),
        ("Disadvantaged students and peers", "disadvantaged:no", "peers"),
    ):  # fmt: skip
        assert f'<optgroup label="{label}">' in page and f'<option value="{value}">{name}</option>' in page


def test_the_group_stands_beside_all_with_its_own_movement_and_without_a_gap(cast, client, two_advisories):
    of_ada, of_ben = two_advisories
    page = opened(client, cast.coordinator, address(cast.school, query(of_ada)))
    assert ">Advisory: Ada&#x27;s advisory</h2>" in page and "None is clearly worse than before." in page
    assert "87%" in page and "59%" in page and "+51" in page
    a_table(cast.school, "accepted", "2026", advisory={"999": (65, 110, 6)})
    page = opened(client, cast.coordinator, address(cast.school, query(of_ada)))
    assert "Nobody of this group is in it." in page and "Accepted at college" not in page
    assert "Gap in points" not in page and "of disadvantaged students" not in page
    page = opened(client, cast.coordinator, address(cast.school, query(of_ben)))
    assert "31%" in page and "1 figure is clearly worse than before." in page
    page = opened(client, cast.coordinator, address(cast.school, query()))
    assert "31%" not in page and "87%" not in page and "Gap in points" in page


def test_its_numbers_are_those_of_the_figures_page(cast, two_advisories):
    found = sheets.whole(Place(school=cast.school))
    (group,) = (one for one in groups.in_cohorts(found, [TERM], {}) if one.key == str(cast.other_advisory.pk))
    (line,) = Board(found, {"here": TERM}, group=group).lines
    cell = found.shown(found.by_figure["placed"][TERM]).cell("advisory", group.key)
    assert line.share == cell.share and line.unknown == 3
    assert line.of_all == found.shown(found.by_figure["placed"][TERM]).whole.share


def test_what_is_hidden_of_a_group_stays_hidden(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school, "?class=2026&group=language:other"))
    assert "Too few students: none of these figures can be shown." in page and "29%" not in page
    assert "another language (too small)" in page
    # A figure that is not split so has no line for the group.
    assert "Not in education or work" not in page
    page = opened(client, cast.lead, address(cast.school, "?class=2026&group=language:other&small=1"))
    assert "29%" in page and "Not to be passed on" in page


def test_a_group_that_is_not_in_the_cohorts_is_not_silently_everybody(cast, client, two_advisories):
    for gone in ("advisory:999999", "grade:9", "language", "x:y", "school:1"):
        page = opened(client, cast.lead, address(cast.school, query(f"&group={gone}")))
        assert "The group that was asked for is not in these cohorts. This is everybody." in page
        assert "Gap in points" in page


def test_no_group_of_another_school(cast, client, two_advisories):
    a_table(cast.other_school, "placed", TERM)
    page = opened(client, cast.stranger, address(cast.other_school, query(two_advisories[0])))
    assert "This is everybody." in page and "Ada&#x27;s" not in page


def test_choosing_another_term_keeps_the_group(cast, client, two_advisories):
    page = opened(client, cast.lead, address(cast.school, query(two_advisories[0])))
    assert f'<option value="advisory:{cast.advisory.pk}" selected>' in page


def test_who_is_not_known_of_the_group_is_a_click_away(cast, client, two_advisories, monkeypatch):
    page = opened(client, cast.lead, address(cast.school, query(two_advisories[0])))
    url = reverse("outcomes:behind", args=[cast.school.pk, "placed"])
    asked = f"?cohort={TERM}&said=unknown&group=advisory%3A{cast.advisory.pk}"
    assert f"{url}{asked}".replace("&", "&amp;") in page
    says(monkeypatch, "placed", {cast.student(name).pk: None for name in ("sam", "lena", "omar")})
    term = cast.term.starts_on.isoformat()
    found = opened(client, cast.lead, f"{url}{asked.replace(TERM, term)}")
    assert "Sam Okafor" in found and "Omar Haddad" not in found and "Advisory: Ada&#x27;s advisory" in found
    assert "Not known (2)" in found
    everybody = opened(client, cast.lead, f"{url}?cohort={term}&said=unknown")
    assert "Omar Haddad" in everybody and "Not known (3)" in everybody


def test_leavers_are_listed_by_the_grade_they_left_from(cast, client, monkeypatch):
    row = a_leaver_row(cast, "omar", grade="12")
    says(monkeypatch, "accepted", {cast.student("omar").pk: None})
    url = reverse("outcomes:behind", args=[cast.school.pk, "accepted"]) + f"?cohort={row.class_of}&said=unknown"
    assert "Omar Haddad" in opened(client, cast.lead, f"{url}&group=grade:12")
    client.force_login(cast.lead)
    assert client.get(f"{url}&group=grade:4").status_code == 200


@pytest.mark.parametrize("group", ["disadvantaged:yes", "needs:yes", "absent:yes", "language:other", "school:1", "x"])
def test_no_list_is_of_who_students_are_at_home(cast, client, monkeypatch, group):
    """A name on it would tell, also to those who may see the student."""
    says(monkeypatch, "placed", {cast.student("sam").pk: None})
    url = reverse("outcomes:behind", args=[cast.school.pk, "placed"])
    asked = f"?cohort={cast.term.starts_on.isoformat()}&said=unknown&group={group}"
    client.force_login(cast.lead)
    assert client.get(url + asked).status_code == 404
    a_table(cast.school, "placed", TERM)
    page = opened(client, cast.lead, address(cast.school, query("&group=disadvantaged:yes")))
    assert f"{url}?" not in page


def test_what_is_kept_of_one_group_is_not_shown_for_another(cast, client, two_advisories):
    Refresh.objects.create(school=cast.school, done_at=NOW, day=TODAY)
    first, other, everybody = (
        opened(client, cast.coordinator, address(cast.school, query(group))) for group in (*two_advisories, "")
    )
    assert "87%" in first and "31%" in other and "This is one group" not in everybody
    assert "87%" in opened(client, cast.coordinator, address(cast.school, query(two_advisories[0])))


def test_a_view_of_a_group_can_be_kept(cast, client, two_advisories):
    client.force_login(cast.lead)
    group = two_advisories[0].removeprefix("&group=")
    page = client.get(address(cast.school, query(two_advisories[0]))).content.decode()
    assert f'<input type="hidden" name="group" value="{group}">' in page
    data = {"name": "Ada's", "page": "dashboard", "term": TERM, "group": group}
    client.post(reverse("outcomes:saved", args=[cast.school.pk]), data)
    view = SavedView.objects.get()
    opens = reverse("outcomes:saved_open", args=[cast.school.pk, view.pk])
    assert "87%" in client.get(opens, follow=True).content.decode()


def test_the_report_is_of_the_group_too(cast, client, two_advisories):
    found = words(report(client, cast.coordinator, cast.school, query(two_advisories[1])))
    assert "Advisory: Ben's advisory" in found and "31%" in found and "59%" in found
    assert "Gap in points" not in found and "Who our students are" not in found


def test_a_snapshot_is_read_for_a_group_under_the_name_it_had(cast, client, two_advisories):
    client.force_login(cast.lead)
    key = "9f3a2b44-6d2c-4b62-9f6f-1d58f6f4a001"
    client.post(reverse("outcomes:snapshot_add", args=[cast.school.pk]), {"name": "Autumn", "key": key})
    snapshot = Snapshot.objects.get()
    cast.advisory.name = "The Boats"
    cast.advisory.save()
    FigureTable.objects.all().delete()
    url = reverse("outcomes:snapshot", args=[cast.school.pk, snapshot.pk])
    page = opened(client, cast.coordinator, url + query(two_advisories[0]))
    assert "Advisory: Ada&#x27;s advisory" in page and "87%" in page and "The Boats" not in page


def test_a_network_is_read_for_the_groups_that_its_schools_share(cast, client):
    some_tables(cast.network)
    url = reverse("outcomes:network_dashboard", args=[cast.network.pk])
    page = opened(client, cast.network_lead, url + "?term=2026-3&class=2026&group=grade:9")
    assert ">Grade: 9</h2>" in page and "55%" in page
    assert '<optgroup label="School">' not in page


@pytest.mark.parametrize("kept_for", [0, 60])
def test_it_costs_the_same_whatever_there_is(cast, client, monkeypatch, two_advisories, kept_for):
    monkeypatch.setattr("outcomes.views.dashboard.KEPT_FOR", kept_for)
    url = address(cast.school, query(two_advisories[0]))
    few = statements(client, cast.lead, url)
    for year in range(2015, 2025):
        grades = {str(n): (7, 11, 0) for n in range(8)} | {"8": (9, 22, 6)}
        a_table(cast.school, "accepted", str(year), grade=grades)
    assert statements(client, cast.lead, url) == few <= 12


def test_peers_are_one_group_whether_the_few_not_recorded_are_with_them_or_not(cast, client):
    a_table(cast.school, "placed", TERM)
    a_table(cast.school, "placed", LAST_TERM, sides=((20, 50, 4), (15, 60, 2)))
    row = a_table(cast.school, "attendance", TERM, sides=((20, 50, 4), (41, 60, 2)))
    row.published["cuts"]["disadvantaged"]["others"] = row.published["cuts"]["disadvantaged"].pop("no")
    row.save()
    for asked in ("no", "others"):
        page = opened(client, cast.coordinator, address(cast.school, query(f"&group=disadvantaged:{asked}")))
        assert "Attendance" in page and "68%" in page and "75%" in page and "+50" in page
        assert page.count('<option value="disadvantaged:') == 2


def test_a_report_of_a_group_that_is_not_there_says_that_it_is_everybodys(cast, client, two_advisories):
    found = words(report(client, cast.coordinator, cast.school, query("&group=grade:11")))
    assert "The group that was asked for is not in these cohorts. This is everybody." in found


def test_where_figures_are_not_split_so_it_is_not_said_that_nobody_is_in_it(cast, client):
    a_table(cast.school, "attendance", TERM, language={"school": (63, 95, 4), "other": (2, 15, 2)})
    a_table(cast.school, "accepted", "2026")
    page = opened(client, cast.coordinator, address(cast.school, query("&group=language:other")))
    assert "The figures of these students are not split so." in page and "Nobody of this group" not in page


def test_a_networks_schools_have_names_where_they_are_the_only_other_cut(cast, client):
    schools = {str(cast.school.pk): (30, 55, 3), str(cast.other_school.pk): (35, 55, 3)}
    a_table(cast.network, "accepted", "2026", school=schools)
    url = reverse("outcomes:network_figure", args=[cast.network.pk, "accepted"])
    page = opened(client, cast.network_lead, url)
    assert "Kestrel House" in page and "Riverside" in page
    a_table(cast.network, "neither", "2026", school=schools, language={"school": (63, 95, 4), "other": (2, 15, 2)})
    page = opened(client, cast.network_lead, reverse("outcomes:network_figure", args=[cast.network.pk, "neither"]))
    assert "another language" in page and "Kestrel House" not in page
