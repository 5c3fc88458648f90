"""Coming in by an invitation, and confirming an address."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts import emails, links, sign_in_names
from accounts.actions.links import make_link, revoke_all, use
from accounts.actions.people import change_contact
from accounts.models import Link, User
from audit.actions import record
from common.live import hint

ADDRESS_LASTS = datetime.timedelta(days=3)


class JoinError(ValueError):
    """Said to the person who joins; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


def accept(*, link: Link, username: str, password: str, language: str, now: datetime.datetime) -> User:
    """Use an invitation: the person chooses a sign-in name (who has one keeps it), a password and a language.

    Raises JoinError for the name, LinkError when the link has ended meanwhile. Every other session ends.
    """
    try:
        with transaction.atomic():
            return _accept(link, username, password, language, now)
    except IntegrityError:
        # Two people chose one name in the same moment; the database let one of them have it.
        raise JoinError(_taken(sign_in_names.tidy(username)), "username") from None


def _accept(link, username, password, language, now):
    user = use(link, now).user
    renewed = user.has_usable_password()
    if not user.username:
        user.username = free_name(user, username)
    user.set_password(password)
    user.language = language
    user.session_generation += 1
    user.save(update_fields=["username", "password", "language", "session_generation"])
    hint("account", user_id=user.pk)
    revoke_all(user=user, by=user, now=now)
    record("accounts.joined", by=user, subject=user, school_id=link.school_id, renewed=renewed, way=link.way)
    if renewed and user.email:
        emails.password_renewed(user, link.school_id)
    return user


def free_name(user: User, username: str) -> str:
    """The tidy form of a chosen name that is free. Raises JoinError."""
    try:
        name = sign_in_names.check(username, email=user.email)
    except sign_in_names.SignInNameError as error:
        raise JoinError(str(error), "username") from None
    if is_taken(name):
        raise JoinError(_taken(name), "username")
    return name


def _taken(name):
    return _("Somebody has the name “%(name)s” already. “%(free)s” is free.") % {
        "name": name, "free": sign_in_names.numbered(name.partition("@")[0], is_taken),
    }  # fmt: skip


def is_taken(name: str) -> bool:
    return User.objects.filter(username=name).exists()


@transaction.atomic
def ask_address(*, user: User, email: str, by: User, now: datetime.datetime) -> Link:
    """Write to a new e-mail address, which becomes the person's once they confirm it there."""
    revoke_all(user=user, by=by, now=now, purpose=links.ADDRESS)
    link, token = make_link(
        user=user, purpose=links.ADDRESS, way=Link.Way.EMAIL, subject=email.lower(), by=by, now=now,
        lasts=ADDRESS_LASTS,
    )  # fmt: skip
    emails.confirm_address(link, token)
    return link


@transaction.atomic
def confirm_address(*, link: Link, now: datetime.datetime) -> User:
    """The address is read by whom it was given as: from now on it is theirs. Raises LinkError."""
    used = use(link, now)
    return change_contact(user=used.user, by=used.user, now=now, email=used.subject)
