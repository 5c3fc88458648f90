"""How many statements a page costs is written down in query_counts.json, and is the same in a small and a large school.

After a change that is meant, write them anew: RECORD_QUERY_COUNTS=1 bin/test bpl/tests/test_query_counts.py
"""

import datetime
import json
import os
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bpl.tests.cast import LONG_AGO, NOW, TODAY, person
from demo.network import BulkSchool
from exhibitions.actions.exhibitions import begin, open_window
from outcomes.actions.refresh import refresh_network, refresh_school
from outcomes.models import Leaver
from schools.models import Network, StaffRole
from schools.roles import Role

FILE = Path(__file__).with_name("query_counts.json")
DAY = datetime.timedelta(days=1)
SIZES = {"small": 15, "large": 150}
# The budgets of the pages that are opened most: session, user and the door included.
BUDGETS = {"adviser's home": 12, "plan": 10, "group": 8, "students of a school": 6, "plans of a school": 6}


def pages(made):
    """Name, who opens it, and its address."""
    adviser, advisory, student = made.advisers[0], made.advisories[0], made.students[0]
    plan = student.plans.get(term=made.terms[3])
    placement, school = student.placements.get(), [made.school.pk]
    window, exhibition, seat = exhibitions(made)
    shown = [student.pk, exhibition.pk]
    progress = reverse("plans:progress", args=school)
    return {
        "adviser's home": (adviser, reverse("dashboards:home")),
        "group": (adviser, reverse("advisories:board", args=[advisory.pk])),
        "students of a school": (made.lead, reverse("students:index")),
        "student": (adviser, reverse("dashboards:student", args=[student.pk])),
        "student's home": (student.user, reverse("dashboards:home")),
        "parent's home": (made.parents[student.pk][0], reverse("dashboards:home")),
        "mentor's home": (made.mentors[student.pk][0], reverse("dashboards:home")),
        "plan": (adviser, reverse("plans:show", args=[plan.pk])),
        "plan's history": (adviser, reverse("plans:versions", args=[plan.pk])),
        "plans of a school": (made.lead, progress),
        "late plans": (made.lead, f"{progress}?show=overdue"),
        "people of a school": (made.lead, reverse("rosters:people", args=[made.school.pk])),
        "notices": (adviser, reverse("notices:index")),
        "lead's home": (made.lead, reverse("dashboards:home")),
        "on site today": (made.coordinator, reverse("internships:today", args=school)),
        "on site, a week": (made.coordinator, reverse("internships:site_week", args=school)),
        "map of places": (made.coordinator, reverse("internships:map", args=school)),
        "pipeline": (made.coordinator, reverse("internships:pipeline", args=school)),
        "opportunities": (made.coordinator, reverse("internships:opportunities", args=school)),
        "placement": (adviser, reverse("internships:placement", args=[student.pk, placement.pk])),
        "evidence": (student.user, reverse("exhibitions:evidence", args=[student.pk])),
        "exhibitions of a school": (made.lead, reverse("exhibitions:window", args=[*school, window.pk])),
        "timetable": (made.lead, reverse("exhibitions:timetable", args=[*school, window.pk])),
        "exhibition": (adviser, reverse("exhibitions:show", args=shown)),
        "panel": (adviser, reverse("exhibitions:panel", args=shown)),
        "seat": (adviser, reverse("exhibitions:seat", args=[seat.pk])),
        "rating": (adviser, reverse("exhibitions:seat_judge", args=[seat.pk])),
        "narrative": (adviser, reverse("exhibitions:narrative", args=shown)),
        "learner profile": (adviser, reverse("exhibitions:profile", args=[student.pk])),
        "student's day on site": (student.user, reverse("internships:today_mine", args=[student.pk])),
    } | outcomes(made)


def outcomes(made):
    """What leads read of the school's figures, which are worked out and published, and of those who have left."""
    refresh_school(school=made.school, now=NOW, publishes=True)
    refresh_network(network=made.school.network, now=NOW)
    left = Leaver.objects.filter(school=made.school, student__destinations__isnull=False).first().student
    over_all = person(f"over {made.school.network.name}", "Nora", "Over")
    StaffRole.objects.create(network=made.school.network, user=over_all, role=Role.NETWORK_LEAD, starts_on=LONG_AGO)
    school, network, accepted = [made.school.pk], [made.school.network_id], "?cohort=2026"
    return {
        "outcomes": (made.lead, reverse("outcomes:dashboard", args=school)),
        "figure": (made.lead, reverse("outcomes:figure", args=[*school, "accepted"]) + accepted),
        "students behind a figure": (
            made.lead, reverse("outcomes:behind", args=[*school, "accepted"]) + f"{accepted}&said=yes"
        ),
        "who needs attention": (made.lead, reverse("outcomes:attention", args=[*school, "one_to_one"])),
        "leavers of a school": (made.lead, reverse("outcomes:leavers", args=school)),
        "what became of one": (made.lead, reverse("outcomes:destinations", args=[left.pk])),
        "staying in touch": (made.advisers[0], reverse("outcomes:in_touch")),
        "files of the clearinghouse": (made.lead, reverse("outcomes:clearinghouse", args=school)),
        "outcomes of a network": (over_all, reverse("outcomes:network_dashboard", args=network)),
        "figure of a network": (over_all, reverse("outcomes:network_figure", args=[*network, "accepted"]) + accepted),
    }  # fmt: skip


def exhibitions(made):
    """One for each student, in a window of this term: the window, the first of them, and its adviser's seat."""
    term = made.terms[3]
    window = open_window(
        school=made.school, term=term, name="Exhibitions", starts_on=term.last_day - DAY * 13, last_on=term.last_day,
        slot_minutes=45, rooms=["Library", "Room 4"], by=made.lead, now=NOW,
    )  # fmt: skip
    found = [begin(window=window, student=one, by=one.user, on=TODAY, now=NOW) for one in made.students]
    return window, found[0], found[0].seats.get(user=made.advisers[0])


def count(user, address) -> int:
    client = Client()
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])


@pytest.fixture
def counts(db, monkeypatch, settings):
    # As in production, where Redis holds the sessions' copies.
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    found = {}
    for number, (name, size) in enumerate(SIZES.items()):
        # Both on the same side of the country: whom nobody has heard from by now costs a statement more.
        made = BulkSchool(Network.objects.create(name=name), 2 * number + 1, TODAY, size=size)
        made.write()
        found[name] = {page: count(*opened) for page, opened in pages(made).items()}
    return found


def test_pages_cost_what_is_written_down_and_the_same_at_every_size(counts):
    assert counts["small"] == counts["large"]
    if os.environ.get("RECORD_QUERY_COUNTS"):
        FILE.write_text(json.dumps(counts["large"], indent=2, sort_keys=True) + "\n")
    assert counts["large"] == json.loads(FILE.read_text())
    over = {page: counts["large"][page] for page, budget in BUDGETS.items() if counts["large"][page] > budget}
    assert over == {}
