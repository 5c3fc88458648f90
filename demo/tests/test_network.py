"""A drawn school is as the rooms' actions would have made it: its pages open, its texts can be written."""

from collections import Counter

import pytest
from django.test import Client
from django.urls import reverse

from bpl.tests.cast import NOW, TODAY
from coedit.document import load
from coedit.models import Text
from coedit.render import to_html
from coedit.tests.conftest import hurry, serving
from coedit.tests.peers import Peer
from demo.network import CLASSES, LEAVERS, STUDENTS, BulkSchool
from exhibitions.models import Agreed
from internships.models import SiteDay, Visit
from outcomes.models import Background, Destination, Leaver
from plans.models import Meeting, Plan
from plans.parts import parts_of
from plans.standing import has_changed
from rosters.drift import differences
from schools.models import Network
from students.models import AttendanceMark

SIZE = 20


def a_school(thin: int = 1) -> BulkSchool:
    made = BulkSchool(Network.objects.create(name=f"A network, {thin}"), thin, TODAY, size=SIZE, thin=thin)
    made.write()
    return made


@pytest.fixture
def today(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


@pytest.fixture
def made(db, today):
    return a_school()


def plan_of(made) -> Plan:
    return Plan.objects.with_what_it_belongs_to().get(student=made.students[0], term=made.terms[3])


def test_its_plans_stand_as_they_do_in_a_school(made):
    this_term = Plan.objects.filter(term=made.terms[3]).values_list("state", flat=True)
    assert Counter(this_term) == {"active": 14, "in_review": 4, "draft": 1}
    last_term = Plan.objects.filter(term=made.terms[2])
    assert set(last_term.values_list("state", flat=True)) == {"closed"}
    assert not Text.objects.filter(plan_section__plan__in=last_term, frozen_at=None).exists()


def test_its_people_open_what_is_theirs(made):
    plan = plan_of(made)
    family, mentor = made.parents[plan.student_id], made.mentors[plan.student_id]
    pages = ["/", reverse("plans:show", args=[plan.pk]), reverse("plans:versions", args=[plan.pk])]
    for user in (plan.student.user, made.advisers[0], made.lead, *family, *mentor):
        client = Client()
        client.force_login(user)
        assert [client.get(page).status_code for page in pages] == [200, 200, 200]


def test_nobody_is_on_a_team_without_a_cause(made):
    assert differences(made.school, TODAY) == []


def test_what_was_signed_is_what_the_plan_says(made):
    signed = Plan.objects.filter(version__isnull=False, state="active").select_related("version", "student")
    assert not any(has_changed(plan, parts_of(plan)) for plan in signed)
    assert {plan.signatures.count() for plan in signed} == {3, 4}


def test_each_text_says_what_its_log_says(made):
    for text in Text.objects.exclude(plain="").filter(student=made.students[0]):
        document = load(text.pk)
        assert (to_html(document.tree()), document.last_id) == (text.html, text.last_update_id)


def test_what_figures_look_at_is_there(made):
    assert Leaver.objects.filter(school=made.school).count() == CLASSES * (LEAVERS * SIZE // STUDENTS)
    held = Background.objects.filter(school=made.school, kind=Background.Kind.MEALS)
    assert held.count() == SIZE + Leaver.objects.count()
    assert len(set(Destination.objects.values_list("kind", flat=True))) > 4
    days = SiteDay.objects.filter(school=made.school, date__gte=made.terms[3].starts_on)
    assert {(day.minutes, day.absence_id is None) for day in days if day.confirmed_at} == {
        (330, True), (0, True), (0, False),
    }  # fmt: skip
    windows = Agreed.objects.values_list("exhibition__window__term", flat=True)
    assert len(set(windows)) == 2 and Visit.objects.exists()
    assert Meeting.objects.filter(starts_at__lt=NOW).exists() and Meeting.objects.filter(starts_at__gt=NOW).exists()


def test_a_thin_school_has_as_many_students_and_fewer_rows_of_each(made):
    thin = a_school(thin=4)
    assert len(thin.students) == len(made.students) and differences(thin.school, TODAY) == []
    for model in (AttendanceMark, SiteDay, Leaver, Plan):
        assert 0 < model.objects.filter(school=thin.school).count() < model.objects.filter(school=made.school).count()


def test_two_people_write_one_of_its_texts(transactional_db, today, monkeypatch):
    made = a_school()
    plan = plan_of(made)
    text = plan.sections.get(key="who_i_am").text
    hurry(monkeypatch)
    with serving() as server:
        student, adviser = (Peer(server.address, user, text).sync() for user in (plan.student.user, made.advisers[0]))
        student.write("One more thing.")
        student.all_saved()
        adviser.sees("One more thing.")
        assert adviser.text.startswith(text.plain.strip()[:20]) and student.text == adviser.text
        student.close()
        adviser.close()
    assert text.updates.count() == 2
