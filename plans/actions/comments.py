"""Comments in threads on a section or a piece of work; mentions; resolved and opened again."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from coedit.access import may_read
from common.once import once
from plans import news
from plans.actions.hold import PlanError, hold, note
from plans.mentions import mentioned
from plans.models import Comment, Section, Thread, WorkItem
from plans.people import Team
from schools.roles import Permission
from students.access import standing_on

MOST_LETTERS = 5000


@transaction.atomic
def open_thread(
    *, on: Section | WorkItem, words: str, by, at: datetime.datetime, team: Team, key=None
) -> Comment:  # fmt: skip
    """A first comment on a section or an item. `team` is the team as the writer may know it: whom they can mention.

    The same words with the same `key` are one comment.
    """
    hold(on.plan)
    key = once(key, on.text_id, by.pk, words)
    if key is not None and (same := Comment.objects.filter(key=key, plan=on.plan).first()):
        return same
    place = {"section": on} if isinstance(on, Section) else {"item": on}
    thread = Thread(plan=on.plan, school_id=on.school_id, opened_at=at, **place)
    _check(words)
    thread.save()
    return _say(thread, words, by, at, team, key)


@transaction.atomic
def answer(*, thread: Thread, words: str, by, at: datetime.datetime, team: Team, key=None) -> Comment:
    """One more comment; a resolved thread is open again with it."""
    hold(thread.plan)
    key = once(key, thread.pk, by.pk, words)
    if key is not None and (same := Comment.objects.filter(key=key, plan=thread.plan).first()):
        return same
    _check(words)
    if thread.is_resolved:
        reopen(thread=thread, by=by)
    return _say(thread, words, by, at, team, key)


def _check(words):
    if not words.strip():
        raise PlanError(_("Write something first."))
    if len(words) > MOST_LETTERS:
        raise PlanError(
            _("A comment holds %(most)s letters, yours has %(count)s. Make two of it.")
            % {"most": MOST_LETTERS, "count": len(words)}
        )


def _say(thread, words, by, at, team, key) -> Comment:
    comment = Comment.objects.create(
        thread=thread, plan=thread.plan, school_id=thread.school_id, by=by, words=words.strip(), at=at, key=key
    )
    said_before = set(thread.comments.values_list("by_id", flat=True))
    readers = readers_of(thread, team) | _staff_who_spoke(thread, team, said_before)
    named = [person for person in mentioned(words, [row.user for row in team.members]) if person.pk in readers]
    comment.mentions.set(named)
    note("plans.commented", thread.plan, by, subject=comment)
    others = [person for pk, person in readers.items() if pk in said_before or team.is_close(person)]
    news.commented(comment, named, [person for person in others if person not in named], by)
    return comment


def readers_of(thread: Thread, team: Team) -> dict:
    """Those of today's team who may read the thread: user id -> user."""
    people = {row.user_id: row.user for row in team.rows if row.holds(team.day)}
    if thread.section is None:
        return people
    text = thread.section.text
    return {
        pk: person for pk, person in people.items()
        if may_read(text, standing_on(team.student, person, team.day, [], team.rows))
    }  # fmt: skip


def _staff_who_spoke(thread, team, said_before) -> dict:
    """A lead is on no team; who spoke in the thread and may read it still hears the answers."""
    people = {row.user_id for row in team.rows}
    staff = User.objects.filter(pk__in=said_before - people, closed_at__isnull=True)
    return {user.pk: user for user in staff if _may_read(thread, standing_on(team.student, user, team.day))}


def _may_read(thread, standing) -> bool:
    return Permission.PLAN_SEE in standing.permissions and (
        thread.section is None or may_read(thread.section.text, standing)
    )


@transaction.atomic
def resolve(*, thread: Thread, by, at: datetime.datetime) -> Thread:
    hold(thread.plan)
    if not thread.is_resolved:
        thread.resolved_at, thread.resolved_by = at, by
        thread.save(update_fields=["resolved_at", "resolved_by"])
        note("plans.thread.resolved", thread.plan, by, subject=thread)
    return thread


@transaction.atomic
def reopen(*, thread: Thread, by) -> Thread:
    hold(thread.plan)
    if thread.is_resolved:
        thread.resolved_at = thread.resolved_by = None
        thread.save(update_fields=["resolved_at", "resolved_by"])
        note("plans.thread.reopened", thread.plan, by, subject=thread)
    return thread
