"""Fills the floor's database, checks that its page is the one that is meant, and prints where it is and who asks.

Run as a module, in the environment of the floor's server: python -m bench.floor.fill
"""

import datetime
import json
import re

import django

django.setup()

from django.conf import settings
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.floor.models import Evidence, Goal, Group, Student

GROUPS, SEATS, GOALS, EVIDENCE = 67, 15, 12, 6
STATEMENTS, ROWS, LINKS, LEAST_BYTES, MOST_BYTES, MIDDLEWARES = 7, 30, 15, 6_300, 6_700, 8
DAY = datetime.date(2026, 11, 2)
TITLE = "Goal {number} of the term, said in a sentence of usual length"


def fill() -> None:
    """About 1,000 students in groups of 15, each with goals and evidence."""
    teachers = User.objects.bulk_create(User(username=f"teacher{number}", password="!") for number in range(GROUPS))
    groups = Group.objects.bulk_create(
        Group(teacher=user, name=f"Group {number + 1}") for number, user in enumerate(teachers)
    )
    students = Student.objects.bulk_create(
        Student(group=group, name=f"Student Number{number + 1}") for group in groups for number in range(SEATS)
    )
    Goal.objects.bulk_create(
        Goal(
            group=student.group, student=student, title=TITLE.format(number=number + 1),
            state=Goal.State.DONE if number % 3 == 0 else Goal.State.OPEN,
            due_on=DAY + datetime.timedelta(days=(student.pk * 7 + number * 5) % 90),
        )
        for student in students for number in range(GOALS)
    )  # fmt: skip
    Evidence.objects.bulk_create(
        Evidence(
            group=student.group, student=student, title=f"Evidence {number + 1}",
            made_on=DAY - datetime.timedelta(days=(student.pk + number * 11) % 60),
        )
        for student in students for number in range(EVIDENCE)
    )  # fmt: skip


def check() -> dict:
    """The page's path and a cookie; AssertionError where it is not the floor that the budgets are meant against."""
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(User.objects.get(username="teacher1"))
    client.get("/group/")
    with CaptureQueriesContext(connection) as queries:
        response = client.get("/group/")
    page = response.content.decode()
    assert response.status_code == 200, response.status_code
    assert len(queries) == STATEMENTS, [query["sql"] for query in queries]
    assert len(re.findall(r"<tr>\s*<td>", page)) == ROWS, "rows"
    assert page.count("<a href=") == LINKS, "links"
    assert LEAST_BYTES <= len(response.content) <= MOST_BYTES, len(response.content)
    assert len(settings.MIDDLEWARE) == MIDDLEWARES, settings.MIDDLEWARE
    return {"path": "/group/", "cookie": f"sessionid={client.cookies['sessionid'].value}"}


if __name__ == "__main__":
    if not Group.objects.exists():
        fill()
    print(json.dumps(check()))
