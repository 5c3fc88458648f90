"""A narrative starts from the term's facts, is written by two, read by a second adult, released, opened, corrected."""

import datetime

import pytest
from django.test import Client

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY, person
from coedit.actions import TextError, replace, write
from coedit.models import Text
from exhibitions.actions.exhibitions import ExhibitionError, put_in
from exhibitions.actions.judging import NOT_ENOUGH, JudgingError, Saying, agree, correct, is_frozen
from exhibitions.actions.narrative import NarrativeError, accept, ask_for_proof, begin, give_back, opened, release
from exhibitions.actions.narrative import correct as begin_correction
from exhibitions.models import Narrative, Opening, Remark
from exhibitions.tests.factories import (
    a_link,
    a_narrative,
    an_exhibition,
    criteria,
    levels,
    link_sent_to,
    rated,
    seat_of,
)
from exhibitions.together import together
from notices.models import Email, Notice
from plans.actions.items import set_item_state
from plans.tests.factories import a_plan, an_item
from students.actions.family import add_guardian, change_rights

HOUR = datetime.timedelta(hours=1)


def page(exhibition, rest=""):
    return f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/narrative/{rest}"


def judged(cast):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.sam, rank=2)
    rated(exhibition, cast.ada, rank=3)
    proficient = str(levels(exhibition)[2].pk)
    agree(
        exhibition=exhibition, judgements={row.pk: proficient for row in criteria(exhibition).values()},
        words={criteria(exhibition)["communication"].pk: "Clear to the very end"},
        seats=[seat_of(exhibition, cast.ada).pk], by=cast.ada, now=NOW,
    )  # fmt: skip
    return exhibition


def text_of(narrative) -> Text:
    return Text.objects.get(pk=narrative.text_id)


def test_it_begins_with_the_facts_of_the_term(cast):
    plan = a_plan(cast)
    done = an_item(plan, "Draw the hull *to scale*")
    an_item(plan, "Cut the planks")
    set_item_state(item=done, state="done", by=cast.sam)
    exhibition = judged(cast)
    ada = seat_of(exhibition, cast.ada)
    correct(seat=ada, sayings=[Saying("commendation", None, "You asked\nthe harbour master")], device="a", now=NOW)
    narrative = begin(exhibition=exhibition, by=cast.ada, now=NOW)
    assert begin(exhibition=exhibition, by=cast.sam, now=NOW) == narrative
    plain = text_of(narrative).plain
    for words in (
        "What was done", "Draw the hull *to scale*", "What is not finished", "Cut the planks",
        "Communication: Proficient. Clear to the very end", "You asked the harbour master", "what comes next",
    ):  # fmt: skip
        assert words in plain, words
    assert "At the internship" not in plain


def test_nobody_of_the_family_reads_it_before_it_is_released(cast, client):
    narrative = a_narrative(cast, judged(cast))
    client.force_login(cast.grandma)
    answer = client.get(page(narrative.exhibition)).content.decode()
    assert "It is not there to read yet." in answer and "built a boat" not in answer
    client.force_login(cast.mo)
    assert client.get(page(narrative.exhibition)).status_code == 403
    client.force_login(cast.sam)
    assert "built a boat" in client.get(page(narrative.exhibition)).content.decode()


def test_a_second_adult_gives_it_back_or_accepts_it(cast):
    narrative = a_narrative(cast, judged(cast))
    with pytest.raises(NarrativeError, match="asked for a second reader"):
        accept(narrative=narrative, mark=text_of(narrative).last_update_id, by=cast.lead, on=TODAY, now=NOW)
    with pytest.raises(NarrativeError, match="second adult"):
        release(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
    for _tap in range(2):
        ask_for_proof(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
    assert narrative.proofs.count() == 1
    assert Notice.objects.filter(user=cast.lead, kind="exhibitions.proof_asked").count() == 1
    assert not Notice.objects.filter(user=cast.rosa).filter(kind__startswith="exhibitions.proof").exists()
    # Who wrote in it is no second reader.
    with pytest.raises(NarrativeError, match="written in it yourself"):
        accept(narrative=narrative, mark=text_of(narrative).last_update_id, by=cast.ada, on=TODAY, now=NOW)
    with pytest.raises(NarrativeError):
        give_back(narrative=narrative, words=" ", by=cast.lead, on=TODAY, now=NOW)
    give_back(narrative=narrative, words="Say what comes next", by=cast.lead, on=TODAY, now=NOW)
    assert Notice.objects.filter(user=cast.sam, kind="exhibitions.proof_returned").exists()
    ask_for_proof(narrative=narrative, by=cast.sam, on=TODAY, now=NOW)
    seen = text_of(narrative).last_update_id
    write(text=text_of(narrative), markdown="All new", base_id=seen, by=cast.sam, now=NOW)
    with pytest.raises(NarrativeError, match="changed while you read"):
        accept(narrative=narrative, mark=seen, by=cast.lead, on=TODAY, now=NOW)
    accept(narrative=narrative, mark=text_of(narrative).last_update_id, by=cast.lead, on=TODAY, now=NOW)
    text = text_of(narrative)
    write(text=text, markdown="All newer", base_id=text.last_update_id, by=cast.sam, now=NOW)
    with pytest.raises(NarrativeError, match="changed since it was accepted"):
        release(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)


def test_released_it_is_frozen_with_its_ratings(cast, client):
    narrative = a_narrative(cast, judged(cast), released=True)
    exhibition = narrative.exhibition
    assert is_frozen(exhibition)
    with pytest.raises(TextError):
        write(text=text_of(narrative), markdown="x", base_id=0, by=cast.sam, now=NOW)
    ada = seat_of(exhibition, cast.ada)
    topic = criteria(exhibition)["motivation"]
    with pytest.raises(JudgingError, match="released"):
        correct(seat=ada, sayings=[Saying(f"c{topic.pk}", NOT_ENOUGH)], device="a", now=NOW)
    with pytest.raises(JudgingError, match="released"):
        agree(exhibition=exhibition, judgements={topic.pk: NOT_ENOUGH}, words={}, seats=[], by=cast.ada, now=NOW)
    assert release(narrative=narrative, by=cast.ada, on=TODAY, now=NOW + HOUR).released_at == NOW
    for who in (cast.sam, cast.rosa):
        assert Notice.objects.filter(user=who, kind="exhibitions.released").count() == 1
    client.force_login(cast.rosa)
    answer = client.get(page(exhibition)).content.decode()
    assert "built a boat" in answer and "Proficient" in answer


def test_who_of_the_family_opened_it_is_known(cast, client):
    narrative = a_narrative(cast, judged(cast), released=True)
    for user in (cast.rosa, cast.rosa, cast.lead, cast.sam):
        client.force_login(user)
        client.get(page(narrative.exhibition))
    assert [(row.user, row.way) for row in Opening.objects.all()] == [(cast.rosa, "page")]
    client.force_login(cast.ada)
    shown = client.get(page(narrative.exhibition)).content.decode()
    assert "Rosa Okafor" in shown and "not opened yet" in shown
    client.post(page(narrative.exhibition, f"given/{cast.grandma.pk}/"), {"do": "paper"})
    assert Opening.objects.get(user=cast.grandma).way == "paper"
    # Dan is barred from Sam.
    assert client.post(page(narrative.exhibition, f"given/{cast.dan.pk}/"), {"do": "paper"}).status_code == 404


def test_a_parent_without_an_account_opens_it_by_a_link(cast):
    uncle = person("uncle", "Obi", "Okafor")
    add_guardian(student=cast.student("sam"), user=uncle, relation="other", rights="signs", by=cast.lead, on=TODAY)
    narrative = a_narrative(cast, judged(cast), released=True)
    link = Link.objects.get(user=uncle, purpose="narrative")
    text = Email.objects.get(key=f"link:{link.pk}").text
    address = next(line for line in text.splitlines() if "/l/" in line).partition("//")[2].partition("/")[2]
    browser = Client()
    there = browser.get("/" + address)["Location"]
    first = browser.get(there)
    assert "built a boat" not in first.content.decode()
    assert not Opening.objects.exists()
    assert "built a boat" in browser.post(there).content.decode()
    assert browser.post(there, {"do": "pdf"}).content[:5] == b"%PDF-"
    assert [(row.user, row.way) for row in Opening.objects.all()] == [(uncle, "link")]
    assert Client().get(there).status_code == 302
    # A correction's link takes its place.
    fixed = begin_correction(narrative=narrative, reason="A wrong date", by=cast.ada, now=NOW)
    ask_for_proof(narrative=fixed, by=cast.ada, on=TODAY, now=NOW)
    accept(narrative=fixed, mark=text_of(fixed).last_update_id, by=cast.lead, on=TODAY, now=NOW)
    release(narrative=fixed, by=cast.ada, on=TODAY, now=NOW)
    assert browser.get(there).status_code == 410
    newest = Link.objects.get(user=uncle, purpose="narrative", revoked_at=None)
    assert newest.subject == str(fixed.pk)
    # Off the team, the link opens nothing.
    there = browser.get(link_sent_to(uncle))["Location"]
    assert browser.get(there).status_code == 200
    guardianship = cast.student("sam").guardianships.get(user=uncle)
    change_rights(guardianship=guardianship, rights="barred", by=cast.lead, on=TODAY)
    assert browser.get(there).status_code == 404 and browser.post(there).status_code == 404


def test_an_error_is_corrected_by_another_release_and_both_are_kept(cast, client):
    first = a_narrative(cast, judged(cast), released=True)
    exhibition = first.exhibition
    client.force_login(cast.ada)
    answer = client.post(page(exhibition, "correct/"), {"words": " "})
    assert answer.status_code == 200 and Narrative.objects.count() == 1
    for _tap in range(2):
        client.post(page(exhibition, "correct/"), {"words": "Ada misheard"})
    second = Narrative.objects.get(number=2)
    assert text_of(second).plain == text_of(first).plain
    # Until it is released, the family reads the first.
    later = NOW + HOUR
    topic = criteria(exhibition)["motivation"]
    agree(
        exhibition=exhibition, judgements={topic.pk: str(levels(exhibition)[3].pk)}, words={},
        seats=[seat_of(exhibition, cast.ada).pk], by=cast.ada, now=later,
    )  # fmt: skip
    client.force_login(cast.grandma)
    shown = client.get(page(exhibition)).content.decode()
    assert "Accomplished" not in shown and "built a boat" in shown
    write(
        text=text_of(second), markdown="Sam has built two boats.", base_id=text_of(second).last_update_id, by=cast.sam,
        now=later,
    )  # fmt: skip
    ask_for_proof(narrative=second, by=cast.ada, on=TODAY, now=later)
    accept(narrative=second, mark=text_of(second).last_update_id, by=cast.lead, on=TODAY, now=later)
    release(narrative=second, by=cast.ada, on=TODAY, now=later)
    newest, before = (client.get(page(exhibition, rest)).content.decode() for rest in ("", "1/"))
    assert "two boats" in newest and "Accomplished" in newest and "Ada misheard" in newest
    assert "built a boat" in before and "Accomplished" not in before
    for moment, rank in ((NOW, 3), (later, 4)):
        line = next(one for one in together(exhibition, as_of=moment).lines if one.criterion == topic)
        assert line.agreed.level.rank == rank


def test_the_family_reads_no_draft_of_what_is_released(cast, client):
    narrative = a_narrative(cast, judged(cast), words="About my father.")
    text = text_of(narrative)
    write(text=text, markdown="About the boat.", base_id=text.last_update_id, by=cast.sam, now=NOW)
    ask_for_proof(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
    accept(narrative=narrative, mark=text_of(narrative).last_update_id, by=cast.lead, on=TODAY, now=NOW)
    release(narrative=narrative, by=cast.ada, on=TODAY, now=NOW)
    client.force_login(cast.rosa)
    assert "About the boat." in client.get(page(narrative.exhibition)).content.decode()
    history = f"/texts/{narrative.text_id}/history/"
    assert "my father" not in client.get(history).content.decode()
    for update in text.updates.values_list("pk", flat=True):
        assert "my father" not in client.get(f"{history}{update}/").content.decode()


def test_it_is_begun_after_the_exhibition_by_who_has_rated(cast):
    exhibition = an_exhibition(cast)
    rated(exhibition, cast.sam)
    with pytest.raises(NarrativeError, match="after the exhibition"):
        begin(exhibition=exhibition, by=cast.sam, now=NOW)
    rated(exhibition, cast.mo)
    with pytest.raises(NarrativeError, match="own rating first"):
        begin(exhibition=exhibition, by=cast.ada, now=NOW)
    assert begin(exhibition=exhibition, by=cast.sam, now=NOW).number == 1


def test_what_was_released_stays_as_it_was_shown(cast, client):
    narrative = a_narrative(cast, judged(cast), released=True)
    exhibition = narrative.exhibition
    with pytest.raises(ExhibitionError, match="stays as it was shown"):
        put_in(exhibition=exhibition, evidence=a_link(cast), by=cast.sam)
    client.force_login(cast.sam)
    base = f"/students/{exhibition.student_id}/exhibitions/{exhibition.pk}/"
    answer = client.post(base + "name/", {"title": "Something else"}, follow=True).content.decode()
    assert "stays as it was shown" in answer
    exhibition.refresh_from_db()
    assert exhibition.title == "" and exhibition.outline.is_frozen


def test_a_correction_can_be_dropped(cast, client):
    first = a_narrative(cast, judged(cast), released=True)
    exhibition = first.exhibition
    begin_correction(narrative=first, reason="A wrong date", by=cast.ada, now=NOW)
    assert not is_frozen(exhibition)
    client.force_login(cast.ada)
    for _tap in range(2):
        client.post(page(exhibition, "drop/"))
    assert Narrative.objects.get() == first
    assert is_frozen(exhibition)


def test_words_can_be_erased_from_a_release(cast, client):
    narrative = a_narrative(cast, judged(cast), released=True)
    replace(text=text_of(narrative), markdown="What may stay", by=cast.lead, now=NOW)
    client.force_login(cast.rosa)
    shown = client.get(page(narrative.exhibition)).content.decode()
    assert "What may stay" in shown and "built a boat" not in shown


def test_the_pdf_says_what_the_page_says(cast, client):
    from pypdfium2 import PdfDocument

    narrative = a_narrative(cast, judged(cast), released=True)
    client.force_login(cast.rosa)
    answer = client.get(page(narrative.exhibition, "1/narrative.pdf"))
    words = " ".join(PdfDocument(answer.content)[0].get_textpage().get_text_bounded().split())
    assert "Sam has built a boat." in words and "Proficient" in words
    assert not Remark.objects.exists()
    opened(narrative=narrative, user=cast.rosa, way="page", by=cast.rosa, now=NOW)
