"""From a cleared call to the agreement: interview, shadow day, set-up meeting, each with its record."""

import datetime
import re

import pytest

from bpl.tests.cast import NOW, TODAY
from internships.actions.meeting import (
    MeetingError,
    arrange_interview,
    arrange_shadow_day,
    hold_set_up,
    host_says,
    interview_was,
    parent_says,
    student_says,
)
from internships.actions.pursuits import PursuitError
from internships.models import Pursuit, Rules
from internships.pipeline import stage_of
from internships.tests.factories import a_cleared_pursuit, a_pursuit, an_opportunity
from notices.models import Email, Notice
from schools.models import Closure
from schools.roles import Role

DAY = datetime.timedelta(days=1)
TIMES = {"from_time": datetime.time(9), "to_time": datetime.time(14)}
State = Pursuit.State


@pytest.fixture
def pursuit(cast):
    """Sam may call Mo's boatyard."""
    return a_cleared_pursuit(cast, opportunity=an_opportunity(cast, mentor=cast.mentorships["mo", "sam"].mentor))


def stage(pursuit, on=TODAY):
    return stage_of(Pursuit.objects.with_place().get(pk=pursuit.pk), Rules.of(pursuit.school), on)


def interviewed(cast, pursuit):
    arrange_interview(pursuit=pursuit, at=NOW + DAY, by=cast.sam, now=NOW, questions="How did you begin?")
    interview_was(pursuit=pursuit, happened=True, by=cast.sam, now=NOW + DAY, notes="With a canoe.")


def shadowed(cast, pursuit):
    shadow = arrange_shadow_day(pursuit=pursuit, date=TODAY + 2 * DAY, by=cast.sam, now=NOW + DAY, **TIMES)
    parent_says(pursuit=pursuit, permits=True, by=cast.rosa, now=NOW + DAY)
    host_says(pursuit=pursuit, yes=True, by=cast.mo, now=NOW + DAY)
    return shadow


def token(user):
    text = Email.objects.filter(person=user, text__contains="/l/").latest("pk").text
    return re.search(r"/l/([\w-]+)/", text).group(1)


def test_each_state_has_its_owner_and_its_next_step(cast, pursuit):
    seen = [stage(pursuit)]
    arrange_interview(pursuit=pursuit, at=NOW + DAY, by=cast.sam, now=NOW)
    seen.append(stage(pursuit))
    interview_was(pursuit=pursuit, happened=True, by=cast.sam, now=NOW + DAY, notes="With a canoe.")
    seen.append(stage(pursuit))
    arrange_shadow_day(pursuit=pursuit, date=TODAY + 2 * DAY, by=cast.sam, now=NOW + DAY, **TIMES)
    seen.append(stage(pursuit))
    parent_says(pursuit=pursuit, permits=True, by=cast.rosa, now=NOW + DAY)
    seen.append(stage(pursuit))
    host_says(pursuit=pursuit, yes=True, by=cast.mo, now=NOW + DAY)
    later = NOW + 3 * DAY
    student_says(pursuit=pursuit, yes=True, reflection="I want to.", by=cast.sam, now=later)
    seen.append(stage(pursuit, TODAY + 3 * DAY))
    host_says(pursuit=pursuit, yes=True, by=cast.mo, now=later)
    seen.append(stage(pursuit))
    hold_set_up(pursuit=pursuit, held_on=TODAY + 3 * DAY, by=cast.ada, now=later, who="all", goals="a skiff")
    seen.append(stage(pursuit))
    assert [(one.state, one.owner) for one in seen] == [
        (State.CLEARED, Role.STUDENT), (State.INTERVIEW, Role.STUDENT), (State.SHADOW, Role.STUDENT),
        (State.SHADOW, Role.PARENT), (State.SHADOW, Role.MENTOR), (State.SHADOW, Role.MENTOR),
        (State.SET_UP, Role.ADVISER), (State.READY, Role.COORDINATOR),
    ]  # fmt: skip
    assert all(one.next_step and one.words for one in seen)


def test_who_has_called_keeps_the_place(cast, pursuit):
    arrange_interview(pursuit=pursuit, at=NOW + DAY, by=cast.sam, now=NOW)
    assert stage(pursuit, TODAY + 60 * DAY).state == State.INTERVIEW
    other = a_pursuit(cast, "lena", opportunity=pursuit.opportunity)
    assert pursuit in pursuit.opportunity.pursuits.cleared(TODAY + 60 * DAY)
    assert other not in pursuit.opportunity.pursuits.cleared(TODAY)


def test_a_school_leaves_steps_out(cast, pursuit):
    Rules.objects.create(school=cast.school, interview_step=False, setup_step=False)
    shadow = shadowed(cast, pursuit)
    student_says(pursuit=pursuit, yes=True, reflection="Yes.", by=cast.sam, now=NOW + 3 * DAY)
    host_says(pursuit=pursuit, yes=True, by=cast.mo, now=NOW + 3 * DAY)
    assert stage(pursuit).state == State.READY and shadow.pk


def test_an_interview_that_did_not_happen_is_followed_by_another(cast, pursuit):
    arrange_interview(pursuit=pursuit, at=NOW + DAY, by=cast.sam, now=NOW)
    interview_was(pursuit=pursuit, happened=False, by=cast.sam, now=NOW + DAY)
    assert "arrange" in stage(pursuit).next_step
    arrange_interview(pursuit=pursuit, at=NOW + 3 * DAY, by=cast.sam, now=NOW + DAY)
    assert pursuit.interviews.count() == 2


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"date": TODAY - DAY}, "That day is over"), ({"date": TODAY}, "before the interview"),
        ({"to_time": datetime.time(9)}, "end is before the start"), ({"date": TODAY + 3 * DAY}, "closed on .*: Snow"),
    ],
)  # fmt: skip
def test_a_shadow_day_that_cannot_be_is_said_in_words(cast, pursuit, values, words):
    arrange_interview(pursuit=pursuit, at=NOW + DAY, by=cast.sam, now=NOW)
    Closure.objects.create(school=cast.school, name="Snow", starts_on=TODAY + 3 * DAY, ends_on=TODAY + 4 * DAY)
    facts = TIMES | {"date": TODAY + 2 * DAY} | values
    with pytest.raises(MeetingError, match=words):
        arrange_shadow_day(pursuit=pursuit, by=cast.sam, now=NOW, **facts)


def test_parent_and_host_are_asked_and_the_host_s_link_acts_only_when_sent(cast, client, pursuit):
    interviewed(cast, pursuit)
    shadow = arrange_shadow_day(pursuit=pursuit, date=TODAY + 2 * DAY, by=cast.sam, now=NOW, **TIMES)
    assert [notice.user for notice in Notice.objects.filter(kind="internships.shadow_day")] == [cast.rosa]
    secret = token(cast.mo)
    address = client.get(f"/l/{secret}/")["Location"]
    client.get(address)
    shadow.refresh_from_db()
    assert shadow.host_permits is None
    assert "Say why not" in client.post(address, {"yes": "no", "words": ""}).content.decode()
    client.post(address, {"yes": "yes", "words": "Bring gloves."})
    shadow.refresh_from_db()
    assert shadow.host_permits and shadow.host_by == cast.mo
    assert client.get(f"/l/{secret}/").status_code == 410


def test_a_no_of_either_side_ends_it_with_its_words(cast, pursuit):
    interviewed(cast, pursuit)
    shadowed(cast, pursuit)
    student_says(pursuit=pursuit, yes=False, reflection="Too loud for me.", by=cast.sam, now=NOW + 3 * DAY)
    pursuit.refresh_from_db()
    assert (pursuit.ending, pursuit.end_words) == ("given_up", "Too loud for me.")
    with pytest.raises((MeetingError, PursuitError)):
        host_says(pursuit=pursuit, yes=True, by=cast.mo, now=NOW + 3 * DAY)


def test_without_permission_at_home_it_ends(cast, pursuit):
    interviewed(cast, pursuit)
    arrange_shadow_day(pursuit=pursuit, date=TODAY + 2 * DAY, by=cast.sam, now=NOW, **TIMES)
    parent_says(pursuit=pursuit, permits=False, by=cast.rosa, now=NOW)
    pursuit.refresh_from_db()
    assert pursuit.ending == "no_permit"


def test_nobody_says_how_a_day_was_that_is_still_to_come(cast, pursuit):
    interviewed(cast, pursuit)
    shadowed(cast, pursuit)
    with pytest.raises(MeetingError, match="still to come"):
        student_says(pursuit=pursuit, yes=True, reflection="Yes.", by=cast.sam, now=NOW + DAY)
    with pytest.raises(MeetingError, match="still to come"):
        host_says(pursuit=pursuit, yes=True, by=cast.mo, now=NOW + DAY)


def test_the_page_keeps_what_was_typed(cast, client, pursuit):
    client.force_login(cast.sam)
    address = f"/students/{pursuit.student_id}/places/{pursuit.pk}/"
    said = {"date": "2020-01-07", "time": "15:00", "questions": "How did you begin?"}
    shown = client.post(f"{address}interview/", said).content.decode()
    assert "That is in the past" in shown and "How did you begin?" in shown
    client.post(f"{address}interview/", said | {"date": (TODAY + DAY).isoformat()})
    assert pursuit.interviews.count() == 1
    assert "What did you hear?" in client.get(f"{address}meeting/").content.decode()
