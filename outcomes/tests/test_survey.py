"""Half a year, a year and two years after leaving somebody is asked how they are: where they said that they may be."""

import datetime
import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY
from internships.tests.factories import a_begun_placement
from notices.models import Email, Notice
from notices.tasks import send_waiting
from outcomes.actions import asking, consent
from outcomes.actions.leaving import say_how
from outcomes.actions.survey import answer
from outcomes.models import Destination, Survey
from outcomes.tasks import ask_alumni
from outcomes.tests.factories import HALF_A_YEAR_AGO, YES, a_destination, a_leaver, a_survey, asked
from rosters.actions.leaving import take_back
from schools.models import School

DAY = datetime.timedelta(days=1)
STUDIES = {
    "studies": "yes", "level": "two_year", "school": "Rivertown College", "course": "Welding",
    "studies_since": "2026-09-01", "works": "no",
}  # fmt: skip


def the_link(to="mine@example.org") -> str:
    """The newest link that was e-mailed; an e-mail that has gone keeps no words, the post office does."""
    waiting = Email.objects.filter(address=to).latest("pk").text
    text = waiting or next(one.body for one in reversed(mail.outbox) if one.to == [to])
    return re.search(r"/l/[\w-]+/", text)[0]


def opened(address) -> tuple[Client, str]:
    browser = Client()
    return browser, browser.get(address)["Location"]


def said(student_survey, **facts) -> dict:
    names = (
        "studies level school course studies_since works employer job hours works_since through placement finished "
        "credential given_by finished_on may_ask email words"
    ).split()
    return dict.fromkeys(names, "") | {"placement": None, "hours": None} | facts


def test_the_task_writes_in_the_schools_morning(cast, monkeypatch):
    a_survey(cast, consent=YES)
    night = datetime.datetime(2026, 11, 24, 11, 0, tzinfo=datetime.UTC)
    monkeypatch.setattr("django.utils.timezone.now", lambda: night)
    assert ask_alumni() == 0 and not mail.outbox
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)
    assert [ask_alumni() for _hour in range(2)] == [1, 0]
    send_waiting()
    (letter,) = mail.outbox
    assert letter.to == ["mine@example.org"] and letter.subject == "Omar, how are you? Riverside would like to know"
    assert "Hello Omar," in letter.body and "6 months ago you left Riverside." in letter.body
    assert re.search(r"/l/[\w-]+/", letter.body) and "works for 60 days" in letter.body
    assert "we should not ask again" in letter.body and "Providence" in letter.body
    assert letter.alternatives and "/l/" in letter.alternatives[0][0]


def test_it_is_in_the_language_of_the_person(cast):
    survey = a_survey(cast, consent=YES)
    cast.omar.language = "es"
    cast.omar.save()
    asked(survey)
    assert Email.objects.get(address="mine@example.org").person == cast.omar
    browser, page = opened(the_link())
    assert browser.get(page)["Content-Language"] == "es"


def test_nobody_is_asked_before_their_time_or_long_after(cast):
    survey = a_survey(cast, consent=YES)
    for days, count in ((-1, 0), (60, 0), (59, 1)):
        now = NOW + days * DAY
        assert asking.ask_due(school=cast.school, on=now.date(), now=now) == count
    assert Survey.objects.get(pk=survey.pk).asked_at == NOW + 59 * DAY


@pytest.mark.parametrize("consent", [None, YES | {"email": ""}])
def test_without_an_address_whoever_stays_in_touch_is_to_ask(cast, consent):
    survey = a_survey(cast, consent=consent)
    assert asked(survey) == 1 and not Link.objects.filter(purpose="alumni").exists()
    notice = Notice.objects.get(kind="outcomes.to_ask")
    assert notice.user == cast.ben and notice.title == "Ask Omar, who left the school, how they are"
    assert notice.url == reverse("outcomes:destinations", args=[survey.student_id])


def test_who_said_no_is_not_asked_by_anybody(cast):
    survey = a_survey(cast, consent={"may_ask": False})
    assert asked(survey) == 0 and not Notice.objects.filter(kind="outcomes.to_ask").exists()
    assert not Link.objects.filter(purpose="alumni").exists()


def test_where_nobody_stays_in_touch_the_leads_hear_of_it(cast):
    survey = a_survey(cast)
    survey.leaver.student.team.filter(role="alumni_contact").delete()
    asked(survey)
    assert {row.user for row in Notice.objects.filter(kind="outcomes.to_ask")} == {cast.lead, cast.coordinator}


def test_a_reminder_comes_once_and_with_a_new_link(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    first = the_link()
    assert asked(survey, NOW + 13 * DAY) == 0
    assert asked(survey, NOW + 14 * DAY) == 1
    assert [asked(survey, NOW + later * DAY) for later in (15, 28, 40)] == [0, 0, 0]
    assert the_link() != first and Client().get(first).status_code == 410
    assert Email.objects.filter(address="mine@example.org").latest("pk").subject == "Omar, how are you? Two minutes"


def test_opening_the_link_writes_nothing_and_shows_nothing_of_the_record(cast):
    survey = a_survey(cast, consent=YES)
    a_destination(cast)
    asked(survey)
    browser, page = opened(the_link())
    shown = browser.get(page).content.decode()
    assert "How are you, Omar?" in shown and Survey.objects.get(pk=survey.pk).answered_at is None
    for words in ("Rivertown", "Welding", "Haddad", "mine@example.org", "401 555"):
        assert words not in shown
    # The cookie of the link opens the link's own page, and no other.
    assert browser.get(reverse("outcomes:destinations", args=[survey.student_id])).status_code == 302


def test_an_answer_is_known_as_of_today_from_themselves(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    assert browser.post(page, STUDIES | {"words": "I like it."}).status_code == 302
    rows = Destination.objects.get()
    assert (rows.kind, rows.level, rows.where, rows.what, rows.starts_on, rows.said_on) == (
        "enrolled", "two_year", "Rivertown College", "Welding", datetime.date(2026, 9, 1), TODAY,
    )  # fmt: skip
    assert (rows.source, rows.confidence, rows.by, rows.survey, rows.words) == (
        "self", "certain", cast.omar, survey, "I like it.",
    )  # fmt: skip
    survey.refresh_from_db()
    assert survey.answered_at == NOW and survey.answers["school"] == "Rivertown College"
    assert survey.answers["studies_since"] == "2026-09-01"
    notice = Notice.objects.get(kind="outcomes.answered")
    assert notice.user == cast.ben and "Rivertown" not in notice.title + notice.body


def test_a_second_tap_is_thanked_and_changes_nothing(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    for _tap in range(2):
        browser.post(page, STUDIES)
    shown = browser.get(page).content.decode()
    assert "Thank you" in shown and "Rivertown" not in shown
    assert Destination.objects.count() == 1 and Notice.objects.filter(kind="outcomes.answered").count() == 1
    answer(survey=survey, said=said(survey, studies="no", works="no"), source="self", by=cast.omar, on=TODAY, now=NOW)
    assert Destination.objects.count() == 1


@pytest.mark.parametrize(
    ("answers", "kinds"),
    [
        ({"studies": "no", "works": "no"}, ["neither"]),
        ({"studies": "no", "works": "yes"}, ["work", "not_enrolled"]),
        ({"studies": "yes", "works": "yes", "level": "four_year"}, ["enrolled", "work"]),
        ({"works": "yes"}, ["work"]),
        ({"works": "no"}, None),
        ({}, None),
        ({"studies": "no", "finished": "yes", "credential": "GED"}, ["not_enrolled", "credential"]),
    ],
)
def test_what_is_made_of_the_answers(cast, answers, kinds):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    response = browser.post(page, answers)
    assert [row.kind for row in Destination.objects.order_by("pk")] == (kinds or [])
    assert (response.status_code == 302) is bool(kinds)
    if not kinds:
        assert "Please answer at least one" in response.content.decode()


def test_a_job_through_an_internship(cast):
    placement = a_begun_placement(cast)
    survey = a_survey(cast, "sam", on=TODAY, consent=YES)
    Survey.objects.filter(pk=survey.pk).update(due_on=TODAY)
    asked(survey)
    browser, page = opened(the_link())
    assert "Blackstone Boats" in browser.get(page).content.decode()
    job = {"works": "yes", "employer": "Blackstone Boats", "job": "Boat builder", "hours": "38"}
    wrong = browser.post(page, job | {"placement": placement.pk}).content.decode()
    assert "say yes, or choose none" in wrong and "Boat builder" in wrong
    browser.post(page, job | {"placement": placement.pk, "through": "yes", "works_since": "2026-11-01"})
    row = Destination.objects.get()
    assert (row.placement, row.through_internship, row.hours_a_week) == (placement, True, 38)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"studies_since": "2027-03-01"}, "It cannot begin after"),
        ({"level": ""}, "Please choose one."),
        ({"studies": "no"}, "say yes, or empty it"),
        ({"studies_since": "soon"}, "soon"),
    ],
)
def test_what_was_typed_stays_where_something_is_wrong(cast, wrong, words):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    shown = browser.post(page, STUDIES | {"words": "Hello!"} | wrong).content.decode()
    assert words in shown and "Hello!" in shown and "Rivertown College" in shown and "ask--open" in shown
    assert not Destination.objects.exists() and Survey.objects.get(pk=survey.pk).answered_at is None


def test_no_more_questions_please(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    browser.post(page, STUDIES | {"may_ask": "no"})
    last = survey.student.contact_consents.first()
    assert (last.may_ask, last.email, last.by) == (False, "", cast.omar)
    year = Survey.objects.get(leaver=survey.leaver, months=12)
    assert asked(year, datetime.datetime(2027, 5, 24, 15, 0, tzinfo=datetime.UTC)) == 0


def test_another_address_is_kept_for_the_next_time(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    browser, page = opened(the_link())
    browser.post(page, STUDIES | {"may_ask": "yes", "email": "new@example.org"})
    last = survey.student.contact_consents.first()
    assert (last.email, last.phone) == ("new@example.org", "401 555 0100")


@pytest.mark.parametrize("how", ["consent", "address", "leaving", "died"])
def test_the_link_ends(cast, how):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    address = the_link()
    browser, page = opened(address)
    if how == "consent":
        consent.say(student=survey.student, may_ask=False, by=cast.omar, on=TODAY, now=NOW)
    elif how == "address":
        consent.say(student=survey.student, may_ask=True, email="new@example.org", by=cast.ben, on=TODAY, now=NOW)
    elif how == "leaving":
        take_back(leaving=survey.student.leavings.get(), by=cast.lead, now=NOW)
    else:
        say_how(leaver=survey.leaver, how="died", by=cast.lead, on=TODAY, now=NOW)
    assert Client().get(address).status_code == 410
    assert browser.get(page).status_code == 410 and browser.post(page, STUDIES).status_code == 410
    assert not Destination.objects.exists()


def test_the_link_ends_after_sixty_days(cast, monkeypatch):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    address = the_link()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW + 60 * DAY)
    assert Client().get(address).status_code == 410


def test_another_links_cookie_does_not_open_it(cast):
    for name, email in (("omar", "mine@example.org"), ("kit", "kits@example.org")):
        asked(a_survey(cast, name, consent=YES | {"email": email}))
    browser, page = opened(the_link("kits@example.org"))
    _other, theirs = opened(the_link())
    assert page != theirs and browser.get(theirs).status_code == 302


def test_who_signs_in_answers_there(cast, client):
    survey = a_survey(cast, consent=YES)
    client.force_login(cast.omar)
    address = reverse("outcomes:survey", args=[survey.student_id, survey.pk])
    assert address in client.get(reverse("outcomes:destinations", args=[survey.student_id])).content.decode()
    for _tap in range(2):
        assert client.post(address, STUDIES).status_code == 302
    row = Destination.objects.get()
    assert (row.source, row.by) == ("self", cast.omar)
    assert address not in client.get(reverse("outcomes:destinations", args=[survey.student_id])).content.decode()


def test_who_asked_writes_it_down_for_them(cast, client):
    survey = a_survey(cast)
    client.force_login(cast.ben)
    client.post(reverse("outcomes:survey", args=[survey.student_id, survey.pk]), STUDIES)
    row = Destination.objects.get()
    assert (row.source, row.confidence, row.by) == ("adviser", "likely", cast.ben)
    assert not Notice.objects.filter(kind="outcomes.answered", user=cast.ben).exists()


def test_nobody_answers_for_another_or_before_the_time(cast, client):
    survey = a_survey(cast)
    client.force_login(cast.ben)
    later = Survey.objects.get(leaver=survey.leaver, months=12)
    assert client.get(reverse("outcomes:survey", args=[survey.student_id, later.pk])).status_code == 404
    client.force_login(cast.ada)
    assert client.get(reverse("outcomes:survey", args=[cast.student("sam").pk, survey.pk])).status_code == 404


def test_the_link_is_sent_at_once_where_somebody_wants_it(cast, client):
    survey = a_survey(cast)
    client.force_login(cast.ben)
    address = reverse("outcomes:survey_send", args=[survey.student_id, survey.pk])
    assert "there is no address" in client.post(address, follow=True).content.decode()
    consent.say(student=survey.student, may_ask=True, email="mine@example.org", by=cast.ben, on=TODAY, now=NOW)
    assert "The link is on its way." in client.post(address, follow=True).content.decode()
    assert opened(the_link())[1].startswith("/l/alumni/")
    assert Link.objects.get(purpose="alumni").created_by == cast.ben


def test_a_closed_account_gets_no_mail(cast):
    survey = a_survey(cast, consent=YES)
    cast.omar.closed_at, cast.omar.is_active = NOW, False
    cast.omar.save()
    asked(survey)
    assert not Email.objects.filter(address="mine@example.org").exists()
    assert Notice.objects.get(kind="outcomes.to_ask").user == cast.ben


def test_it_is_not_asked_of_those_who_left_another_school(cast):
    a_survey(cast, consent=YES)
    assert asking.ask_due(school=School.objects.get(pk=cast.other_school.pk), on=TODAY, now=NOW) == 0


def test_somebody_who_was_answered_for_is_not_reminded(cast):
    survey = a_survey(cast, consent=YES)
    asked(survey)
    answer(survey=survey, said=said(survey, works="yes"), source="adviser", by=cast.ben, on=TODAY, now=NOW)
    assert asked(survey, NOW + 14 * DAY) == 0
    assert HALF_A_YEAR_AGO < TODAY and a_leaver(cast) == survey.leaver
