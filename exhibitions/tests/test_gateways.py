"""A gateway: what the school asks for, an exhibition that is one, what is met, the decision."""

import pytest

from bpl.tests.cast import NOW
from exhibitions.actions.gateways import GatewayError, check, decide, make_one, write_gateway
from exhibitions.models import Check, Decision, Exhibition, Gateway
from exhibitions.tests.factories import an_exhibition
from notices.models import Notice

ASKS = "Three exhibitions\n\n A project that helped somebody \nThree exhibitions"
ASKED = ["Three exhibitions", "A project that helped somebody"]


def a_gateway(cast) -> Gateway:
    return write_gateway(school=cast.school, name="End of grade 10", asks=ASKS, by=cast.lead)


def asked(exhibition) -> list[int]:
    return list(exhibition.requirements.values_list("pk", flat=True))


def test_a_lead_writes_what_is_asked(cast, client):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/gateways/"
    for _tap in range(2):
        client.post(address, {"name": "Graduation", "asks": ASKS})
    gateway = Gateway.objects.get()
    assert gateway.asks == "Three exhibitions\nA project that helped somebody"
    answer = client.post(address, {"name": "Graduation", "asks": "Something else"})
    assert "gateway of this name" in answer.content.decode() and "Something else" in answer.content.decode()
    client.post(f"{address}{gateway.pk}/", {"name": "Graduation", "asks": "A thesis"})
    gateway.refresh_from_db()
    assert gateway.asks == "A thesis"
    client.post(f"{address}{gateway.pk}/retire/")
    client.post(address, {"name": "Graduation", "asks": "Anew"})
    assert Gateway.objects.filter(retired_at=None).get().asks == "Anew"


def test_an_exhibition_keeps_what_was_asked(cast):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    write_gateway(
        school=cast.school, name="End of grade 10", asks="More", by=cast.lead, gateway=exhibition.gateway
    )  # fmt: skip
    assert [str(row) for row in exhibition.requirements.all()] == ASKED


def test_passing_needs_all_of_it(cast):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    first, second = asked(exhibition)
    check(exhibition=exhibition, answers={first: (True, "Fall, winter, spring"), 0: (True, "")}, by=cast.ada, now=NOW)
    said = {"exhibition": exhibition, "by": cast.ada, "now": NOW}
    with pytest.raises(GatewayError, match="Not met yet: A project that helped somebody"):
        decide(outcome="passed", words="", **said)
    with pytest.raises(GatewayError, match="still missing"):
        decide(outcome="not_yet", words="", **said)
    decide(outcome="not_yet", words="Help somebody", **said)
    check(exhibition=exhibition, answers={second: (True, "The ramp")}, by=cast.ada, now=NOW)
    for _tap in range(2):
        decide(outcome="passed", words="", **said)
    rows = Decision.objects.order_by("pk")
    assert [(row.outcome, row.replaced_at is None) for row in rows] == [("not_yet", False), ("passed", True)]
    assert Notice.objects.filter(user=cast.rosa, kind="exhibitions.decided").exists()
    with pytest.raises(GatewayError, match="stays one"):
        make_one(exhibition=exhibition, gateway=None, by=cast.ada)


def test_the_page_keeps_what_was_typed(cast, client):
    exhibition = an_exhibition(cast)
    client.force_login(cast.ada)
    base = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/"
    assert client.get(base + "decide/").status_code == 404
    client.post(base + "gateway/", {"gateway": a_gateway(cast).pk})
    first, _second = asked(Exhibition.objects.get())
    typed = {f"r{first}": "yes", f"r{first}-words": "All three", "outcome": "passed", "words": "Well done"}
    answer = client.post(base + "decide/", typed)
    shown = answer.content.decode()
    assert "Not met yet" in shown and "All three" in shown and "Well done" in shown
    assert Check.objects.get().words == "All three"
    client.force_login(cast.rosa)
    assert "All three" in client.get(base).content.decode()


def test_keeping_what_is_met_decides_nothing(cast, client):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    first, second = asked(exhibition)
    client.force_login(cast.ada)
    address = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/decide/"
    client.post(address, {f"r{first}": "yes", "outcome": "not_yet", "words": "So far", "do": "check"})
    assert Check.objects.count() == 1 and not Decision.objects.exists()
    answer = client.post(address, {f"r{second}-words": "The ramp", "do": "check"}).content.decode()
    assert "whether it is met" in answer and "The ramp" in answer
    # A page that was opened before says nothing anew of what it did not change.
    check(exhibition=exhibition, answers={first: (False, "One is missing")}, by=cast.lead, now=NOW)
    client.post(address, {f"r{first}": "yes", f"r{first}-words": "", f"r{first}-was": ["yes", ""], "do": "check"})
    assert Check.objects.standing().get().words == "One is missing"


def test_what_is_passed_is_not_unmet_behind_its_back(cast):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    answers = dict.fromkeys(asked(exhibition), (True, ""))
    check(exhibition=exhibition, answers=answers, by=cast.ada, now=NOW)
    decide(exhibition=exhibition, outcome="passed", words="", by=cast.ada, now=NOW)
    with pytest.raises(GatewayError, match="decided as passed"):
        check(exhibition=exhibition, answers={asked(exhibition)[0]: (False, "")}, by=cast.ada, now=NOW)


def test_a_mentor_reads_no_decision(cast, client):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    decide(exhibition=exhibition, outcome="not_yet", words="Secret reasons", by=cast.ada, now=NOW)
    for who, reads in ((cast.mo, False), (cast.rosa, True)):
        client.force_login(who)
        shown = client.get(f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/").content.decode()
        assert ("Secret reasons" in shown) == reads


def test_a_gateway_made_by_mistake_is_none_again(cast, client):
    exhibition = make_one(exhibition=an_exhibition(cast), gateway=a_gateway(cast), by=cast.ada)
    client.force_login(cast.ada)
    client.post(f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/gateway/", {"gateway": ""})
    exhibition.refresh_from_db()
    assert exhibition.gateway is None and not exhibition.requirements.exists()
