"""The demo is deterministic, whole, and never comes among real people."""

import datetime

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.models import Link, User
from advisories.models import Advisory, Charge
from plans.models import Comment, Meeting, Plan, Signature, Thread
from schools.models import School, Term
from students.models import Concern, Student

TODAY = datetime.date(2026, 11, 24)
ROLES = "student parent mentor adviser coordinator safeguarding lead network".split()

pytestmark = pytest.mark.slow


def test_it_is_a_whole_school(demo):
    assert Student.objects.enrolled(TODAY).count() == 66
    assert sorted(advisory.seats.on(TODAY).count() for advisory in Advisory.objects.open(TODAY)) == [12, 12, 13, 14, 15]
    current = Plan.objects.filter(term__in=Term.objects.on(TODAY))
    assert set(current.values_list("state", flat=True)) == {"draft", "in_review", "active"}
    assert Term.objects.filter(closed_at__isnull=False).count() == 6
    for role in ROLES:
        assert Client().login(username=f"{role}@demo.example", password="throughline"), role


def test_every_home_opens(demo):
    for role in ROLES:
        client = Client()
        client.force_login(User.objects.get(username=f"{role}@demo.example"))
        assert client.get("/").status_code == 200


def test_the_student_leads_the_meetings(demo):
    student = User.objects.get(username="student@demo.example")
    held, coming = Meeting.objects.filter(led_by=student).order_by("starts_at")
    assert set(held.invitations.values_list("came", flat=True)) == {True, False}
    assert "Who does what" in held.notes.plain and coming.agenda
    client = Client()
    client.force_login(student)
    assert client.get(reverse("plans:meeting", args=[held.plan_id, held.pk])).status_code == 200


@pytest.mark.parametrize("role", ["safeguarding", "lead", "adviser", "student"])
def test_concerns_are_for_the_safeguarding_lead(demo, role):
    assert sorted(bool(concern.closed_at) for concern in Concern.objects.all()) == [False, False, True, True]
    concern = Concern.objects.filter(school__name="Harbor Street School").first()
    client = Client()
    client.force_login(User.objects.get(username=f"{role}@demo.example"))
    answer = client.get(reverse("students:concern", args=[concern.student_id, concern.pk]))
    assert (answer.status_code == 200) == (role == "safeguarding")


def test_people_and_tables_are_on_their_way(demo):
    for school in School.objects.all():
        done, waiting = school.imports.order_by("made_at")
        assert done.finished_at and not any(row["refused"] for row in done.report.values())
        assert waiting.is_open
        assert Charge.objects.on(TODAY).filter(advisory__school=school, kind=Charge.Kind.COVER).exists()
    assert set(Link.objects.open().values_list("way", flat=True)) == {"email", "letter"}


def test_threads_and_signatures_are_of_each_kind(demo):
    assert Comment.objects.filter(mentions__isnull=False).exists()
    assert Thread.objects.filter(resolved_at__isnull=False).exists()
    assert Signature.objects.filter(way=Signature.Way.PAPER, witnessed_by__isnull=False).exists()


def test_it_does_not_come_twice(demo):
    with pytest.raises(CommandError, match="already here"):
        call_command("load_demo", today=TODAY)


def test_it_does_not_come_among_real_people(db, settings):
    settings.DEMO = True
    User.objects.create_user(username="real", given_name="Real")
    with pytest.raises(CommandError, match="real people"):
        call_command("load_demo", today=TODAY)


def test_it_comes_only_where_debug_is_set(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="DEBUG"):
        call_command("load_demo", today=TODAY)
