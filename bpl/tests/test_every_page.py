"""What every page promises, to everyone who may open it: one heading, a title, labels, nothing inline or written."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bpl.tests.cast import PEOPLE
from bpl.tests.html import Page
from bpl.tests.test_access_table import ROWS

GETS = [row for row in ROWS if row.method == "get"]
WRITES = ("INSERT", "UPDATE", "DELETE")
# The few GETs that may write: reads of what is restricted are written down, and openings of a shared profile counted.
MAY_WRITE = {
    "students:guardians",
    "students:guardian",
    "students:notes_at",
    "students:note_correct",
    "students:concern",
    "rosters:letters",
    "rosters:letters_pdf",
    "exhibitions:narrative",
    "exhibitions:narrative_number",
    "exhibitions:narrative_pdf",
    "exhibitions:profile_link",
    "outcomes:background",
    "outcomes:background_correct",
    "outcomes:leavers_csv",
    "outcomes:dashboard",
    "outcomes:figure",
}


def visitors(row):
    if row.public:
        return ["anonymous"]
    return PEOPLE if row.signed_in else row.ok.split()


def open_page(row, person, cast):
    client = Client()
    if person != "anonymous":
        client.force_login(getattr(cast, person))
    # Before counting: what the row needs may have to be made first.
    address = reverse(row.name, kwargs=row.kwargs(cast)) + row.query
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return response, [query["sql"] for query in queries.captured_queries if query["sql"].startswith(WRITES)]


@pytest.mark.parametrize("row", GETS, ids=lambda row: row.label)
def test_it_is_a_good_page_and_writes_nothing(row, cast):
    for person in visitors(row):
        response, written = open_page(row, person, cast)
        assert row.name in MAY_WRITE or written == [], f"{row.label} writes for {person}"
        if response.status_code == 200 and response["Content-Type"].startswith("text/html"):
            check(Page(response.content.decode()), f"{row.label} for {person}")


def check(page, where):
    assert len(page.h1) == 1 and page.h1[0].strip(), f"{where}: {page.h1}"
    assert page.title.strip(), where
    assert page.unlabelled() == [], where
    assert page.doubled_ids() == set(), where
    assert page.inline == [], where
