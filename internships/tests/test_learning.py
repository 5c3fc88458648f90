import datetime
import re
import uuid

import pytest

from bpl.tests.cast import NOW, TODAY
from internships.actions.learning import LearningError, ask_for_feedback, give_feedback, log_visit, write_journal
from internships.actions.placements import end
from internships.contact import days_since_contact
from internships.models import Feedback, JournalEntry, Visit
from internships.tests.factories import FRIDAY, a_begun_placement
from mentors.models import OrganisationContact
from notices.models import Email, Notice

DAY = datetime.timedelta(days=1)


def page(placement):
    return f"/students/{placement.student_id}/internship/{placement.pk}/"


def written(placement, text="We sanded the hull.", date=TODAY, key=None):
    return write_journal(placement=placement, date=date, text=text, by=placement.student.user, now=NOW, key=key)


def test_a_day_is_written_about_once_for_each_form(cast):
    placement, key = a_begun_placement(cast), uuid.uuid4()
    assert written(placement, key=key) == written(placement, key=key)
    written(placement, "And the keel.", key=key)
    assert JournalEntry.objects.count() == 2


@pytest.mark.parametrize(
    ("date", "words"), [(TODAY + DAY, "has not begun"), (TODAY - DAY, "does not run on that day")]
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_and_the_words_stay(cast, client, date, words):
    placement = a_begun_placement(cast)
    client.force_login(cast.sam)
    said = {"date": date.isoformat(), "text": "We sanded the hull."}
    shown = client.post(f"{page(placement)}journal/", said).content.decode()
    assert words in shown and "We sanded the hull." in shown
    assert not JournalEntry.objects.exists()


def test_who_reads_a_journal(cast, client):
    placement = a_begun_placement(cast)
    written(placement, "The saw sings.")
    for person in (cast.sam, cast.rosa, cast.mo, cast.ada, cast.coordinator):
        client.force_login(person)
        assert "The saw sings." in client.get(page(placement)).content.decode(), person
    client.force_login(cast.specialist)
    assert "The saw sings." not in client.get(page(placement)).content.decode()


def test_a_mentor_reads_only_the_placements_of_their_own(cast, client):
    mine = a_begun_placement(cast)
    other = a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    client.force_login(cast.moira)
    assert client.get(page(other)).status_code == 200
    assert client.get(page(mine)).status_code == 404


def test_a_former_mentor_is_out_the_next_day_also_with_a_page_open(cast, client):
    placement = a_begun_placement(cast, "lena", mentor="moira", starts_on=TODAY - 30 * DAY)
    client.force_login(cast.moira)
    assert client.get(page(placement)).status_code == 200
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert client.get(page(placement)).status_code == 404
    assert client.post(f"{page(placement)}week/", {}).status_code == 404


def test_a_visit_is_the_organisation_s_contact_too_and_ends_the_silence(cast, client):
    placement = a_begun_placement(cast, starts_on=TODAY - 40 * DAY)
    address = f"/schools/{cast.school.pk}/not-contacted/"
    client.force_login(cast.ada)
    assert days_since_contact(placement, TODAY) == 40
    assert "Sam Okafor" in client.get(address).content.decode()
    said = {"kind": "no_answer", "at": TODAY.isoformat(), "note": "", "key": str(uuid.uuid4())}
    client.post(f"{page(placement)}visit/", said)
    assert days_since_contact(placement, TODAY) == 40
    key = str(uuid.uuid4())
    for _tap in range(2):
        client.post(f"{page(placement)}visit/", said | {"kind": "visit", "note": "Saw the hull.", "key": key})
    assert Visit.objects.count() == 2 and OrganisationContact.objects.count() == 2
    assert days_since_contact(placement, TODAY) == 0
    assert "Sam Okafor" not in client.get(address).content.decode()


def test_another_date_is_another_contact_also_from_the_same_form(cast, client):
    placement, key = a_begun_placement(cast, starts_on=TODAY - 40 * DAY), str(uuid.uuid4())
    client.force_login(cast.ada)
    for days in (0, 1):
        said = {"kind": "visit", "at": (TODAY - days * DAY).isoformat(), "note": "Saw the hull.", "key": key}
        client.post(f"{page(placement)}visit/", said)
    assert Visit.objects.count() == 2


def test_after_the_end_the_mentor_of_the_last_day_is_asked_and_their_words_on_goals_are_read(cast, client):
    placement = a_begun_placement(cast, starts_on=TODAY - 40 * DAY)
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    client.force_login(cast.ada)
    client.post(f"{page(placement)}feedback/ask/", {"stage": "end"})
    assert Email.objects.filter(person=cast.mo, text__contains="/l/").count() == 1
    give_feedback(
        placement=placement, stage="end", by=cast.mo, now=NOW, skills={}, goals={"empirical": "Measures twice."}
    )
    assert "Measures twice." in client.get(page(placement)).content.decode()


def test_a_visit_that_is_still_to_come_is_refused(cast):
    with pytest.raises(LearningError, match="still to come"):
        log_visit(placement=a_begun_placement(cast), kind="visit", at=NOW + DAY, by=cast.ada, now=NOW)


def given(placement, by, strengths="Careful with the plane.", stage="middle"):
    return give_feedback(
        placement=placement, stage=stage, by=by, now=NOW, skills={"punctual": 4}, goals={}, strengths=strengths
    )


def test_feedback_is_corrected_by_a_new_row(cast):
    placement = a_begun_placement(cast)
    first = given(placement, cast.mo)
    assert given(placement, cast.mo) == first
    second = given(placement, cast.mo, "Careful with the plane and the saw.")
    assert second.supersedes == first
    assert list(placement.feedback.filter(superseded_by__isnull=True)) == [second]
    told = set(Notice.objects.filter(kind="internships.feedback").values_list("user__username", flat=True))
    assert told == {"sam", "ada"}


def test_a_mentor_gives_it_by_a_link_that_acts_only_when_sent(cast, client):
    placement = a_begun_placement(cast)
    ask_for_feedback(placement=placement, stage="end", by=cast.ada, on=TODAY, now=NOW)
    token = re.search(r"/l/([\w-]+)/", Email.objects.get(person=cast.mo).text).group(1)
    address = client.get(f"/l/{token}/")["Location"]
    client.get(address)
    assert not Feedback.objects.exists()
    empty = client.post(address, {"stage": "end"}).content.decode()
    assert "Say at least one thing." in empty and not Feedback.objects.exists()
    client.post(address, {"stage": "end", "strengths": "Calm.", "skill_punctual": "5", "goal_empirical": "Measures."})
    found = Feedback.objects.get()
    assert (found.stage, found.skills, found.goals) == ("end", {"punctual": 5}, {"empirical": "Measures."})
    assert client.get(f"/l/{token}/").status_code == 410


def test_without_an_address_the_school_writes_down_what_was_said(cast):
    placement = a_begun_placement(cast)
    cast.mo.email = ""
    cast.mo.save()
    with pytest.raises(LearningError, match="no e-mail address"):
        ask_for_feedback(placement=placement, stage="end", by=cast.ada, on=TODAY, now=NOW)
