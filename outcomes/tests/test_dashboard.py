"""The dashboard of a school: are we all right, where not, who needs what now; and who sees which numbers."""

import datetime
from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import Event
from bpl.tests.cast import LONG_AGO, NOW, TODAY, person
from outcomes import attention, sheets
from outcomes.board import Board
from outcomes.models import FigureTable, Refresh
from outcomes.places import Place
from outcomes.tests.factories import (
    LAST_TERM,
    TERM,
    a_rule,
    a_table,
    needs_attention,
    some_figures,
    some_rules,
    some_tables,
)
from schools.actions.staff import give_role
from schools.roles import Permission, Role

__all__ = ["some_figures", "some_rules"]
pytestmark = pytest.mark.usefixtures("some_figures", "some_rules")


def address(school, query="") -> str:
    return reverse("outcomes:dashboard", args=[school.pk]) + query


def opened(client, user, url) -> str:
    client.force_login(user)
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def board(of, **chosen) -> Board:
    return Board(sheets.heads(Place(school=of)), {"here": TERM, "after": "2026"} | chosen)


def test_an_empty_school_says_what_to_do_first(cast, client):
    page = opened(client, cast.lead, address(cast.school))
    assert "No figures yet" in page and reverse("schools:terms", args=[cast.school.pk]) in page


def test_clear_gaps_come_first_with_both_sides_and_the_interval(cast, client):
    some_tables(cast.school)
    found = board(cast.school)
    assert [line.about.key for line in found.behind] == ["attendance", "placed", "accepted", "neither"]
    page = opened(client, cast.lead, address(cast.school))
    assert "In 4 of 4 figures disadvantaged students are clearly behind their peers." in page
    assert "40% of disadvantaged students, 75% of peers; +35 points (+17 to +50)" in page


def test_less_is_better_where_it_is(cast):
    a_table(cast.school, "neither", "2026", sides=((24, 50, 0), (5, 60, 0)))
    a_table(cast.school, "neither", "2025", sides=((5, 50, 0), (5, 60, 0)))
    found = board(cast.school)
    assert [line.about.key for line in found.behind] == ["neither"] and found.behind[0].gap.value < 0
    assert [line.about.key for line in found.worse] == ["neither"] and found.better == []


def test_a_gap_in_favour_of_the_disadvantaged_is_no_gap_behind(cast):
    a_table(cast.school, "accepted", "2026", sides=((48, 50, 0), (30, 60, 0)))
    found = board(cast.school)
    assert found.behind == [] and [line.about.key for line in found.ahead] == ["accepted"]


def test_what_got_clearly_worse_is_said(cast, client):
    a_table(cast.school, "attendance", TERM, sides=((20, 60, 0), (30, 60, 0)))
    a_table(cast.school, "attendance", LAST_TERM, sides=((45, 60, 0), (53, 60, 0)))
    page = opened(client, cast.lead, address(cast.school))
    assert "1 figure is clearly worse than before." in page
    assert "Attendance</a>: 42%, −40 points since the one before" in page


def test_who_is_not_known_is_always_said_and_one_click_away(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((20, 50, 9), (45, 60, 8)))
    page = opened(client, cast.lead, address(cast.school))
    behind = reverse("outcomes:behind", args=[cast.school.pk, "accepted"])
    assert "17 of 110 are not known: Accepted at college." in page
    assert f"{behind}?cohort=2026&amp;said=unknown" in page


def test_a_hidden_side_is_absent_from_the_page(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((3, 7, 0), (71, 93, 0)))
    page = opened(client, cast.lead, address(cast.school))
    assert "In 1 figure the gap cannot be shown" in page
    for told in ("43%", "76%"):
        assert told not in page


def test_only_a_lead_who_asks_sees_small_groups_and_it_is_written_down(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((3, 7, 0), (71, 93, 0)))
    Refresh.objects.create(school=cast.school, done_at=NOW, day=TODAY)
    asked = address(cast.school, "?small=1")
    page = opened(client, cast.lead, asked)
    assert "Not to be passed on" in page and "+33" in page
    event = Event.objects.get(action="outcomes.small_groups.read")
    assert event.actor == cast.lead and event.kind == Event.Kind.READ
    page = opened(client, cast.coordinator, asked)
    assert "+33" not in page and "small groups, as last counted" not in page
    assert Event.objects.filter(action="outcomes.small_groups.read").count() == 1


def test_the_page_says_as_of_when(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school))
    assert "Published on Nov. 1, 2026" in page and "Last counted: Nov 24, 2026, 10 a.m." in page


def test_cohorts_are_chosen_among_those_that_are_published(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.lead, address(cast.school, f"?term={LAST_TERM}&class=2025"))
    assert "While here: Spring 2026" in page and "Afterwards: Class of 2025" in page
    page = opened(client, cast.lead, address(cast.school, "?term=1999-01-01&class=x"))
    assert "While here: Fall 2026" in page and "Afterwards: Class of 2026" in page


def test_the_class_that_is_leaving_now_is_not_the_first_to_be_shown(cast, client):
    a_table(cast.school, "accepted", "2026")
    a_table(cast.school, "accepted", "2027", sides=((1, 2, 0), (1, 2, 0)))
    assert "Afterwards: Class of 2026" in opened(client, cast.lead, address(cast.school))


def test_who_needs_what_names_the_rule_and_the_reason(cast, client):
    needs_attention(cast, "sam", days=20)
    needs_attention(cast, "omar", rule="no_plan", days=40)
    page = opened(client, cast.coordinator, address(cast.school))
    assert "Nobody met them for a while" in page and "Nobody for 20 days." in page and "Sam Okafor" in page
    one = opened(client, cast.lead, reverse("outcomes:attention", args=[cast.school.pk, "no_plan"]))
    assert "Omar Haddad" in one and "Sam Okafor" not in one


def test_five_of_a_list_stand_on_the_dashboard_and_how_many_there_are(cast, client, monkeypatch):
    monkeypatch.setattr("outcomes.needs.FIRST", 2)
    for number, name in enumerate(("sam", "lena", "kit")):
        needs_attention(cast, name, days=number)
    page = opened(client, cast.lead, address(cast.school))
    assert "All 3" in page and page.count("Nobody for") == 2


def test_another_schools_lead_finds_nothing(cast, client):
    some_tables(cast.school)
    needs_attention(cast, "sam")
    client.force_login(cast.stranger)
    for name in ("dashboard", "dashboard_csv", "dashboard_pdf", "saved", "snapshots"):
        assert client.get(reverse(f"outcomes:{name}", args=[cast.school.pk])).status_code == 404
    page = opened(client, cast.stranger, address(cast.other_school))
    assert "Sam Okafor" not in page and "No figures yet" in page


def test_a_table_of_another_school_never_comes_along(cast, client):
    a_table(cast.other_school, "accepted", "2025")
    assert "No figures yet" in opened(client, cast.lead, address(cast.school, "?class=2025"))


def test_a_figure_that_is_no_more_is_left_out(cast, client, some_figures):
    some_tables(cast.school)
    some_figures.pop("placed")
    assert "Placed in an internship" not in opened(client, cast.lead, address(cast.school))


@pytest.mark.parametrize("kept_for", [0, 60])
def test_it_costs_the_same_with_many_figures_students_and_views(cast, client, monkeypatch, kept_for):
    monkeypatch.setattr("outcomes.views.dashboard.KEPT_FOR", kept_for)
    some_tables(cast.school)
    needs_attention(cast, "kit", days=3)
    few = statements(client, cast.lead, address(cast.school))
    for name in ("sam", "lena", "omar"):
        needs_attention(cast, name, days=3)
        needs_attention(cast, name, rule="no_plan", days=3)
    for year in range(2015, 2025):
        a_table(cast.school, "accepted", str(year))
    Refresh.objects.update(done_at=NOW + datetime.timedelta(hours=1))
    assert statements(client, cast.lead, address(cast.school)) == few <= 12


def test_what_is_kept_of_the_page_ends_with_its_tables(cast, client):
    a_table(cast.school, "accepted", "2026")
    Refresh.objects.create(school=cast.school, done_at=NOW, day=TODAY)
    assert "59%" in opened(client, cast.coordinator, address(cast.school))
    FigureTable.objects.filter(figure="accepted").delete()
    a_table(cast.school, "accepted", "2026", sides=((41, 50, 0), (33, 60, 0)))
    Refresh.objects.update(done_at=NOW + datetime.timedelta(hours=1))
    page = opened(client, cast.coordinator, address(cast.school))
    assert "67%" in page and "59%" not in page


def test_nothing_that_is_kept_for_one_reader_reaches_another(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((3, 7, 0), (71, 93, 0)))
    Refresh.objects.create(school=cast.school, done_at=NOW, day=TODAY)
    assert "+33" in opened(client, cast.lead, address(cast.school, "?small=1"))
    assert "With small groups" in opened(client, cast.lead, address(cast.school))
    page = opened(client, cast.coordinator, address(cast.school))
    assert "With small groups" not in page and "+33" not in page


def statements(client, user, url) -> int:
    opened(client, user, url)
    with CaptureQueriesContext(connection) as queries:
        client.get(url)
    return len([one for one in queries.captured_queries if "SAVEPOINT" not in one["sql"]])


def test_working_out_again_and_publishing(cast, client):
    client.force_login(cast.coordinator)
    assert client.post(reverse("outcomes:refresh", args=[cast.school.pk])).status_code == 302
    assert Refresh.objects.get(school=cast.school).asked_at or Refresh.objects.get(school=cast.school).done_at
    assert client.post(reverse("outcomes:publish", args=[cast.school.pk])).status_code == 403
    client.force_login(cast.lead)
    assert client.post(reverse("outcomes:publish", args=[cast.school.pk])).status_code == 302
    assert Event.objects.filter(action="outcomes.published", actor=cast.lead).exists()


def test_leads_find_the_way_from_home(cast, client):
    for user in (cast.lead, cast.coordinator):
        assert address(cast.school) in opened(client, user, "/")
    assert address(cast.school) not in opened(client, cast.ada, "/")
    assert address(cast.school) not in opened(client, cast.safeguarding, "/")


def test_a_lead_of_two_schools_sees_each_apart(cast, client):
    both = person("both", "Bo", "Two")
    for school in (cast.school, cast.other_school):
        give_role(user=both, role=Role.LEAD, school=school, by=cast.lead, on=LONG_AGO)
    a_table(cast.school, "accepted", "2026", sides=((20, 50, 0), (45, 60, 0)))
    a_table(cast.other_school, "accepted", "2026", sides=((41, 50, 0), (33, 60, 0)))
    one, other = (opened(client, both, address(school)) for school in (cast.school, cast.other_school))
    assert "59%" in one and "67%" not in one
    assert "67%" in other and "59%" not in other


def test_what_is_not_published_yet_is_not_shown(cast, client):
    row = a_table(cast.school, "accepted", "2026")
    FigureTable.objects.filter(pk=row.pk).update(published=None, head=None)
    assert "No figures yet" in opened(client, cast.coordinator, address(cast.school))


def test_a_rule_about_what_the_reader_may_not_see_names_nobody(cast, client, monkeypatch):
    """A coordinator does not see one-to-ones."""
    rule = replace(a_rule(), permission=Permission.ONE_TO_ONE_SEE)
    monkeypatch.setitem(attention.RULES, "no_one_to_one", rule)
    needs_attention(cast, "sam", days=20)
    url = f"{address(cast.school)}attention/no_one_to_one/"
    assert "Nobody for 20 days." in opened(client, cast.lead, url)
    assert rule.name not in opened(client, cast.coordinator, address(cast.school))
    assert client.get(url).status_code == 404


@pytest.mark.parametrize(("key", "counts_up", "is_compared"), [("placed", False, True), ("placed", True, False)])
def test_what_counts_up_is_not_compared_while_its_term_goes_on(cast, some_figures, key, counts_up, is_compared):
    some_figures[key] = replace(some_figures[key], counts_up=counts_up)
    a_table(cast.school, key, TERM, sides=((5, 50, 0), (5, 60, 0)))
    a_table(cast.school, key, LAST_TERM, sides=((40, 50, 0), (50, 60, 0)))
    a_table(cast.school, key, "2026-01-05", sides=((10, 50, 0), (10, 60, 0)))
    lines = {
        term: Board(sheets.heads(Place(school=cast.school), small=False), {"here": term}).parts[0].lines[0]
        for term in (TERM, LAST_TERM)
    }
    assert (lines[TERM].change is not None) is is_compared
    assert lines[LAST_TERM].is_better


def test_what_nobody_knows_is_no_share_of_none_and_no_gap_of_zero(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((0, 50, 50), (0, 60, 60)))
    a_table(cast.school, "accepted", "2025", sides=((40, 50, 0), (46, 60, 0)))
    found = board(cast.school)
    assert [line.cells["share"] for line in found.lines] == [None] and not found.worse
    assert found.not_compared == 0 and [line.unknown for line in found.unknown] == [110]
    page = opened(client, cast.lead, address(cast.school))
    assert "110 of 110 are not known: Accepted at college" in page and "0%" not in page


def test_where_one_acts_is_a_click_away_for_those_who_may(cast, client):
    a_table(cast.school, "accepted", "2026")
    files = reverse("outcomes:clearinghouse", args=[cast.school.pk])
    for user in (cast.lead, cast.coordinator):
        page = opened(client, user, address(cast.school))
        assert files in page and reverse("outcomes:leavers", args=[cast.school.pk]) in page
    a_table(cast.network, "accepted", "2026")
    assert "clearinghouse" not in opened(client, cast.network_lead, f"/networks/{cast.network.pk}/outcomes/")
    # The clearinghouse is one of the United States.
    a_table(cast.other_school, "accepted", "2026")
    page = opened(client, cast.stranger, address(cast.other_school))
    assert reverse("outcomes:leavers", args=[cast.other_school.pk]) in page and "clearinghouse" not in page
