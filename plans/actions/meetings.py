"""Plan meetings: called, changed, called off; who came."""

import datetime
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from coedit.actions import create, open_to
from common.once import once
from plans import news
from plans.actions.hold import ChangedMeanwhile, PlanError, hold, note
from plans.actions.template import CAN_WRITE
from plans.defaults import NOTES_TITLE
from plans.models import Invitation, Meeting, Plan
from plans.people import roles_on, team_rows
from schools.roles import Role

# Who reads the notes of every meeting: in any other role, those of its people who are invited.
ALWAYS = (Role.STUDENT, Role.ADVISER, Role.COORDINATOR, Role.LEAD, Role.SAFEGUARDING)


@dataclass(frozen=True)
class Arrangement:
    """When, where, for what, and who leads. `starts_at` knows its zone."""

    starts_at: datetime.datetime
    led_by: object
    minutes: int = 45
    place: str = ""
    agenda: str = ""

    @property
    def columns(self) -> dict:
        return {name: getattr(self, name) for name in ("starts_at", "led_by", "minutes", "place", "agenda")}


@transaction.atomic
def call_meeting(
    *, plan: Plan, arrangement: Arrangement, people: list, by, on: datetime.date, at: datetime.datetime, key=None
) -> Meeting:
    """Invite people of the team to a meeting about the plan. The same with the same `key` is one meeting."""
    hold(plan)
    key = once(key, plan.pk, by.pk, arrangement, sorted(person.pk for person in people))
    if key is not None and (same := Meeting.objects.filter(key=key, plan=plan).first()):
        return same
    people, roles = _with(people, arrangement.led_by), roles_on(team_rows(plan.student), on)
    _require_on_team(people, roles)
    notes = create(student=plan.student, title=str(NOTES_TITLE), by=by, **_who_has_the_notes(people, roles))
    meeting = Meeting.objects.create(
        plan=plan, school_id=plan.school_id, notes=notes, called_by=by, called_at=at, key=key, **arrangement.columns
    )
    Invitation.objects.bulk_create(Invitation(meeting=meeting, user=person) for person in people)
    note("plans.meeting.called", plan, by, subject=meeting, starts_at=arrangement.starts_at.isoformat())
    news.meeting_called(meeting, people, by)
    return meeting


def _with(people, leader) -> list:
    """Those invited; who leads is always among them."""
    return list({person.pk: person for person in [*people, leader]}.values())


def _require_on_team(people, roles):
    strangers = [person for person in people if person.pk not in roles]
    if strangers:
        raise PlanError(_("%(name)s is not on the team that day.") % {"name": strangers[0].name})


def _who_has_the_notes(people, roles) -> dict:
    """As coedit.actions.create takes it. Roles of people who have left the team meanwhile open nothing."""
    named: dict[str, list] = {}
    for person in people:
        for role in roles.get(person.pk, set()) - {*ALWAYS, Role.COVER}:
            named.setdefault(role, []).append(person)
    readers = {*ALWAYS, *named}
    return {"readers": sorted(readers), "writers": sorted(readers & set(CAN_WRITE)), "people": named}


@transaction.atomic
def change_meeting(
    *, meeting: Meeting, arrangement: Arrangement, people: list, version: int, by, on: datetime.date,
    at: datetime.datetime,
) -> Meeting:  # fmt: skip
    """`version` is that of the meeting which the writer saw. Raises ChangedMeanwhile if somebody was quicker."""
    hold(meeting.plan)
    _require_on(meeting)
    if meeting.version != version:
        raise ChangedMeanwhile(
            _("Somebody changed this meeting while you did. How it stands now is below: compare, then save."), meeting
        )
    for name, value in arrangement.columns.items():
        setattr(meeting, name, value)
    meeting.version = version + 1
    meeting.save()
    gone = _invite(meeting, people, on, at, by)
    note("plans.meeting.changed", meeting.plan, by, subject=meeting, starts_at=arrangement.starts_at.isoformat())
    news.meeting_changed(meeting, [row.user for row in invited(meeting)], by)
    news.meeting_without(meeting, gone, by)
    return meeting


def _invite(meeting, people, on, at, by) -> list:
    """Make `people` those who are invited; answers who is no longer."""
    people, roles = _with(people, meeting.led_by), roles_on(team_rows(meeting.plan.student), on)
    _require_on_team(people, roles)
    for person in people:
        Invitation.objects.update_or_create(meeting=meeting, user=person, defaults={"withdrawn_at": None})
    gone = [row.user for row in invited(meeting) if row.user not in people]
    meeting.invitations.filter(user__in=gone).update(withdrawn_at=at)
    _open_notes(meeting, roles, on, by)
    return [person for person in gone if person.pk in roles]


def _open_notes(meeting, roles, on, by):
    people = [row.user for row in invited(meeting)]
    open_to(text=meeting.notes, by=by, on=on, **_who_has_the_notes(people, roles))


def invited(meeting: Meeting) -> list[Invitation]:
    return list(meeting.invitations.filter(withdrawn_at=None).select_related("user").order_by("user__search_name"))


@transaction.atomic
def call_off(*, meeting: Meeting, by, at: datetime.datetime) -> Meeting:
    hold(meeting.plan)
    _require_on(meeting)
    meeting.called_off_at, meeting.called_off_by, meeting.version = at, by, meeting.version + 1
    meeting.save(update_fields=["called_off_at", "called_off_by", "version"])
    note("plans.meeting.called_off", meeting.plan, by, subject=meeting)
    news.meeting_called_off(meeting, [row.user for row in invited(meeting)], by)
    return meeting


def _require_on(meeting):
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    if meeting.is_called_off:
        raise PlanError(_("This meeting was called off."))


@transaction.atomic
def note_who_came(*, meeting: Meeting, came: list, by, on: datetime.date) -> Meeting:
    """Who was there. Somebody of the team who came without being invited is put on the list, and may read the notes
    like the others."""
    hold(meeting.plan)
    _require_on(meeting)
    if meeting.starts_at.astimezone(meeting.plan.student.school.zone).date() > on:
        raise PlanError(_("That day has not begun."))
    meeting.invitations.exclude(user__in=came).filter(withdrawn_at=None).update(came=False)
    for person in came:
        Invitation.objects.update_or_create(meeting=meeting, user=person, defaults={"came": True, "withdrawn_at": None})
    _open_notes(meeting, roles_on(team_rows(meeting.plan.student), on), on, by)
    note("plans.meeting.came", meeting.plan, by, subject=meeting, came=[person.pk for person in came])
    return meeting
