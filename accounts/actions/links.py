"""One-purpose links: made, sent or printed, withdrawn."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts import codes, emails, links
from accounts.models import Link, User
from audit.actions import record

LASTS = {Link.Way.EMAIL: datetime.timedelta(days=30), Link.Way.LETTER: datetime.timedelta(days=60)}
# A code for a forgotten password is handed over and used: it opens an account that somebody has.
RENEWAL_LASTS = datetime.timedelta(days=7)


class LinkError(ValueError):
    """Said to the person who asked, in their words."""


@transaction.atomic
def invite(*, user: User, way: str, by: User, school_id: int, now: datetime.datetime) -> tuple[Link, str]:
    """Let somebody choose a sign-in name and password, or only a new password if they have a name already.

    Earlier invitations end. By e-mail the message is on its way; for a letter the code is to be printed, now or
    later (`link.code`). Raises LinkError.
    """
    if user.closed_at:
        raise LinkError(_("%(name)s's account is closed. Open it again first.") % {"name": user.name})
    if way == Link.Way.EMAIL and not user.email:
        raise LinkError(_("%(name)s has no e-mail address here. Print a letter instead.") % {"name": user.name})
    lasts = RENEWAL_LASTS if user.can_sign_in else LASTS[way]
    link, secret = make_link(
        user=user, purpose=links.JOIN, way=way, by=by, school_id=school_id, now=now, lasts=lasts
    )  # fmt: skip
    if way == Link.Way.EMAIL:
        emails.invitation(link, secret)
    return link, secret


@transaction.atomic
def make_link(
    *, user: User, purpose: str, way: str, by: User, now: datetime.datetime, school_id: int | None = None,
    subject: str = "", lasts: datetime.timedelta | None = None,
) -> tuple[Link, str]:  # fmt: skip
    """A link and its secret, which is stored nowhere. An earlier open one for the same thing is withdrawn."""
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    _withdraw(user.links.open().filter(purpose=purpose, subject=subject), by, now)
    seed = codes.new_seed() if way == Link.Way.LETTER else ""
    secret = codes.code_from(seed) if seed else codes.new_token()
    link = Link.objects.create(
        user=user, purpose=purpose, way=way, subject=subject, school_id=school_id, secret_digest=codes.digest(secret),
        seed=seed, created_by=by, created_at=now, expires_at=now + (lasts or LASTS[way]),
    )  # fmt: skip
    record("accounts.link.made", by=by, subject=link, school_id=school_id, user=user.pk, purpose=purpose, way=way)
    return link, secret


@transaction.atomic
def revoke(*, link: Link, by: User, now: datetime.datetime) -> Link:
    """End a link that was not used yet. One that has ended already stays as it is."""
    _withdraw(Link.objects.filter(pk=link.pk).open(), by, now)
    link.refresh_from_db()
    return link


@transaction.atomic
def revoke_all(*, user: User, by: User, now: datetime.datetime, **only: str) -> None:
    """End every open link of a person, or `only` those of one way or purpose."""
    _withdraw(user.links.open().filter(**only), by, now)


def use(link: Link, now: datetime.datetime) -> Link:
    """Take the link for its one use, inside the caller's transaction. Raises LinkError when it has ended."""
    # The person before the link, as `make_link` locks them: else two could wait for each other.
    user = User.objects.select_for_update(no_key=True).get(pk=link.user_id)
    locked = Link.objects.select_for_update().get(pk=link.pk)
    if locked.ending(now):
        raise LinkError(_("This link has ended in the meantime. Ask your school for a new one."))
    locked.used_at, locked.user = now, user
    locked.save(update_fields=["used_at"])
    return locked


def _withdraw(found, by, now):
    for link in found.select_for_update():
        link.revoked_at = now
        link.save(update_fields=["revoked_at"])
        record("accounts.link.revoked", by=by, subject=link, school_id=link.school_id, user=link.user_id)
