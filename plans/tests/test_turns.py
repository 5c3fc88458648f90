"""Whose turn it is: a pure answer."""

from dataclasses import dataclass

from plans.defaults import SIGNING
from plans.models import Plan, Template
from plans.turns import Facts, Task, missing, turns
from schools.roles import Role

State = Plan.State


@dataclass(frozen=True)
class Person:
    pk: int


SAM, ROSA, DAD, MO, ADA = (Person(pk) for pk in range(1, 6))
TEAM = {Role.STUDENT: [SAM], Role.PARENT: [ROSA, DAD], Role.MENTOR: [MO], Role.ADVISER: [ADA]}


def facts(**changes):
    template = Template(signing=SIGNING | changes.pop("signing", {}))
    return Facts(**({"state": State.IN_REVIEW, "template": template, "number": 1, "signers": TEAM} | changes))


def said(**changes):
    return [(turn.task, turn.role) for turn in turns(facts(**changes))]


def test_a_draft_is_the_students():
    assert said(state=State.DRAFT, number=None) == [(Task.WRITE, "student")]


def test_a_review_is_the_advisers():
    assert said(number=None) == [(Task.REVIEW, "adviser")]


def test_a_version_that_is_out_is_everybodys_who_is_to_sign():
    assert said(signed={"student": {1}, "mentor": {4}}) == [(Task.SIGN, "parent"), (Task.SIGN, "adviser")]


def test_one_of_two_parents_is_enough():
    assert Role.PARENT not in missing(facts(signed={"parent": {2}}))


def test_each_of_two_parents_where_the_school_wants_it():
    rule = {"parent": {"need": "every", "again": True}}
    assert missing(facts(signing=rule, signed={"parent": {2}}))["parent"] == [DAD]


def test_who_may_sign_is_not_waited_for():
    rule = {"mentor": {"need": "may", "again": True}}
    assert Role.MENTOR not in missing(facts(signing=rule))


def test_where_nobody_can_sign_the_adviser_finds_somebody():
    team = TEAM | {Role.PARENT: []}
    assert (Task.FIND_SIGNER, "adviser") in said(signers=team)
    assert (Task.FIND_SIGNER, "adviser") not in said(signers=team, parents_may_be_gone=True)


def test_with_all_signatures_there_it_is_to_be_activated():
    team = TEAM | {Role.MENTOR: []}
    signed = {"student": {1}, "parent": {2}, "adviser": {5}}
    assert said(signers=team, signed=signed) == [(Task.ACTIVATE, "adviser")]


def test_an_active_plan_is_for_working():
    assert said(state=State.ACTIVE, number=None) == [(Task.WORK, "student")]


def test_what_was_written_on_an_active_plan_waits_for_a_version():
    changed = said(state=State.ACTIVE, number=None, has_changed=True)
    assert changed == [(Task.NEW_VERSION, "adviser"), (Task.WORK, "student")]


def test_a_closed_plan_leads_to_the_next():
    assert said(state=State.CLOSED, number=None) == [(Task.NEXT_PLAN, "student")]
