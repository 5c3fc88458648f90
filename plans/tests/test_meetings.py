import datetime

import pytest
from icalendar import Calendar

from bpl.tests.cast import NOW, TODAY
from notices.models import Notice
from plans.actions.hold import PlanError
from plans.actions.meetings import Arrangement, call_meeting, note_who_came
from plans.models import Meeting
from plans.tests.factories import a_plan

DAY = datetime.timedelta(days=1)
FACTS = {"day": "2026-12-01", "time": "15:30", "minutes": 45, "place": "Room 2", "agenda": "The tide gauge"}


@pytest.fixture
def plan(cast):
    return a_plan(cast)


def call(cast, plan, people, starts_at=NOW + DAY):
    return call_meeting(
        plan=plan, arrangement=Arrangement(starts_at, cast.sam), people=people, by=cast.sam, on=TODAY, at=NOW
    )


def test_the_student_calls_and_leads_it(cast, client, plan):
    client.force_login(cast.sam)
    people = [cast.sam.pk, cast.ada.pk, cast.rosa.pk]
    client.post(f"/plans/{plan.pk}/meetings/new/", FACTS | {"people": people, "led_by": cast.sam.pk})
    meeting = Meeting.objects.get()
    assert (meeting.called_by, meeting.led_by) == (cast.sam, cast.sam)
    # 15:30 in Providence.
    assert meeting.starts_at == datetime.datetime(2026, 12, 1, 20, 30, tzinfo=datetime.UTC)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"ada", "rosa"}


def test_those_who_are_not_invited_do_not_see_it(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.rosa])
    client.force_login(cast.mo)
    assert client.get(f"/plans/{plan.pk}/meetings/{meeting.pk}/").status_code == 404
    assert f"/meetings/{meeting.pk}/" not in client.get(f"/plans/{plan.pk}/meetings/").content.decode()
    client.force_login(cast.rosa)
    assert client.get(f"/plans/{plan.pk}/meetings/{meeting.pk}/").status_code == 200


def test_an_invitation_opens_the_notes_and_withdrawing_it_closes_them(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.mo])
    assert "mentor" in meeting.notes.readers
    client.force_login(cast.ada)
    change = FACTS | {"people": [cast.ada.pk, cast.sam.pk], "led_by": cast.sam.pk, "version": 1}
    client.post(f"/plans/{plan.pk}/meetings/{meeting.pk}/change/", change)
    meeting.notes.refresh_from_db()
    assert "mentor" not in meeting.notes.readers
    assert Notice.objects.get(user=cast.mo, kind="plans.meeting_without").url == f"/plans/{plan.pk}/"
    assert not Notice.objects.filter(user=cast.mo, kind="plans.meeting", key__endswith=":2").exists()


def test_of_two_parents_only_the_one_who_is_invited_can_open_it(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.rosa])
    places = [
        f"/plans/{plan.pk}/meetings/{meeting.pk}/",
        f"/texts/{meeting.notes_id}/",
        f"/texts/{meeting.notes_id}/updates",
    ]
    texts = f"/api/v1/texts?student={cast.student('sam').pk}"
    for person, is_open in ((cast.grandma, False), (cast.rosa, True)):
        client.force_login(person)
        assert [client.get(place).status_code != 404 for place in places] == [is_open] * 3
        assert (str(meeting.notes_id) in client.get(texts).content.decode()) is is_open
        assert (f"/meetings/{meeting.pk}/" in client.get(f"/plans/{plan.pk}/").content.decode()) is is_open


def test_whoever_leads_the_school_or_advises_reads_the_notes_uninvited(cast, client, plan):
    meeting = call(cast, plan, [cast.rosa])
    for person in (cast.sam, cast.ada, cast.cover, cast.lead):
        client.force_login(person)
        assert client.get(f"/plans/{plan.pk}/meetings/{meeting.pk}/").status_code == 200


def test_the_page_names_the_next_meeting_that_is_for_its_reader(cast, client, plan):
    call(cast, plan, [cast.mo])
    call(cast, plan, [cast.rosa], starts_at=NOW + 2 * DAY)
    client.force_login(cast.rosa)
    assert "26 de noviembre de 2026" in client.get(f"/plans/{plan.pk}/").content.decode()


def test_two_who_change_a_meeting_lose_nothing(cast, client, plan):
    meeting = call(cast, plan, [cast.ada])
    change = FACTS | {"people": [cast.ada.pk], "led_by": cast.sam.pk}
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/meetings/{meeting.pk}/change/", change | {"place": "Library", "version": 1})
    client.force_login(cast.sam)
    page = client.post(
        f"/plans/{plan.pk}/meetings/{meeting.pk}/change/", change | {"place": "Harbor", "version": 1}
    ).content.decode()
    assert "Somebody changed this meeting while you did" in page
    assert "Library" in page and 'value="Harbor"' in page


def test_guardians_do_not_see_each_other_on_the_list(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.rosa, cast.grandma])
    client.force_login(cast.grandma)
    page = client.get(f"/plans/{plan.pk}/meetings/{meeting.pk}/").content.decode()
    assert "Ngozi" in page and "Rosa" not in page


def test_somebody_who_is_on_no_team_is_not_invited(cast, plan):
    with pytest.raises(PlanError, match="Dan Okafor is not on the team"):
        call(cast, plan, [cast.ada, cast.dan])


def test_who_came_is_noted(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.rosa], starts_at=NOW)
    client.force_login(cast.ada)
    client.post(f"/plans/{plan.pk}/meetings/{meeting.pk}/came/", {"came": [cast.sam.pk, cast.mo.pk]})
    came = dict(meeting.invitations.values_list("user__username", "came"))
    assert came == {"sam": True, "ada": False, "rosa": False, "mo": True}
    client.force_login(cast.mo)
    assert client.get(f"/texts/{meeting.notes_id}/").status_code == 200


def test_nobody_came_to_what_is_still_to_come(cast, plan):
    meeting = call(cast, plan, [cast.ada])
    with pytest.raises(PlanError, match="has not begun"):
        note_who_came(meeting=meeting, came=[cast.ada], by=cast.ada, on=TODAY)


def test_calling_it_off_tells_everybody(cast, client, plan):
    meeting = call(cast, plan, [cast.ada, cast.rosa])
    client.force_login(cast.sam)
    client.post(f"/plans/{plan.pk}/meetings/{meeting.pk}/off/")
    meeting.refresh_from_db()
    assert meeting.called_off_by == cast.sam
    told = Notice.objects.filter(kind="plans.meeting_off").values_list("user__username", flat=True)
    assert set(told) == {"ada", "rosa"}


def test_a_calendar_takes_it_in(cast, client, plan):
    meeting = call(cast, plan, [cast.ada])
    client.force_login(cast.ada)
    response = client.get(f"/plans/{plan.pk}/meetings/{meeting.pk}/calendar.ics")
    event = Calendar.from_ical(response.content).walk("VEVENT")[0]
    assert event["dtstart"].dt == meeting.starts_at
    assert event["summary"] == "Plan meeting: Sam" and response["Content-Type"].startswith("text/calendar")


def test_the_plans_page_names_the_next_one_to_those_invited(cast, client, plan):
    call(cast, plan, [cast.ada, cast.sam])
    client.force_login(cast.sam)
    assert "Wednesday, Nov. 25, 2026, 10 a.m." in client.get(f"/plans/{plan.pk}/").content.decode()
    client.force_login(cast.mo)
    assert "None is called." in client.get(f"/plans/{plan.pk}/").content.decode()
