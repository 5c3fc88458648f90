"""Many people are invited at once: by e-mail, or by a printed letter."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actions.links import LinkError, invite, revoke
from accounts.links import JOIN
from accounts.models import Link, User
from schools.models import School


@dataclass
class Invited:
    people: list[User] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


@transaction.atomic
def invite_many(*, people: Iterable[User], way: str, by: User, school: School, now: datetime.datetime) -> Invited:
    """Invite those who do not sign in yet. Whoever cannot be invited this way is said, and the others are."""
    invited = Invited()
    for user in people:
        if user.can_sign_in:
            invited.refused.append(_("%(name)s signs in already.") % {"name": user.name})
            continue
        try:
            with transaction.atomic():
                invite(user=user, way=way, by=by, school_id=school.pk, now=now)
        except LinkError as error:
            invited.refused.append(str(error))
        else:
            invited.people.append(user)
    return invited


@transaction.atomic
def new_code(*, user: User, by: User, school: School, now: datetime.datetime) -> Link:
    """A letter for somebody who does not sign in yet, or who forgot the password and has no e-mail.

    Raises LinkError for somebody who signs in and has an address: whoever held the letter could become them.
    """
    if user.can_sign_in and user.email:
        raise LinkError(
            _("%(name)s signs in already and has an e-mail address: the sign-in page sends a new password there.")
            % {"name": user.name}
        )
    link, _code = invite(user=user, way=Link.Way.LETTER, by=by, school_id=school.pk, now=now)
    return link


@transaction.atomic
def withdraw(*, user: User, by: User, now: datetime.datetime) -> int:
    """End the open invitations of a person. Returns how many."""
    links = list(user.links.open().filter(purpose=JOIN))
    for link in links:
        revoke(link=link, by=by, now=now)
    return len(links)
