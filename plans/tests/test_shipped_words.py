"""What the school left as we ship it stands on a page in its reader's language; what it wrote itself stays as it is."""

import pytest

from bpl.tests.cast import NOW, TODAY
from plans.actions.close import close_plan
from plans.actions.goals import add_own_goal
from plans.actions.items import GoalChoice
from plans.actions.meetings import Arrangement, call_meeting
from plans.tests.factories import a_plan, a_ready_plan, an_item
from schools.models import LearningGoal

TITLE, EN_ESPANOL = "Who I am and what I care about", "Quién soy y qué me importa"


@pytest.fixture
def plan(cast):
    return a_plan(cast)


def page(client, user, address) -> str:
    client.force_login(user)
    return client.get(address).content.decode()


def test_sections_are_in_the_readers_language(cast, client, plan):
    mine, hers = (page(client, user, f"/plans/{plan.pk}/") for user in (cast.sam, cast.rosa))
    assert TITLE in mine and "What makes you angry, curious or proud?" in mine
    assert EN_ESPANOL in hers and TITLE not in hers
    assert "What makes you angry, curious or proud?" not in hers


def test_so_they_are_on_every_page_that_names_one(cast, client, plan):
    section = plan.sections.select_related("text").get(key="who_i_am")
    text = f"/texts/{section.text_id}/"
    for address in (
        text,
        f"{text}history/",
        f"/plans/{plan.pk}/sections/{section.pk}/comment/",
        f"/plans/{plan.pk}/print/",
    ):
        hers = page(client, cast.rosa, address)
        assert EN_ESPANOL in hers and TITLE not in hers


def test_a_school_in_spanish_is_read_in_english_too(cast, client, plan):
    plan.sections.filter(key="who_i_am").update(title=EN_ESPANOL)
    assert TITLE in page(client, cast.sam, f"/plans/{plan.pk}/")


def test_what_the_school_wrote_stays(cast, client, plan):
    plan.sections.filter(key="who_i_am").update(title="Me, and the sea")
    assert "Me, and the sea" in page(client, cast.rosa, f"/plans/{plan.pk}/")


def test_a_version_keeps_what_was_signed_and_shows_it_in_each_language(cast, client):
    plan = a_ready_plan(cast)
    close_plan(plan=plan, by=cast.ada, on=TODAY, at=NOW)
    assert plan.version.content["sections"][0]["title"] == TITLE
    assert EN_ESPANOL in page(client, cast.rosa, f"/plans/{plan.pk}/versions/1/")


def test_goals_are_in_the_readers_language(cast, client, plan):
    goal = cast.school.goals.get(key="communication")
    LearningGoal.objects.filter(pk=goal.pk).update(name=TITLE)
    item = an_item(plan, goals=(GoalChoice("I test it.", goal=goal),))
    assert EN_ESPANOL in page(client, cast.rosa, f"/plans/{plan.pk}/").split(f'id="item-{item.pk}"')[1]
    cast.sam.language = "es"
    cast.sam.save()
    assert EN_ESPANOL in page(client, cast.sam, f"/plans/{plan.pk}/items/{item.pk}/")


def test_an_own_goal_is_never_translated(cast, client, plan):
    own = add_own_goal(plan=plan, words=TITLE, by=cast.sam, at=NOW)
    item = an_item(plan, goals=(GoalChoice("", own_goal=own),))
    assert TITLE in page(client, cast.rosa, f"/plans/{plan.pk}/").split(f'id="item-{item.pk}"')[1]


def test_the_notes_of_a_meeting_are_named_for_each_reader(cast, client, plan):
    arrangement = Arrangement(NOW, cast.sam)
    meeting = call_meeting(plan=plan, arrangement=arrangement, people=[cast.rosa], by=cast.sam, on=TODAY, at=NOW)
    assert "Notas de la reunión del plan" in page(client, cast.rosa, f"/texts/{meeting.notes_id}/")


def test_a_form_that_was_saved_unchanged_changes_nothing(cast, client, plan):
    """Browsers end the lines of a form in their own way."""
    section = plan.sections.get(key="who_i_am")
    section.guidance = section.guidance.replace("\n", "\r\n")
    section.save()
    assert "What makes you angry, curious or proud?" not in page(client, cast.rosa, f"/plans/{plan.pk}/")
