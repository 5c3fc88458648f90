"""Many people are invited at once: by e-mail, or by a printed letter."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actions.links import LinkError, invite, revoke
from accounts.links import JOIN
from accounts.models import Link, User
from audit.actions import record
from notices.actions.telling import notify
from schools.models import School, StaffRole
from schools.roles import Role
from students.access import keys_beyond
from students.models import TeamMember


@dataclass
class Invited:
    people: list[User] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def invite_many(*, people: Iterable[User], way: str, by: User, school: School, now: datetime.datetime) -> Invited:
    """Invite those who do not sign in yet. Whoever cannot be invited this way is said, and the others are."""
    invited, people, day = Invited(), list(people), school.today()
    beyond = keys_beyond(people, by, school, day) if way == Link.Way.LETTER else ()
    for user in people:
        if user.can_sign_in:
            invited.refused.append(_("%(name)s signs in already.") % {"name": user.name})
            continue
        if user.pk in beyond:
            invited.refused.append(_beyond(user))
            continue
        try:
            with transaction.atomic():
                invite(user=user, way=way, by=by, school_id=school.pk, now=now)
        except LinkError as error:
            invited.refused.append(str(error))
        else:
            invited.people.append(user)
    if way == Link.Way.LETTER:
        _tell_others(invited.people, by, school, day)
    return invited


@transaction.atomic
def new_code(*, user: User, by: User, school: School, now: datetime.datetime) -> Link:
    """A letter for somebody who does not sign in yet, or who forgot the password and has no e-mail.

    Raises LinkError for somebody who signs in and has an address, and for somebody who sees more than `by` may open:
    whoever holds the letter can become them (docs/decisions/0010). Who signs in is told.
    """
    if user.can_sign_in and user.email:
        raise LinkError(
            _("%(name)s signs in already and has an e-mail address: the sign-in page sends a new password there.")
            % {"name": user.name}
        )
    day = school.today()
    if keys_beyond([user], by, school, day):
        raise LinkError(_beyond(user))
    link, _code = invite(user=user, way=Link.Way.LETTER, by=by, school_id=school.pk, now=now)
    if user.can_sign_in:
        _tell_owner(link, by)
    _tell_others([user], by, school, day)
    return link


def _beyond(user):
    """Whose students they are is not said."""
    return _("%(name)s also belongs to others than your students, and a letter would open those too. Ask a lead.") % {
        "name": user.name
    }


def _tell_owner(link, by):
    """An account is nobody's to open behind its owner's back."""
    notify(
        people=[link.user], kind="rosters.code", url=reverse("accounts:profile"), by=by, key=f"code:{link.pk}",
        title=lambda: _("%(name)s printed a code for a new password of yours.") % {"name": by.name},
        body=lambda: _("If you did not ask for it, tell your school. The old password holds until the code is used."),
        school_id=link.school_id,
    )  # fmt: skip


def _tell_others(people, by, school, day):
    """The leads of other schools whose students these people see: a lead here could now see them too."""
    places = TeamMember.objects.exclude(ends_on__lte=day).filter(user__in=people).exclude(school=school)
    for school_id, user_id in set(places.values_list("school_id", "user_id")):
        _tell_school(school_id, next(user for user in people if user.pk == user_id), by, day)


def _tell_school(school_id, user, by, day):
    record("rosters.letter.made_elsewhere", by=by, subject=user, school_id=school_id, user=user.pk)
    leads = StaffRole.objects.on(day).filter(school_id=school_id, role=Role.LEAD).values("user_id")
    said = {"by": by.name, "name": user.name}
    notify(
        people=User.objects.filter(pk__in=leads), kind="rosters.letter", by=by, key=f"letter:{user.pk}",
        title=lambda: _("%(by)s of another school printed a letter for %(name)s, who is on a team here too.") % said,
        url=reverse("schools:audit", args=[school_id]), school_id=school_id,
    )  # fmt: skip


@transaction.atomic
def withdraw(*, user: User, by: User, now: datetime.datetime) -> int:
    """End the open invitations of a person. Returns how many."""
    links = list(user.links.open().filter(purpose=JOIN))
    for link in links:
        revoke(link=link, by=by, now=now)
    return len(links)
