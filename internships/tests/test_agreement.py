"""The agreement: short forms one after the other, by link for those outside; opening a link never acts."""

import datetime
import re

import pytest
from django.core import mail

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY
from internships.actions.agreement import ask_again, fill, prepare
from internships.actions.placements import PlacementError, begin
from internships.agreeing import delivery, last_time, unfinished
from internships.models import AgreementForm, Rules
from internships.tests.factories import FRIDAY, a_check, a_placement
from notices.models import Email, Notice

DAY = datetime.timedelta(days=1)
EMPLOYER = {
    "contact_name": "Mo", "contact_phone": "401 555 0100", "insured": "on", "insurer": "Harbor Mutual 77-1",
    "insured_until": "2027-08-31", "safe": "on", "risks": "The saw: only with Mo.", "agrees": "yes", "words": "",
}  # fmt: skip
PARENT = {
    "emergency_name": "Rosa", "emergency_phone": "401 555 0199", "transport": "bus 54", "note": "", "agrees": "yes",
    "words": "",
}  # fmt: skip
STUDENT = {"on_time": "on", "calls": "on", "safely": "on", "hopes": "To sand a hull.", "agrees": "yes", "words": ""}
YES, NO = {"agrees": "yes", "words": ""}, {"agrees": "no", "words": "Not on Tuesdays, please."}


@pytest.fixture
def placement(cast):
    found = a_placement(cast)
    prepare(placement=found, by=cast.coordinator, on=TODAY, now=NOW)
    return found


def form_of(placement, kind) -> AgreementForm:
    return placement.forms.select_related("person").get(kind=kind)


def token_for(user) -> str:
    text = Email.objects.filter(person=user, text__contains="/l/").latest("pk").text
    return re.search(r"/l/([\w-]+)/", text).group(1)


def opened(client, user) -> str:
    return client.get(f"/l/{token_for(user)}/")["Location"]


def page_of(placement, form=None):
    page = f"/students/{placement.student_id}/internship/{placement.pk}/agreement/"
    return f"{page}{form.pk}/" if form else page


def states(placement):
    return [(form.kind, form.state) for form in placement.forms.all()]


def test_one_after_the_other_each_by_their_own_way(cast, client, placement):
    a_check(cast, cast.mo)
    page = opened(client, cast.mo)
    assert client.post(page, EMPLOYER).status_code == 200
    for person, kind, said in (
        (cast.rosa, "parent", PARENT), (cast.sam, "student", STUDENT), (cast.ada, "adviser", YES),
        (cast.coordinator, "coordinator", YES),
    ):  # fmt: skip
        form = form_of(placement, kind)
        assert form.state == "asked", kind
        if kind == "parent":
            # Rosa has no password in this cast: she does hers by link, too.
            page = opened(client, person)
            assert client.post(page, said).status_code == 200
        else:
            client.force_login(person)
            assert client.post(page_of(placement, form), said).status_code == 302
            client.logout()
    assert {state for _kind, state in states(placement)} == {"done"}
    assert begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW).begun_at


def test_it_does_not_begin_while_somebody_has_not_agreed(cast, placement):
    a_check(cast, cast.mo)
    with pytest.raises(PlacementError, match="the agreement still lacks the place, a parent, the student"):
        begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)


def test_a_small_school_leaves_the_forms_out(cast):
    Rules.objects.create(
        school=cast.school, form_employer=False, form_parent=False, form_student=False, form_adviser=False,
        form_coordinator=False, needs_background=False,
    )  # fmt: skip
    assert begin(placement=a_placement(cast), by=cast.coordinator, on=TODAY, now=NOW).begun_at


def test_opening_the_link_changes_nothing_however_often(cast, client, placement):
    before = states(placement), Link.objects.values_list("pk", "used_at")[0], Email.objects.count()
    for _scanner in range(3):
        client.get(opened(client, cast.mo))
    assert (states(placement), Link.objects.values_list("pk", "used_at")[0], Email.objects.count()) == before


def test_a_used_link_says_so_and_changes_nothing(cast, client, placement):
    token, page = token_for(cast.mo), opened(client, cast.mo)
    client.post(page, EMPLOYER)
    answer = client.get(f"/l/{token}/")
    assert answer.status_code == 410
    assert client.post(page, NO).status_code in (302, 410)
    assert form_of(placement, "employer").state == "done"


def test_what_lacks_is_said_beside_it_and_nothing_typed_is_lost(cast, client, placement):
    page = opened(client, cast.mo)
    text = client.post(page, EMPLOYER | {"insured": "", "insured_until": "soon"}).content.decode()
    assert "This is needed where you agree." in text and "Harbor Mutual 77-1" in text and "soon" in text
    assert form_of(placement, "employer").state == "asked"


def test_a_no_stops_the_chain_until_it_is_asked_again(cast, client, placement):
    client.post(opened(client, cast.mo), NO)
    form = form_of(placement, "employer")
    assert (form.state, form.refuse_words) == ("refused", "Not on Tuesdays, please.")
    assert Notice.objects.filter(kind="internships.agreement_refused", user=cast.coordinator).count() == 1
    assert form_of(placement, "parent").state == "later"
    ask_again(form=form, by=cast.coordinator, on=TODAY, now=NOW)
    client.post(opened(client, cast.mo), EMPLOYER)
    assert form_of(placement, "parent").state == "asked"


def test_a_no_without_words_is_asked_why(cast, client, placement):
    text = client.post(opened(client, cast.mo), NO | {"words": " "}).content.decode()
    assert "Say what would have to be different." in text


def test_a_letter_that_did_not_arrive_is_shown_corrected_and_sent_again(cast, client, placement):
    form = form_of(placement, "employer")
    assert not delivery(form, NOW).is_broken
    link = Link.objects.get(subject=str(form.pk), purpose="agreement")
    Email.objects.filter(key=f"link:{link.pk}").update(given_up_at=NOW, text="", html="")
    assert "could not be delivered" in delivery(form, NOW).words
    client.force_login(cast.coordinator)
    assert "could not be delivered" in client.get(page_of(placement)).content.decode()
    client.post(f"{page_of(placement, form)}again/", {"email": "mo@boats.example"})
    form = form_of(placement, "employer")
    assert form.person.email == "mo@boats.example" and not delivery(form, NOW).is_broken
    assert Email.objects.latest("pk").address == "mo@boats.example"
    link.refresh_from_db()
    assert link.revoked_at


def test_a_link_that_is_too_old_is_shown_to_the_coordinator(cast, placement):
    form = form_of(placement, "employer")
    assert delivery(form, NOW + 31 * DAY).is_broken


def test_somebody_without_an_address_is_named_and_done_on_paper(cast, client):
    cast.mo.email = ""
    cast.mo.save()
    placement = a_placement(cast)
    prepare(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
    form = form_of(placement, "employer")
    assert "has no e-mail address" in delivery(form, NOW).words
    client.force_login(cast.ada)
    client.post(page_of(placement, form), EMPLOYER)
    form.refresh_from_db()
    assert form.on_paper and form.done_by == cast.ada


def test_a_place_that_hosted_lately_finds_its_form_filled(cast, client, placement):
    client.post(opened(client, cast.mo), EMPLOYER)
    other = a_placement(cast, "lena", on=(FRIDAY,))
    prepare(placement=other, by=cast.coordinator, on=TODAY, now=NOW)
    assert "Harbor Mutual 77-1" in client.get(opened(client, cast.mo)).content.decode()
    assert last_time(form_of(other, "employer"), NOW + 600 * DAY) == {}


def test_a_form_twice_is_one(cast, placement):
    form = form_of(placement, "employer")
    fill(form=form, by=cast.mo, now=NOW, answers={"contact_name": "Mo"})
    fill(form=form, by=cast.mo, now=NOW + DAY, answers={"contact_name": "Somebody"})
    form.refresh_from_db()
    assert form.answers == {"contact_name": "Mo"} and form.done_at == NOW


def test_england_asks_the_place_for_safeguarding(cast, client):
    client.force_login(cast.lead)
    client.post(f"/schools/{cast.school.pk}/internship-rules/ready/", {"system": "england"})
    rules = Rules.of(cast.school)
    assert rules.needed == ["background", "liability", "safety", "risk"] and rules.asks_safeguarding
    placement = a_placement(cast)
    prepare(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
    client.logout()
    text = client.post(opened(client, cast.mo), EMPLOYER).content.decode()
    assert "This is needed where you agree." in text


def test_another_parent_does_not_read_what_the_first_wrote(cast, client, placement):
    client.post(opened(client, cast.mo), EMPLOYER)
    client.post(opened(client, cast.rosa), PARENT)
    client.force_login(cast.grandma)
    assert "bus 54" not in client.get(page_of(placement)).content.decode()
    client.force_login(cast.ada)
    assert "bus 54" in client.get(page_of(placement)).content.decode()


def test_a_kind_for_which_there_is_nobody_is_not_asked_for(cast):
    placement = a_placement(cast, "lena")
    assert "parent" not in unfinished(placement, Rules.of(cast.school), TODAY)
    assert not mail.outbox
