"""A signature covers the version that is ready, as visible to the role in which somebody signs."""

import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import NOW, TODAY
from plans.actions.activate import activate
from plans.actions.hold import PlanError
from plans.actions.review import submit
from plans.actions.sign import ReplacedError, sign, sign_before_witness
from plans.actions.version import make_ready
from plans.models import Plan, Signature
from plans.tests.factories import LATER, a_plan, a_ready_plan, fresh, say, signs
from schools.roles import Role
from students.actions import team
from students.models import TeamMember

State = Plan.State


def next_version(plan, cast):
    version = make_ready(plan=fresh(plan), by=cast.ada, on=TODAY, at=LATER)
    return version.number


def witness(plan, cast, user, **changes):
    facts = {"role": Role.PARENT, "way": "phone", "typed_name": "Rosa Okafor", "signed_on": TODAY, "by": cast.ada}
    return sign_before_witness(plan=plan, number=1, user=user, on=TODAY, at=LATER, **(facts | changes))


def test_it_is_active_when_all_have_signed_whom_the_rule_names(cast):
    plan = a_ready_plan(cast)
    for person in (cast.sam, cast.rosa, cast.mo):
        signs(plan, person)
        assert fresh(plan).state == State.IN_REVIEW
    signs(plan, cast.ada)
    assert (fresh(plan).state, fresh(plan).in_force.number) == (State.ACTIVE, 1)


def test_a_student_without_a_mentor_needs_no_mentors_signature(cast):
    team.leave(cause=cast.mentorships["mo", "sam"].cause, by=cast.lead, on=TODAY)
    plan = a_ready_plan(cast)
    for person in (cast.sam, cast.rosa, cast.ada):
        signs(plan, person)
    assert fresh(plan).state == State.ACTIVE


def test_cover_signs_in_the_advisers_place(cast):
    plan = a_ready_plan(cast)
    for person in (cast.sam, cast.rosa, cast.mo, cast.cover):
        signs(plan, person)
    assert fresh(plan).state == State.ACTIVE
    assert Signature.objects.get(user=cast.cover).role == Role.COVER


def test_signing_twice_is_signing_once(cast):
    plan = a_ready_plan(cast)
    assert signs(plan, cast.sam) == signs(plan, cast.sam)


def test_a_signature_covers_what_the_role_may_see(cast):
    plan = a_ready_plan(cast)
    assert "family" in signs(plan, cast.rosa).sections
    assert "family" not in signs(plan, cast.mo).sections
    assert Signature.objects.get(user=cast.mo).hash != Signature.objects.get(user=cast.rosa).hash


def test_a_section_closed_since_is_covered_no_more(cast):
    plan = a_ready_plan(cast)
    text = plan.sections.get(key="who_i_am").text
    text.readers = [Role.STUDENT, Role.ADVISER]
    text.save()
    assert "who_i_am" not in signs(plan, cast.mo).sections


def test_a_replaced_version_is_not_signed(cast):
    plan = a_ready_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    next_version(plan, cast)
    with pytest.raises(ReplacedError, match="Version 2 has taken the place of version 1"):
        sign(plan=plan, number=1, role=Role.PARENT, by=cast.rosa, on=TODAY, at=LATER)
    assert not Signature.objects.exists()


def test_the_page_says_what_changed_when_a_version_was_replaced(cast, client):
    plan = a_ready_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    next_version(plan, cast)
    client.force_login(cast.mo)
    page = client.post(f"/plans/{plan.pk}/sign/", {"number": 1, "role": "mentor"}).content.decode()
    assert "Version 2 has taken the place" in page and "<ins>build</ins>" in page
    client.post(f"/plans/{plan.pk}/sign/", {"number": 2, "role": "mentor"})
    assert Signature.objects.get().version.number == 2


def test_words_written_after_a_version_was_made_are_not_in_it(cast):
    plan = a_ready_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    said = {section["key"]: section["plain"] for section in fresh(plan).version.content["sections"]}
    assert said["who_i_am"].strip() == "I take engines apart."


def test_one_who_reads_only_cannot_sign(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.grandma)
    assert client.post(f"/plans/{plan.pk}/sign/", {"number": 1, "role": "parent"}).status_code == 403
    with pytest.raises(PlanError, match="cannot sign"):
        witness(plan, cast, cast.grandma, typed_name="Ngozi")


def test_a_barred_parent_cannot_be_signed_for(cast, client):
    plan = a_ready_plan(cast)
    with pytest.raises(PlanError, match="cannot sign"):
        witness(plan, cast, cast.dan, typed_name="Dan")
    client.force_login(cast.ada)
    assert "Dan" not in client.get(f"/plans/{plan.pk}/witness/").content.decode()


def test_nobody_signs_in_anothers_role(cast):
    plan = a_ready_plan(cast)
    with pytest.raises(PlanError, match="in that place"):
        sign(plan=plan, number=1, role=Role.ADVISER, by=cast.rosa, on=TODAY, at=LATER)


def test_a_signature_on_the_advisers_phone_counts_and_says_so(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    client.post(
        f"/plans/{plan.pk}/witness/{cast.rosa.pk}/",
        {"number": 1, "role": "parent", "way": "phone", "typed_name": "rosa okafor", "signed_on": "2026-11-24"},
    )
    signature = Signature.objects.get(user=cast.rosa)
    assert (signature.way, signature.witnessed_by, signature.typed_name) == ("phone", cast.ada, "rosa okafor")
    page = client.get(f"/plans/{plan.pk}/").content.decode()
    assert "signed on the adviser&#x27;s phone" in page and "witness: Ada Lindqvist" in page


def test_the_phone_is_handed_over_with_what_the_signer_may_see(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    page = client.get(f"/plans/{plan.pk}/witness/{cast.mo.pk}/").content.decode()
    assert "I take engines apart." in page and "We eat together on Sundays." not in page


def test_another_name_than_the_signers_is_refused_and_stays_typed(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    page = client.post(
        f"/plans/{plan.pk}/witness/{cast.rosa.pk}/",
        {"number": 1, "role": "parent", "way": "phone", "typed_name": "Dan", "signed_on": "2026-11-24"},
    ).content.decode()
    assert "is not the name that we have" in page and 'value="Dan"' in page
    assert not Signature.objects.exists()


def test_on_paper_yesterday_is_kept_with_its_day(cast):
    plan, yesterday = a_ready_plan(cast), TODAY - datetime.timedelta(days=1)
    signature = witness(plan, cast, cast.rosa, way="paper", typed_name="", signed_on=yesterday)
    assert (signature.way, signature.signed_on) == ("paper", yesterday)
    with pytest.raises(PlanError, match="has not begun"):
        witness(plan, cast, cast.mo, role=Role.MENTOR, way="paper", signed_on=TODAY + datetime.timedelta(days=1))


def test_nobody_signed_on_paper_before_there_was_a_plan(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    said = {"number": 1, "role": "parent", "way": "paper", "typed_name": "", "signed_on": "2025-11-24"}
    page = client.post(f"/plans/{plan.pk}/witness/{cast.rosa.pk}/", said).content.decode()
    assert "Nobody can have signed this plan before Sept. 1, 2026." in page
    assert not Signature.objects.exists()


def test_a_witness_whose_version_was_replaced_reads_what_changed_and_goes_on(cast, client):
    plan = a_ready_plan(cast)
    say(plan, "family", "We eat late.", cast.rosa)
    next_version(plan, cast)
    client.force_login(cast.ada)
    address = f"/plans/{plan.pk}/witness/{cast.rosa.pk}/"
    said = {"number": 1, "role": "parent", "way": "phone", "typed_name": "Rosa", "signed_on": "2026-11-24"}
    page = client.post(address, said).content.decode()
    assert "Version 2 has taken the place of version 1" in page and "<ins>" in page
    assert 'name="number" value="2"' in page and 'value="Rosa"' in page
    client.post(address, said | {"number": 2})
    assert Signature.objects.get().version.number == 2


def test_whoever_signs_before_a_witness_reads_what_the_role_may_see(cast, client):
    """Somebody who is parent and mentor signs each in its own turn, with its own view."""
    plan = a_ready_plan(cast)
    mentor = {"user": cast.rosa, "role": Role.MENTOR, "cause": "mentorship:99"}
    team.join(student=cast.student("sam"), by=cast.lead, on=TODAY, **mentor)
    client.force_login(cast.ada)
    address = f"/plans/{plan.pk}/witness/{cast.rosa.pk}/"
    as_parent, as_mentor = (client.get(f"{address}?as={role}").content.decode() for role in ("parent", "mentor"))
    assert "We eat together on Sundays." in as_parent and "We eat together on Sundays." not in as_mentor
    assert "Sign as mentor instead" in as_parent


def test_who_was_not_waited_for_can_sign_too(cast, client):
    plan = a_ready_plan(cast)
    activate(plan=plan, by=cast.ada, on=TODAY, at=LATER, reason="Rosa is abroad.")
    client.force_login(cast.rosa)
    assert f'href="/plans/{plan.pk}/sign/"' in client.get(f"/plans/{plan.pk}/").content.decode()
    signs(plan, cast.rosa)
    assert f'href="/plans/{plan.pk}/sign/"' not in client.get(f"/plans/{plan.pk}/").content.decode()


def test_nobody_witnesses_their_own_signature(cast):
    plan = a_ready_plan(cast)
    with pytest.raises(PlanError, match="own signature"):
        witness(plan, cast, cast.ada, role=Role.ADVISER, typed_name="Ada")
    signature = signs(plan, cast.sam)
    with pytest.raises(IntegrityError), transaction.atomic():
        Signature.objects.filter(pk=signature.pk).update(way="paper", witnessed_by=cast.sam)


def test_a_plan_is_activated_without_signatures_only_with_a_reason(cast):
    plan = a_ready_plan(cast)
    with pytest.raises(PlanError, match="Say why"):
        activate(plan=plan, by=cast.ada, on=TODAY, at=NOW)
    step = activate(plan=plan, by=cast.ada, on=TODAY, at=NOW, reason="Rosa is at sea until March.")
    assert fresh(plan).state == State.ACTIVE and step.words.startswith("Rosa is at sea")


def test_where_no_parent_can_sign_the_adviser_is_told(cast, client):
    TeamMember.objects.filter(user=cast.rosa).update(may_sign=False)
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    assert "find a parent who can sign" in client.get(f"/plans/{plan.pk}/").content.decode()


def test_a_grown_student_whose_parents_left_needs_no_parent(cast):
    omar = cast.student("omar")
    plan = a_plan(cast, "omar")
    say(plan, "who_i_am", "I cook.", cast.omar)
    plan = fresh(plan)
    submit(plan=plan, by=cast.omar, on=TODAY, at=NOW)
    make_ready(plan=plan, by=cast.ben, on=TODAY, at=NOW)
    for person in (cast.omar, cast.moira, cast.ben):
        signs(plan, person)
    assert omar.age(TODAY) >= 18 and fresh(plan).state == State.ACTIVE


def test_a_plan_that_was_sent_back_is_not_signed(cast, client):
    plan = a_ready_plan(cast)
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/back/", {"words": "Say more of the family."})
    client.force_login(cast.mo)
    page = client.post(f"/plans/{plan.pk}/sign/", {"number": 1, "role": "mentor"}).content.decode()
    assert "nothing to sign now" in page and not Signature.objects.exists()
