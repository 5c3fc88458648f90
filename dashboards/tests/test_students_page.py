"""A student's own page says first how far the plan is and whose turn it is."""

from bpl.tests.cast import TODAY
from plans.tests.factories import a_plan
from schools.roles import Role
from students.actions.colleagues import add_colleague


def test_it_shows_the_plan_and_whose_turn_it_is(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    page = client.get(f"/students/{plan.student_id}/").content.decode()
    assert f'href="/plans/{plan.pk}/"' in page
    assert "Your turn" in page
    assert page.index("Learning plan") < page.index("Cares about")


def test_a_panellist_opens_the_page_and_sees_no_plan(cast, client):
    plan = a_plan(cast)
    add_colleague(student=plan.student, user=cast.former_mentor, role=Role.PANELLIST, by=cast.lead, on=TODAY)
    client.force_login(cast.former_mentor)
    page = client.get(f"/students/{plan.student_id}/")
    assert page.status_code == 200
    assert f"/plans/{plan.pk}/" not in page.content.decode()
