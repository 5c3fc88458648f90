"""A new version asks again only whom the school's rule names, and only where what they can see has changed."""

from bpl.tests.cast import TODAY
from plans.actions.activate import activate
from plans.actions.items import set_item_state
from plans.actions.version import make_ready
from plans.models import Plan
from plans.parts import parts_of
from plans.people import team_rows
from plans.standing import has_changed, standing_of_plan
from plans.tests.factories import LATER, a_ready_plan, fresh, say, signs

ALL = ("sam", "rosa", "mo", "ada")


def a_signed_plan(cast):
    plan = a_ready_plan(cast)
    for name in ALL:
        signs(plan, getattr(cast, name))
    return fresh(plan)


def asked(plan) -> set[str]:
    plan = fresh(plan)
    return set(standing_of_plan(plan, team_rows(plan.student), TODAY).missing)


def new_version(plan, cast):
    make_ready(plan=fresh(plan), by=cast.ada, on=TODAY, at=LATER)
    return fresh(plan)


def test_what_the_mentor_cannot_see_does_not_ask_the_mentor_again(cast):
    plan = a_signed_plan(cast)
    say(plan, "family", "We moved house.", cast.rosa)
    new_version(plan, cast)
    assert asked(plan) == {"student", "parent", "adviser"}


def test_what_all_see_asks_all_again(cast):
    plan = a_signed_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    new_version(plan, cast)
    assert asked(plan) == {"student", "parent", "mentor", "adviser"}


def test_a_role_that_the_rule_does_not_ask_again_stays_signed(cast):
    plan = a_signed_plan(cast)
    template = plan.template
    template.signing["parent"]["again"] = False
    template.save()
    say(plan, "who_i_am", "I build boats.", cast.sam)
    new_version(plan, cast)
    assert asked(plan) == {"student", "mentor", "adviser"}


def test_the_plan_stays_active_while_it_is_signed_again(cast):
    plan = a_signed_plan(cast)
    say(plan, "who_i_am", "I build boats.", cast.sam)
    plan = new_version(plan, cast)
    assert (plan.state, plan.in_force.number, plan.version.number) == (Plan.State.ACTIVE, 1, 2)
    for name in ALL:
        signs(plan, getattr(cast, name))
    assert fresh(plan).in_force.number == 2


def test_how_far_the_work_is_asks_nobody(cast):
    plan = a_signed_plan(cast)
    set_item_state(item=plan.items.get(), state="done", by=cast.sam)
    assert not has_changed(fresh(plan), parts_of(plan))


def test_dropping_work_asks_again(cast):
    plan = a_signed_plan(cast)
    set_item_state(item=plan.items.get(), state="dropped", by=cast.sam)
    assert has_changed(fresh(plan), parts_of(plan))
    new_version(plan, cast)
    assert asked(plan) == {"student", "parent", "mentor", "adviser"}


def test_a_signature_on_an_earlier_version_is_never_touched(cast):
    plan = a_signed_plan(cast)
    before = list(plan.signatures.values("version__number", "user", "hash", "at"))
    say(plan, "who_i_am", "I build boats.", cast.sam)
    plan = new_version(plan, cast)
    signs(plan, cast.sam)
    assert list(plan.signatures.values("version__number", "user", "hash", "at"))[:4] == before


def test_a_version_activated_with_a_reason_can_still_be_signed(cast):
    plan = a_ready_plan(cast)
    activate(plan=plan, by=cast.ada, on=TODAY, at=LATER, reason="Holidays.")
    assert signs(plan, cast.rosa).version.number == 1


def test_what_changed_since_i_signed_is_filtered_to_what_i_may_see(cast, client):
    plan = a_signed_plan(cast)
    say(plan, "family", "We moved house.", cast.rosa)
    say(plan, "who_i_am", "I take boats apart.", cast.sam)
    client.force_login(cast.mo)
    page = client.get(f"/plans/{plan.pk}/changes/", follow=True).content.decode()
    assert "<ins>boats</ins>" in page and "<del>engines</del>" in page
    assert "moved house" not in page
    client.force_login(cast.rosa)
    assert "moved" in client.get(f"/plans/{plan.pk}/changes/", follow=True).content.decode()
