"""Which pages are measured, who opens each, and how many statements it costs: printed as JSON.

Run as a module, in the environment of the server: python -m bench.page.people school|network
"""

import json
import sys

import django

django.setup()

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from common.periods import holds_on
from internships.models import Placement
from plans.models import SIGNERS, Plan
from schools.models import School, StaffRole
from schools.roles import Role
from students.models import TeamMember

# Past the told schools, a drawn one in the middle: what is asked there is asked in a database of the whole network.
DRAWN = 30


def pages(size: str) -> list[dict]:
    school = School.objects.order_by("pk")[DRAWN if size == "network" else 0]
    day = school.today()
    lead = StaffRole.objects.on(day).get(school=school, role=Role.LEAD).user
    network_lead = StaffRole.objects.get(network=school.network, role=Role.NETWORK_LEAD).user
    coordinator = StaffRole.objects.on(day).filter(school=school, role=Role.COORDINATOR).first().user
    plan, team = _whole_plan(school, day)
    placement = Placement.objects.filter(student=plan.student).order_by("-starts_on").first()
    adviser, student = team[Role.ADVISER], team[Role.STUDENT]
    group = plan.student.seats.on(day).get().advisory
    home, of_plan, of_school = reverse("dashboards:home"), [plan.pk], [school.pk]
    opened = [
        ("adviser's home", adviser, home),
        ("student's home", student, home),
        ("parent's home", team[Role.PARENT], home),
        ("mentor's home", team[Role.MENTOR], home),
        ("lead's home", lead, home),
        ("network lead's home", network_lead, home),
        ("plan", adviser, reverse("plans:show", args=of_plan)),
        ("plan, by its student", student, reverse("plans:show", args=of_plan)),
        ("plan's history", adviser, reverse("plans:versions", args=of_plan)),
        ("group", adviser, reverse("advisories:board", args=[group.pk])),
        ("student", adviser, reverse("dashboards:student", args=[plan.student_id])),
        ("students of a school", lead, reverse("students:index")),
        ("plans of a school", lead, reverse("plans:progress", args=of_school)),
        ("late plans", lead, reverse("plans:progress", args=of_school) + "?show=overdue"),
        ("people of a school", lead, reverse("rosters:people", args=of_school)),
        ("notices", adviser, reverse("notices:index")),
        ("on site today", coordinator, reverse("internships:today", args=of_school)),
        ("on site, a week", coordinator, reverse("internships:site_week", args=of_school)),
        ("pipeline", coordinator, reverse("internships:pipeline", args=of_school)),
        ("placement", adviser, reverse("internships:placement", args=[plan.student_id, placement.pk])),
        ("student's day on site", student, reverse("internships:today_mine", args=[plan.student_id])),
    ]
    return [{"page": page, "path": path} | seen(user, path) for page, user, path in opened]


def _whole_plan(school, day) -> tuple[Plan, dict]:
    """An active plan that everybody has signed, and one person for each role around it."""
    active = Plan.objects.filter(holds_on(day, "term__"), school=school, state=Plan.State.ACTIVE)
    for plan in active.select_related("student").order_by("pk"):
        rows = TeamMember.objects.on(day).filter(student=plan.student).select_related("user").order_by("pk")
        team = {row.role: row.user for row in rows}
        if set(SIGNERS) <= team.keys():
            return plan, team
    raise LookupError("This school has no plan with a whole team.")


def seen(user, path) -> dict:
    """A cookie of this person's, and the statements of the page when it is opened again."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(user)
    client.get(path, secure=True)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path, secure=True).status_code == 200, path
    name = settings.SESSION_COOKIE_NAME
    return {"cookie": f"{name}={client.cookies[name].value}", "queries": len(queries)}


if __name__ == "__main__":
    print(json.dumps(pages(sys.argv[1])))
