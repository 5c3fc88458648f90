"""Whom something on a plan concerns, and how it is said to them: by role, never with a name that one parent may not
know of another, and in the reader's language."""

import datetime
from collections.abc import Callable, Iterable

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from notices.actions import notify
from plans.content import counting
from plans.models import Comment, Meeting, Plan
from plans.people import roles_on, team_rows
from schools.roles import GRANTS, Permission, Role


def review_asked(plan, by, on):
    _tell(on_team(plan, on, [Role.ADVISER]), "submitted", _("%(name)s's plan is ready to be reviewed"), plan, by)


def sent_back(plan, by, on):
    _tell(on_team(plan, on, [Role.STUDENT]), "returned", _("%(name)s's plan came back with a note"), plan, by)


def ready_to_sign(plan, people, by):
    url = reverse("plans:sign", args=[plan.pk])
    key = f"{plan.pk}:{plan.version.number}"
    _tell(people, "ready", _("Please sign %(name)s's plan"), plan, by, key=key, url=url)


def signed(plan, user, role, by, on):
    people = on_team(plan, on, [Role.STUDENT, Role.ADVISER])
    key = f"{plan.version_id}:{role}:{user.pk}"
    _tell(people, "signed", _("%(name)s's plan was signed (%(role)s)"), plan, by, key=key, role=Role(role).label)


def activated(plan, by, on):
    _tell(
        on_team(plan, on), "activated", _("%(name)s's plan is active"), plan, by, key=f"{plan.pk}:{plan.version.number}"
    )


def closed(plan, by, on):
    _tell(on_team(plan, on), "closed", _("%(name)s's plan for %(term)s is closed"), plan, by, term=plan.term.name)


def commented(comment: Comment, mentioned, others, by):
    """Those who are mentioned, and the others whom the thread concerns."""
    plan, url = comment.plan, address(comment.plan, f"thread-{comment.thread_id}")
    words = _("You are mentioned in a comment on %(name)s's plan")
    _tell(mentioned, "mentioned", words, plan, by, key=comment.pk, url=url)
    _tell(others, "commented", _("A comment on %(name)s's plan"), plan, by, key=comment.thread_id, url=url)


def meeting_called(meeting, people, by):
    _about(meeting, people, by, "meeting", _("You are invited to a meeting about %(name)s's plan"))


def meeting_changed(meeting, people, by):
    _about(meeting, people, by, "meeting", _("The meeting about %(name)s's plan was changed"))


def meeting_without(meeting, people, by):
    """To whoever is no longer invited, who cannot open it any more."""
    words = _("You are no longer invited to the meeting about %(name)s's plan")
    key = f"{meeting.pk}:{meeting.version}"
    _tell(people, "meeting_without", words, meeting.plan, by, key=key, urgent=True)


def meeting_called_off(meeting, people, by):
    _about(meeting, people, by, "meeting_off", _("The meeting about %(name)s's plan was called off"))


def _about(meeting: Meeting, people, by, kind, words):
    """Meetings are soon: those invited hear at once."""
    url = reverse("plans:meeting", args=[meeting.plan_id, meeting.pk])
    _tell(people, kind, words, meeting.plan, by, key=f"{meeting.pk}:{meeting.version}", url=url, urgent=True)


def on_team(plan: Plan, on: datetime.date, roles: Iterable[str] = ()) -> list:
    """People on the team that day who may see plans; those in `roles` only where some are named."""
    rows = team_rows(plan.student)
    people = {row.user_id: row.user for row in rows}
    wanted = set(roles)
    return [
        people[user_id]
        for user_id, held in roles_on(rows, on).items()
        if any(Permission.PLAN_SEE in GRANTS[role] for role in held) and (not wanted or counting(held) & wanted)
    ]


def address(plan: Plan, anchor="") -> str:
    return reverse("plans:show", args=[plan.pk]) + (f"#{anchor}" if anchor else "")


def _tell(people, kind, words, plan, by, *, key=None, url="", urgent=False, **facts):
    """One notice to each of `people`; the one who acts needs none."""
    notify(
        people=people, kind=f"plans.{kind}", title=_said(words, plan, facts), url=url or address(plan), by=by,
        key=f"plans.{kind}:{key or plan.pk}", school_id=plan.school_id, student_id=plan.student_id, urgent=urgent,
    )  # fmt: skip


def _said(words, plan, facts) -> Callable[[], str]:
    """The title in whichever language is on when it is called for."""
    return lambda: gettext(words) % {"name": plan.student.user.called, **facts}
