"""Figures as a spreadsheet's table: what is published and nothing else, safe to open."""

import csv
import io

import pytest
from django.urls import reverse

from outcomes.tests.factories import TERM, a_figure, a_table, some_figures, some_tables

__all__ = ["some_figures"]
pytestmark = pytest.mark.usefixtures("some_figures")


def read(client, user, name, *args) -> list[dict]:
    client.force_login(user)
    response = client.get(reverse(f"outcomes:{name}", args=args))
    assert response.status_code == 200 and response["Content-Type"] == "text/csv; charset=utf-8"
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


def of_group(rows, cohort, split="", group="") -> dict:
    return next(row for row in rows if (row["Cohort"], row["Split by"], row["Group"]) == (cohort, split, group))


def test_every_cohort_and_cut_of_a_figure_with_counts_interval_gap_and_words(cast, client):
    some_tables(cast.school)
    rows = read(client, cast.coordinator, "figure_csv", cast.school.pk, "accepted")
    whole = of_group(rows, "Class of 2026")
    assert (whole["Students"], whole["Counted"], whole["Not known"], whole["Share in %"]) == ("110", "65", "6", "59.1")
    assert (whole["Interval from"], whole["Interval to"]) == ("49.7", "67.8")
    assert (whole["Gap in points"], whole["Gap from"], whole["Gap to"]) == ("35.0", "16.5", "50.4")
    assert whole["Published on"] == "2026-11-01" and whole["What counts"] == "What Accepted at college means."
    assert "Newcombe" in whole["Method"] and whole["Of whom"] and whole["Source"]
    peers = of_group(rows, "Class of 2025", "Disadvantaged students and peers", "peers")
    assert peers["Counted"] == "46"


def test_hidden_groups_have_no_numbers_whoever_asks(cast, client):
    some_tables(cast.school)
    for user in (cast.lead, cast.coordinator):
        rows = read(client, user, "figure_csv", cast.school.pk, "accepted")
        other = of_group(rows, "Class of 2026", "Language at home", "another language")
        assert other["Students"] == "too few to be shown"
        assert {other[name] for name in ("Counted", "Not known", "Share in %", "Interval from", "Measured")} == {""}


def test_small_groups_cannot_be_asked_for(cast, client):
    some_tables(cast.school)
    client.force_login(cast.lead)
    address = reverse("outcomes:figure_csv", args=[cast.school.pk, "accepted"])
    assert client.get(address + "?small=1").content == client.get(address).content


def test_the_whole_dashboard_has_every_figure(cast, client):
    some_tables(cast.school)
    rows = read(client, cast.lead, "dashboard_csv", cast.school.pk)
    assert {row["Figure"] for row in rows} == {
        "Attendance", "Placed in an internship", "Accepted at college", "Not in education or work",
    }  # fmt: skip
    assert {row["School or network"] for row in rows} == {"Riverside"}


def test_a_name_that_is_a_formula_is_none(cast, client):
    cast.advisory.name = "=HYPERLINK(1)"
    cast.advisory.save()
    cast.school.name = "@Riverside"
    cast.school.save()
    first, second = str(cast.advisory.pk), str(cast.other_advisory.pk)
    a_table(cast.school, "attendance", TERM, advisory={first: (40, 55, 3), second: (25, 55, 3)})
    rows = read(client, cast.lead, "figure_csv", cast.school.pk, "attendance")
    assert "'=HYPERLINK(1)" in [row["Group"] for row in rows]
    assert {row["School or network"] for row in rows} == {"'@Riverside"}


def test_a_negative_gap_stays_a_number(cast, client):
    a_table(cast.school, "accepted", "2026", sides=((45, 50, 0), (30, 60, 0)))
    rows = read(client, cast.lead, "figure_csv", cast.school.pk, "accepted")
    assert rows[0]["Gap in points"] == "-40.0"


def test_words_in_any_script(cast, client, some_figures):
    some_figures["accepted"] = a_figure("accepted", "Zulässig · 大学")
    a_table(cast.school, "accepted", "2026")
    rows = read(client, cast.lead, "figure_csv", cast.school.pk, "accepted")
    assert rows[0]["Figure"] == "Zulässig · 大学"
