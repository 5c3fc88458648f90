"""From a draft through the review, and whose turn it is for everybody to see."""

import pytest

from bpl.tests.cast import NOW, TODAY
from notices.models import Notice
from plans.actions.activate import activate
from plans.actions.hold import PlanError
from plans.actions.review import send_back, submit
from plans.actions.version import make_ready
from plans.cards import cards_for
from plans.models import Plan, Step
from plans.progress import SIGNING, page_of, row_of
from plans.tests.factories import a_plan, a_ready_plan, an_item, fresh, say, signs

State = Plan.State


def page(client, plan, user):
    client.force_login(user)
    return client.get(f"/plans/{plan.pk}/").content.decode()


def test_the_student_asks_for_the_review(cast, client):
    plan = a_plan(cast)
    client.force_login(cast.sam)
    client.post(f"/plans/{plan.pk}/review/", {"words": "Is the tide gauge too much?"})
    step = Step.objects.get()
    assert (fresh(plan).state, step.by, step.words) == (State.IN_REVIEW, cast.sam, "Is the tide gauge too much?")
    assert Notice.objects.filter(user=cast.ada, kind="plans.submitted").exists()


def test_asked_twice_it_is_asked_once(cast):
    plan = a_plan(cast)
    for _tap in range(2):
        submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    assert Step.objects.count() == 1


def test_it_comes_back_with_a_note_that_everybody_reads(cast, client):
    plan = a_plan(cast)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/back/", {"words": "Which goal do you want to move?"})
    assert fresh(plan).state == State.DRAFT
    assert "Which goal do you want to move?" in page(client, plan, cast.rosa)
    assert Notice.objects.filter(user=cast.sam, kind="plans.returned").exists()


def test_after_it_was_sent_back_it_is_reviewed_anew_and_the_old_version_is_signed_by_nobody(cast, client):
    plan = a_ready_plan(cast)
    signs(plan, cast.sam)
    send_back(plan=plan, words="Which goal do you want to move?", by=cast.ada, on=TODAY, at=NOW)
    assert "being signed" not in page(client, plan, cast.sam)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    assert "read it, then make it ready to sign or send it back" in page(client, plan, cast.mo)
    with pytest.raises(PlanError, match="no version to sign now"):
        signs(plan, cast.mo)
    with pytest.raises(PlanError, match="Make the plan ready to sign first"):
        activate(plan=plan, by=cast.ada, on=TODAY, at=NOW, reason="In a hurry.")
    # Nothing was changed: Sam's signature holds for the new version.
    make_ready(plan=fresh(plan), by=cast.ada, on=TODAY, at=NOW)
    assert "signed version 1; it holds" in page(client, plan, cast.sam)


def test_the_lists_know_that_a_plan_was_sent_back(cast, client):
    plan = a_ready_plan(cast)
    send_back(plan=plan, words="Which goal do you want to move?", by=cast.ada, on=TODAY, at=NOW)
    assert cards_for([plan.student], TODAY)[plan.student_id].label == "draft"
    (row,) = [row for row in page_of(cast.school, cast.term, TODAY, "", 1) if row.pk == plan.student_id]
    assert row_of(row, cast.school, TODAY).missing == ""
    assert not list(page_of(cast.school, cast.term, TODAY, SIGNING, 1))


def test_the_students_note_is_for_the_adviser(cast, client):
    plan = a_plan(cast)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW, words="I am not sure about Dad.")
    for person, reads in ((cast.sam, True), (cast.ada, True), (cast.rosa, False), (cast.mo, False)):
        assert ("not sure about Dad" in page(client, plan, person)) is reads
        history = client.get(f"/plans/{plan.pk}/versions/").content.decode()
        assert ("not sure about Dad" in history) is reads


def test_it_is_not_sent_back_without_a_word(cast):
    plan = a_plan(cast)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    with pytest.raises(PlanError, match="what is still to do"):
        send_back(plan=plan, words=" ", by=cast.ada, on=TODAY, at=NOW)


def test_a_draft_is_not_made_ready_before_its_review(cast):
    plan = a_plan(cast)
    an_item(plan)
    with pytest.raises(PlanError, match="the plan is “draft”"):
        make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)


def test_an_empty_plan_is_nothing_to_sign(cast):
    plan = a_plan(cast)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    with pytest.raises(PlanError, match="nothing in this plan yet"):
        make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)


def test_a_version_without_a_change_is_not_made(cast):
    plan = a_ready_plan(cast)
    with pytest.raises(PlanError, match="Nothing has changed since version 1"):
        make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)


def test_everybody_sees_whose_turn_it_is(cast, client):
    plan = a_plan(cast)
    say(plan, "who_i_am", "I take engines apart.", cast.sam)
    assert "write, then ask for the review" in page(client, plan, cast.mo)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    assert "<strong>Ada Lindqvist, Clara Novak</strong>" in page(client, plan, cast.sam)
    make_ready(plan=fresh(plan), by=cast.ada, on=TODAY, at=NOW)
    assert '<strong>Yours</strong> <span class="meta">(mentor)</span>:\n          sign version 1' in page(
        client, plan, cast.mo
    )
    signs(plan, cast.mo)
    assert "(mentor)" not in page(client, plan, cast.ada).split('id="signatures"')[0]


def test_those_who_are_to_sign_are_told(cast):
    a_ready_plan(cast)
    told = set(Notice.objects.filter(kind="plans.ready").values_list("user__username", flat=True))
    assert told == {"sam", "rosa", "mo", "cover"}


def test_one_guardian_does_not_learn_of_another(cast, client):
    plan = a_ready_plan(cast)
    signs(plan, cast.rosa)
    seen = page(client, plan, cast.grandma)
    assert "Rosa" not in seen and "Family" in seen
    assert "Rosa Okafor" in page(client, plan, cast.ada)
