"""A signature covers the version that is ready, as visible to the role in which somebody signs."""

from plans.models import Plan
from plans.tests.factories import a_ready_plan, fresh, signs

State = Plan.State


def test_it_is_active_when_all_have_signed_whom_the_rule_names(cast):
    plan = a_ready_plan(cast)
    for person in (cast.sam, cast.rosa, cast.mo):
        signs(plan, person)
        assert fresh(plan).state == State.IN_REVIEW
    signs(plan, cast.ada)
    assert fresh(plan).state == State.ACTIVE
