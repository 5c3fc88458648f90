"""The report for a board or an inspector."""

import pytest
from django.urls import reverse
from pypdfium2 import PdfDocument

from outcomes.tests.factories import a_table, some_figures, some_tables

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def report(client, user, school, query="") -> PdfDocument:
    client.force_login(user)
    response = client.get(reverse("outcomes:dashboard_pdf", args=[school.pk]) + query)
    assert response.status_code == 200 and response["Content-Type"] == "application/pdf"
    return PdfDocument(response.content)


def words(document) -> str:
    return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def test_it_answers_shows_the_gap_and_says_how_it_is_counted(cast, client):
    some_tables(cast.school)
    found = words(report(client, cast.coordinator, cast.school))
    assert "Outcomes · Riverside" in found and "Published on Nov. 1, 2026." in found
    assert "In 4 of 4 figures disadvantaged students are clearly behind their peers." in found
    assert "+35" in found and "Newcombe" in found and "Wilson" in found
    assert "What Accepted at college means." in found and "Of whom Accepted at college speaks." in found
    assert "Groups of fewer than 10 students are not shown" in found and "Innovation Unit" in found


def test_paper_is_that_of_the_country(cast, client):
    for school in (cast.school, cast.other_school):
        a_table(school, "accepted", "2026")
    assert report(client, cast.lead, cast.school).get_page_size(0)[0] == pytest.approx(612)
    assert report(client, cast.stranger, cast.other_school).get_page_size(0)[0] == pytest.approx(595.3, abs=0.5)


def test_the_chosen_cohort(cast, client):
    some_tables(cast.school)
    assert "Afterwards: Class of 2025" in words(report(client, cast.lead, cast.school, "?class=2025"))


def test_hidden_groups_are_absent_whoever_asks(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((3, 7, 0), (71, 93, 0)))
    for user in (cast.lead, cast.coordinator):
        found = words(report(client, user, cast.school, "?small=1"))
        assert "In 1 figure the gap cannot be shown" in found
        assert "43%" not in found and "76%" not in found


def test_a_school_without_figures_has_a_report_that_says_so(cast, client):
    assert "No figure can be compared yet" in words(report(client, cast.lead, cast.school))
