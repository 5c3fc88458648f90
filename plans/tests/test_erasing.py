"""Words that the law says must go are gone from versions, print and differences too; what was signed stays signed."""

import pytest

from audit.models import Event
from bpl.tests.cast import NOW, TODAY
from coedit.actions import erase, replace, write
from plans.actions.close import close_plan
from plans.actions.version import make_ready
from plans.content import seal
from plans.models import PlanVersion, Signature
from plans.tests.factories import LATER, a_ready_plan, fresh, signs

WORDS = "I take engines apart"


@pytest.fixture
def plan(cast):
    plan = a_ready_plan(cast)
    signs(plan, cast.sam)
    return fresh(plan)


def text_of(plan):
    return plan.sections.get(key="who_i_am").text


def test_no_page_shows_them_and_no_row_holds_them(cast, client, plan):
    replace(text=text_of(plan), markdown="I like boats.", by=cast.lead, now=LATER)
    client.force_login(cast.sam)
    for place in ("", "versions/1/", "versions/1/to/0/", "sign/", "print/"):
        assert WORDS not in client.get(f"/plans/{plan.pk}/{place}").content.decode()
    assert "was erased" in client.get(f"/plans/{plan.pk}/versions/1/").content.decode()
    assert WORDS not in str(PlanVersion.objects.values_list("content", flat=True).get())


def test_the_plan_goes_on_with_what_may_stay(cast, client, plan):
    replace(text=text_of(plan), markdown="I like boats.", by=cast.lead, now=LATER)
    text = text_of(plan)
    write(text=text, markdown="I like boats a lot.", base_id=text.last_update_id, by=cast.sam, now=LATER)
    client.force_login(cast.sam)
    assert "I like boats a lot." in client.get(f"/plans/{plan.pk}/").content.decode()


def test_the_seal_and_the_signature_still_hold(cast, plan):
    replace(text=text_of(plan), markdown="", by=cast.lead, now=LATER)
    version, signature = PlanVersion.objects.get(), Signature.objects.get()
    sections = [part for part in version.content["sections"] if part["key"] in signature.sections]
    assert version.is_intact and seal(version.content | {"sections": sections}) == signature.hash
    assert "salt" not in next(part for part in version.content["sections"] if part["key"] == "who_i_am")


def test_a_seal_breaks_where_anything_else_changes(cast, plan):
    version = plan.version
    version.content["items"][0]["evidence"] = "Something else"
    assert not version.is_intact
    version.refresh_from_db()
    version.content["sections"][0]["html"] = "<p>Something else</p>"
    assert not version.is_intact


def test_a_closed_plan_is_erased_too(cast, client, plan):
    close_plan(plan=plan, by=cast.ada, on=TODAY, at=LATER)
    erase(text=text_of(plan), by=cast.lead, now=LATER)
    client.force_login(cast.ada)
    page = client.get(f"/plans/{plan.pk}/print/").content.decode()
    assert WORDS not in page and "tide gauge" in page
    assert Event.objects.get(action="plans.words_erased").details["versions"] == [1]


def test_erasing_does_not_tell_which_words_by_their_hash(cast, plan):
    before = plan.version.role_hashes
    replace(text=text_of(plan), markdown="", by=cast.lead, now=LATER)
    after = PlanVersion.objects.get().role_hashes
    assert after.keys() == before.keys() and not set(after.values()) & set(before.values())


def test_signatures_hold_on_through_versions_that_were_the_same(cast, plan):
    """Sam's signature carries on to a version that changed only for others; erasing must not lose that."""
    signs(plan, cast.ada)
    write_family(cast, plan)
    make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)
    mentor = {version.role_hashes["mentor"] for version in plan.versions.all()}
    replace(text=text_of(plan), markdown="", by=cast.lead, now=LATER)
    assert len(mentor) == len({version.role_hashes["mentor"] for version in plan.versions.all()}) == 1


def write_family(cast, plan):
    text = plan.sections.get(key="family").text
    write(text=text, markdown="We eat late.", base_id=text.last_update_id, by=cast.rosa, now=LATER)
