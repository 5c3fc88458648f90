"""Closing freezes a plan for ever: by itself, or with its term."""

import pytest

from bpl.tests.cast import NOW, TODAY
from coedit.actions import TextError
from plans.actions.close import close_plan
from plans.actions.hold import PlanError
from plans.actions.items import set_item_state
from plans.actions.meetings import Arrangement, call_meeting
from plans.actions.review import submit
from plans.models import Plan, Step
from plans.tests.factories import a_plan, a_ready_plan, an_item, fresh, say, signs
from schools.actions.terms import before_closing, close


def close_it(plan, cast):
    close_plan(plan=fresh(plan), by=cast.ada, on=TODAY, at=NOW)
    return fresh(plan)


def test_a_closed_plan_is_read_and_no_longer_written(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/close/", {"words": "A good term."})
    assert fresh(plan).state == Plan.State.CLOSED
    assert "I take engines apart." in client.get(f"/plans/{plan.pk}/").content.decode()
    with pytest.raises(TextError, match="closed while you wrote"):
        say(plan, "who_i_am", "More.", cast.sam)


def test_nothing_about_a_closed_plan_can_be_changed(cast):
    plan = close_it(a_ready_plan(cast), cast)
    with pytest.raises(PlanError, match="closed and stays as it is"):
        an_item(plan, "One more")
    with pytest.raises(PlanError, match="closed and stays as it is"):
        signs(plan, cast.sam)


def test_the_last_version_is_what_stood_there(cast):
    plan = a_ready_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    plan = close_it(plan, cast)
    said = {section["key"]: section["plain"].strip() for section in plan.version.content["sections"]}
    assert (plan.version.number, said["who_i_am"]) == (2, "I build boats.")


def test_a_plan_unchanged_since_it_was_signed_keeps_that_version(cast):
    plan = a_ready_plan(cast)
    signs(plan, cast.sam)
    assert close_it(plan, cast).version.number == 1


def test_how_far_the_work_came_is_in_the_last_version(cast):
    plan = a_ready_plan(cast)
    set_item_state(item=plan.items.get(), state="done", by=cast.sam)
    assert close_it(plan, cast).version.content["items"][0]["state"] == "done"


def test_even_a_draft_is_kept(cast):
    plan = close_it(a_plan(cast), cast)
    assert (plan.version.number, Step.objects.get().kind) == (1, Step.Kind.CLOSED)


def test_the_notes_of_its_meetings_are_frozen_too(cast):
    plan = a_plan(cast)
    meeting = call_meeting(
        plan=plan, arrangement=Arrangement(NOW, cast.sam), people=[cast.ada], by=cast.sam, on=TODAY, at=NOW
    )
    close_it(plan, cast)
    meeting.notes.refresh_from_db()
    assert meeting.notes.is_frozen


def test_the_term_closes_its_plans(cast):
    sam, lena = a_ready_plan(cast), a_plan(cast, "lena")
    close(term=cast.term, by=cast.lead, now=NOW)
    assert {fresh(plan).state for plan in (sam, lena)} == {Plan.State.CLOSED}
    assert sam.steps.get(kind="closed").by == cast.lead


def test_whoever_closes_a_term_knows_what_ends_with_it(cast):
    a_ready_plan(cast)
    words = [finding.words for finding in before_closing(cast.term, TODAY)]
    assert "1 plan will be closed with it." in words and "1 plan was never signed." in words


def test_the_printed_copy_is_the_plan_as_it_was_closed(cast, client):
    plan = a_ready_plan(cast)
    signs(plan, cast.sam)
    close_it(plan, cast)
    client.force_login(cast.mo)
    page = client.get(f"/plans/{plan.pk}/print/").content.decode()
    assert "I take engines apart." in page and "Sam Okafor" in page
    assert "We eat together on Sundays." not in page


def test_the_printed_copy_says_how_the_plan_went(cast, client):
    plan = a_plan(cast)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW, words="I am not sure about Dad.")
    close_plan(plan=plan, by=cast.ada, on=TODAY, at=NOW, words="The boat floats.")
    client.force_login(cast.ada)
    page = client.get(f"/plans/{plan.pk}/print/").content.decode()
    assert "The boat floats." in page and "review asked for" in page
    # What the student wrote to the adviser alone goes on no paper.
    assert "not sure about Dad" not in page


def test_the_pdf_is_a_pdf(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.sam)
    response = client.get(f"/plans/{plan.pk}/plan.pdf")
    assert response["Content-Type"] == "application/pdf" and response.content.startswith(b"%PDF-")
