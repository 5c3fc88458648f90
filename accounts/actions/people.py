"""Who somebody is and how to reach them."""

import datetime
import unicodedata

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from accounts import emails
from accounts.actions.links import revoke_all
from accounts.models import Link, User
from audit.actions import record


class PersonError(ValueError):
    """What is wrong with what was written about a person; `field` names what it stands beside."""

    def __init__(self, message, field):
        super().__init__(message)
        self.field = field


@transaction.atomic
def add_person(
    *, given_name: str, family_name: str = "", preferred_name: str = "", email: str = "", phone: str = "",
    language: str = "", by: User, school_id: int,
) -> User:  # fmt: skip
    """A new person, who cannot sign in until they are invited and accept. Raises PersonError."""
    user = User()
    user.set_unusable_password()
    _write(
        user, given_name=given_name, family_name=family_name, preferred_name=preferred_name, email=email, phone=phone,
        language=language,
    )  # fmt: skip
    user.save()
    record("accounts.person.added", by=by, subject=user, school_id=school_id)
    return user


@transaction.atomic
def change_name(
    *, user: User, by: User, given_name: str | None = None, family_name: str | None = None,
    preferred_name: str | None = None, school_id: int | None = None,
) -> User:  # fmt: skip
    """Correct names; None leaves one as it is. Raises PersonError."""
    given = {"given_name": given_name, "family_name": family_name, "preferred_name": preferred_name}
    return _change("name", user, by, school_id, given)


@transaction.atomic
def change_contact(
    *, user: User, by: User, now: datetime.datetime, email: str | None = None, phone: str | None = None,
    language: str | None = None, school_id: int | None = None,
) -> User:  # fmt: skip
    """Correct how somebody is reached; None leaves a thing as it is. Raises PersonError.

    With a new address, links that went to the old one end, and the old one is told.
    """
    before = user.email
    _change("contact", user, by, school_id, {"email": email, "phone": phone, "language": language})
    if before and user.email != before:
        revoke_all(user=user, by=by, now=now, way=Link.Way.EMAIL)
        emails.address_changed(user, before, school_id)
    return user


def _change(what, user, by, school_id, given):
    before = {name: getattr(user, name) for name in given}
    try:
        _write(user, **{name: value for name, value in given.items() if value is not None})
    except PersonError:
        # The caller's object is not to show what was refused.
        for name, value in before.items():
            setattr(user, name, value)
        raise
    changed = [name for name in given if getattr(user, name) != before[name]]
    if changed:
        user.save(update_fields=[*changed, "search_name"])
        # Which fields, and not what stood in them: the log is read by more people than a phone number is.
        record(f"accounts.{what}.changed", by=by, subject=user, school_id=school_id, fields=changed)
    return user


def _write(user, **given):
    for name, value in given.items():
        setattr(user, name, _tidy(name, value))
    if not user.given_name:
        raise PersonError(_("Write a given name. If there is only one name, write it here."), "given_name")
    if user.language and not translation.check_for_language(user.language):
        raise PersonError(_("Choose one of the languages."), "language")
    try:
        user.clean_fields(exclude={field.name for field in User._meta.fields} - set(given))
    except ValidationError as error:
        field, sentences = next(iter(error.message_dict.items()))
        raise PersonError(sentences[0], field) from None


def _tidy(name, value):
    text = " ".join(unicodedata.normalize("NFC", value).split())
    return text.lower() if name == "email" else text
