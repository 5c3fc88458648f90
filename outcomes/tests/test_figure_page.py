"""The page of one figure, and the students behind it."""

import pytest
from django.urls import reverse

from bpl.tests.html import Page
from internships.tests.factories import a_placement
from outcomes import after
from outcomes.needs import destinations_url
from outcomes.tests.factories import (
    TERM,
    a_destination,
    a_figure,
    a_leaver_row,
    a_table,
    says,
    some_figures,
    some_tables,
)
from outcomes.tests.test_dashboard import opened, statements

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def address(school, key="accepted", query="?cohort=2026") -> str:
    return reverse("outcomes:figure", args=[school.pk, key]) + query


def behind(school, key="accepted", said="unknown", cohort="2026") -> str:
    return reverse("outcomes:behind", args=[school.pk, key]) + f"?cohort={cohort}&said={said}"


def test_definition_source_and_denominator_are_on_the_page(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school))
    for words in ("What Accepted at college means.", "Where Accepted at college comes from.",
                  "Of whom Accepted at college speaks."):  # fmt: skip
        assert words in page
    assert "Wilson" in page and "Newcombe" in page


def test_number_interval_and_not_known(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school))
    assert "65 of 110 students; 95% interval 50–68% (Wilson)." in page
    assert "between 59% (none of those not known counts) and 65% (all of them do)" in page
    assert "<strong>+35 points</strong>" in page and "clear: the interval leaves out zero" in page


def test_the_measured_amount(cast, client):
    row = a_table(cast.school, "attendance", TERM)
    row.published["whole"][3:] = [930.0, 1000.0]
    row.save()
    page = opened(client, cast.lead, address(cast.school, "attendance", ""))
    assert "Sessions attended: <strong>93%</strong>" in page


def test_charts_have_words_and_a_table(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school))
    assert 'role="img" aria-label="Accepted at college, by cohort"' in page
    assert "Class of 2026: 59%, interval 50–68%" in page
    assert "<caption" in page and Page(page).inline == []


def test_hidden_groups_are_really_absent(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.coordinator, address(cast.school, query="?cohort=2026&cut=language"))
    assert "another language" in page and page.count("not shown") >= 2
    for told in ("29%", "38%", ">7<", ">8<"):
        assert told not in page


def test_small_groups_for_a_lead_who_asks_and_nobody_else(cast, client):
    some_tables(cast.school)
    query = "?cohort=2026&cut=language&small=1"
    assert "29%" in opened(client, cast.lead, address(cast.school, query=query))
    assert "29%" not in opened(client, cast.lead, address(cast.school, query=query.replace("&small=1", "")))
    assert "29%" not in opened(client, cast.coordinator, address(cast.school, query=query))


def test_a_cohort_that_is_too_small_shows_nothing(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((1, 4, 0), (2, 5, 0)))
    page = opened(client, cast.lead, address(cast.school))
    assert "Fewer than 10 students" in page and "33%" not in page


def test_one_cut_at_a_time_or_all_of_them(cast, client):
    a_table(cast.school, "accepted", "2026", grade={"11": (30, 55, 3), "12": (35, 55, 3)},
            language={"school": (60, 95, 4), "other": (5, 15, 2)})  # fmt: skip
    grade = opened(client, cast.lead, address(cast.school, query="?cut=grade"))
    assert "<h2>Grade</h2>" in grade and "<h2>Language at home</h2>" not in grade
    both = opened(client, cast.lead, address(cast.school, query="?cut=all"))
    assert "<h2>Grade</h2>" in both and "<h2>Language at home</h2>" in both


def test_advisories_stand_by_name_and_look_alike(cast, client):
    first, second = str(cast.advisory.pk), str(cast.other_advisory.pk)
    a_table(cast.school, "attendance", TERM, advisory={second: (54, 55, 0), first: (11, 55, 6)})
    page = opened(client, cast.lead, address(cast.school, "attendance", "?cut=advisory"))
    split = page.split("<h2>Advisory</h2>")[1]
    assert split.index("Ada&#x27;s advisory") < split.index("Ben&#x27;s advisory")
    assert "badge" not in split.split("</table>")[0]


def test_beside_stands_what_the_network_published(cast, client):
    some_tables(cast.school)
    page = opened(client, cast.lead, address(cast.school))
    assert "95–100%" in page and "Innovation Unit" in page
    assert "Innovation Unit" not in opened(client, cast.lead, address(cast.school, "neither"))


def test_an_unknown_figure_or_one_of_another_school_is_not_there(cast, client):
    some_tables(cast.other_school)
    client.force_login(cast.lead)
    assert client.get(address(cast.school)).status_code == 404
    assert client.get(address(cast.school, "nonsense")).status_code == 404
    assert client.get(address(cast.other_school)).status_code == 404


# The students behind it ------------------------------------------------------------------------------------------


@pytest.fixture
def leavers(cast, monkeypatch, some_figures):
    names = {"omar": None, "lena": True, "kit": False}
    for name in names:
        a_leaver_row(cast, name)
    says(monkeypatch, "accepted", {cast.student(name).pk: one for name, one in names.items()})


@pytest.mark.usefixtures("leavers")
def test_the_students_behind_each_answer(cast, client):
    for said, name in (("unknown", "Omar Haddad"), ("yes", "Lena Brandt"), ("no", "Kit Okafor")):
        page = opened(client, cast.coordinator, behind(cast.school, said=said))
        assert name in page
        assert _names(page) == [name]


def _names(page) -> list[str]:
    return [one for one in ("Omar Haddad", "Lena Brandt", "Kit Okafor") if one in page]


@pytest.mark.usefixtures("leavers")
def test_from_not_known_it_is_one_click_to_where_it_is_written_down(cast, client):
    page = opened(client, cast.lead, behind(cast.school))
    assert destinations_url(cast.student("omar").pk) in page and "Write down what is known" in page


def test_whose_job_came_through_an_internship_stands_beside_which(cast, client, some_figures):
    key = "job_through_internship"
    some_figures[key] = next(figure for figure in after.FIGURES if figure.key == key)
    placement = a_placement(cast)
    a_leaver_row(cast, "sam")
    a_destination(cast, "sam", kind="work", through_internship=True, placement=placement)
    page = opened(client, cast.lead, behind(cast.school, key, said="yes"))
    assert f"through the internship at {cast.boatyard}" in page


@pytest.mark.usefixtures("leavers")
def test_nobody_else_sees_them(cast, client):
    for user, status in ((cast.ada, 403), (cast.stranger, 404), (cast.network_lead, 404), (cast.sam, 404)):
        client.force_login(user)
        assert client.get(behind(cast.school)).status_code == status


def test_a_figure_that_names_another_schools_student_does_not_show_them(cast, client, monkeypatch):
    a_leaver_row(cast, "lena")
    a_leaver_row(cast, "omar")
    moved = cast.student("omar")
    moved.school = cast.other_school
    moved.save()
    says(monkeypatch, "accepted", {cast.student("lena").pk: None, moved.pk: None})
    page = opened(client, cast.lead, behind(cast.school))
    assert _names(page) == ["Lena Brandt"]


@pytest.mark.usefixtures("leavers")
def test_a_cohort_or_answer_that_is_none(cast, client):
    client.force_login(cast.lead)
    assert client.get(behind(cast.school, cohort="1990")).status_code == 404
    assert client.get(behind(cast.school, said="perhaps")).status_code == 404
    assert client.get(behind(cast.school, key="nonsense")).status_code == 404


def test_a_figure_of_another_countrys_schools_is_not_asked_here(cast, client, some_figures):
    some_figures["accepted_further"] = a_figure("accepted_further", "Further education", systems=("england",))
    a_leaver_row(cast, "lena")
    client.force_login(cast.lead)
    assert client.get(behind(cast.school, key="accepted_further")).status_code == 404


@pytest.mark.usefixtures("leavers")
def test_the_list_costs_the_same_however_long_it_is(cast, client, monkeypatch):
    few = statements(client, cast.lead, behind(cast.school))
    a_leaver_row(cast, "sam")
    says(monkeypatch, "accepted", {student.pk: None for student in cast.students.values()})
    assert statements(client, cast.lead, behind(cast.school)) == few


def test_how_many_there_are_counts_only_those_whom_the_reader_may_see(cast, client, monkeypatch):
    a_leaver_row(cast, "lena")
    moved = cast.student("omar")
    moved.school = cast.other_school
    moved.save()
    says(monkeypatch, "accepted", {cast.student("lena").pk: None, moved.pk: None})
    assert "Not known (1)" in opened(client, cast.lead, behind(cast.school))


@pytest.fixture
def real_figures(monkeypatch, some_figures):
    """All there are again: whom a list is open to hangs on the figure."""
    monkeypatch.undo()


@pytest.mark.usefixtures("real_figures")
def test_a_list_is_open_to_those_who_may_see_of_one_student_what_it_says(cast, client):
    """A coordinator sees no one-to-ones of a student, and so no list of those who had none."""
    term = cast.term.starts_on.isoformat()
    assert "Sam Okafor" in opened(client, cast.lead, behind(cast.school, "one_to_one", "no", term))
    client.force_login(cast.coordinator)
    assert client.get(behind(cast.school, "one_to_one", "no", term)).status_code == 403
    assert client.get(behind(cast.school, "plan_signed", "no", term)).status_code == 200


def test_each_figure_of_students_here_says_whose_eyes_its_list_is_for():
    from outcomes import here
    from outcomes.views.behind import SEEN_BY

    named = {figure.key for figure in here.FIGURES if not figure.key.startswith(("goal_", "exhibition_"))}
    assert set(SEEN_BY) == named


def test_a_figure_of_which_nothing_is_known_says_so(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((0, 50, 50), (0, 60, 60)))
    page = opened(client, cast.lead, address(cast.school))
    assert "It is not known of any of these 110 students yet." in page
    assert "of one of the two groups nothing is known of anybody" in page and "0%" not in page.split("<svg")[0]
