import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import NOW, TODAY
from plans.actions.begin import begin_plan
from plans.actions.hold import PlanError
from plans.models import Plan
from plans.tests.factories import a_plan, fresh
from schools.roles import Role


def test_a_plan_begins_with_the_sections_of_the_schools_template(cast):
    plan = a_plan(cast)
    keys = list(plan.sections.values_list("key", flat=True))
    assert keys == ["who_i_am", "life_goals", "how_i_learn", "five_goals", "family", "mentor"]
    assert plan.state == Plan.State.DRAFT and plan.template.version == 1


def test_a_mentor_reads_no_family_part(cast):
    readers = {section.key: section.text.readers for section in a_plan(cast).sections.select_related("text")}
    assert Role.MENTOR not in readers["family"] and Role.MENTOR in readers["mentor"]


def test_a_school_in_england_has_its_own_sections_too(cast):
    cast.school.system = "england"
    cast.school.save()
    keys = set(a_plan(cast).sections.values_list("key", flat=True))
    assert {"attendance_target", "workplace_skills", "next_step"} <= keys


def test_two_who_begin_at_once_have_one_plan(cast):
    assert a_plan(cast) == a_plan(cast, by=cast.ada)
    assert Plan.objects.count() == 1


def test_the_database_holds_one_plan_a_student_and_term(cast):
    plan = a_plan(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(
            student=plan.student, school=plan.school, term=plan.term, template=plan.template, begun_by=cast.ada,
            begun_at=NOW,
        )  # fmt: skip


def test_a_closed_term_takes_no_plan_and_says_so_kindly(cast, client):
    cast.term.closed_at, cast.term.closed_by = NOW, cast.lead
    cast.term.save()
    client.force_login(cast.sam)
    page = client.post(f"/students/{cast.student('sam').pk}/plans/begin/", {"term": cast.term.pk}, follow=True)
    assert "“Fall 2026” is closed, so no plan can be begun in it" in page.content.decode()
    assert not Plan.objects.exists()


def test_a_term_of_another_school_is_none(cast):
    first, end = datetime.date(2026, 9, 7), datetime.date(2026, 12, 19)
    other = cast.other_school.terms.create(name="Autumn", starts_on=first, ends_on=end)
    with pytest.raises(PlanError, match="no term of this school"):
        begin_plan(student=cast.student("sam"), term=other, by=cast.ada, on=TODAY, at=NOW)


def test_the_next_term_is_offered_and_the_last_is_not(cast, client):
    client.force_login(cast.sam)
    page = client.get(f"/students/{cast.student('sam').pk}/plans/").content.decode()
    assert "Winter 2027</option>" in page and "Spring 2026</option>" not in page


def test_a_plan_in_the_term_before_leads_to_carrying_over(cast, client):
    a_plan(cast)
    client.force_login(cast.sam)
    response = client.post(f"/students/{cast.student('sam').pk}/plans/begin/", {"term": cast.next_term.pk})
    plan = fresh(Plan.objects.get(term=cast.next_term))
    assert response["Location"] == f"/plans/{plan.pk}/carry-over/"


@pytest.mark.parametrize("term", ["", "abc", "9" * 5000])
def test_a_term_that_is_none_is_not_found(cast, client, term):
    client.force_login(cast.sam)
    assert client.post(f"/students/{cast.student('sam').pk}/plans/begin/", {"term": term}).status_code == 404
