"""A plan's page costs the same however much is in it, and so does the list of a school's plans."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import NOW, TODAY
from plans.actions.comments import open_thread
from plans.actions.goals import add_own_goal
from plans.actions.items import GoalChoice
from plans.actions.review import submit
from plans.actions.version import make_ready
from plans.tests.factories import a_plan, an_item, fresh, signs, team_of

A_PLAN, A_LIST = 10, 6


def fill(plan, cast, count):
    """`count` more pieces of work, each with goals and a comment."""
    goal = cast.school.goals.first()
    for number in range(count):
        own = add_own_goal(plan=plan, words=f"Goal {number}", by=cast.sam, at=NOW)
        item = an_item(
            plan, f"Work {number}", goals=(GoalChoice("I test it.", goal=goal), GoalChoice("", own_goal=own))
        )
        open_thread(on=item, words="Good, @Sam", by=cast.ada, at=NOW, team=team_of(plan, cast.ada))


def cost(client, user, address) -> int:
    client.force_login(user)
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


@pytest.mark.parametrize("person", ["sam", "rosa", "mo", "ada", "lead"])
def test_the_page_of_a_plan(cast, client, person):
    plan = a_plan(cast)
    fill(plan, cast, 3)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    make_ready(plan=fresh(plan), by=cast.ada, on=TODAY, at=NOW)
    signs(plan, cast.sam)
    small = cost(client, getattr(cast, person), f"/plans/{plan.pk}/")
    fill(plan, cast, 27)
    large = cost(client, getattr(cast, person), f"/plans/{plan.pk}/")
    assert small == large <= A_PLAN


def test_reading_writes_nothing(cast, client):
    plan = a_plan(cast)
    fill(plan, cast, 1)
    pages = ["", "versions/", "meetings/", "print/", "items/new/", "carry-over/", "review/", "sign/"]
    client.force_login(cast.sam)
    with CaptureQueriesContext(connection) as queries:
        for page in pages:
            assert client.get(f"/plans/{plan.pk}/{page}").status_code == 200
    # PostgreSQL EXECUTEs what it has prepared (common.planned), which is SELECTs only.
    assert [query["sql"] for query in queries if not query["sql"].startswith(("SELECT", "EXECUTE kept_"))] == []


def test_the_list_of_a_schools_plans(cast, client):
    address = f"/schools/{cast.school.pk}/plans/"
    a_plan(cast)
    small = cost(client, cast.lead, address)
    for name in ("lena", "kit", "omar"):
        a_plan(cast, name)
    assert small == cost(client, cast.lead, address) <= A_LIST
