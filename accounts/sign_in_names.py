"""Sign-in names: how they are written, and one to begin with."""

import unicodedata
from collections.abc import Callable

from django.utils.translation import gettext as _

from common.names import fold

SHORTEST, LONGEST = 2, 60
SUGGESTED_LENGTH = 30
MARKS = "._-"


class SignInNameError(ValueError):
    """What is wrong with a chosen sign-in name, for the person who chose it."""


def tidy(typed: str) -> str:
    """A sign-in name or e-mail address as it is stored and compared, however it was typed."""
    return unicodedata.normalize("NFKC", typed).strip().lower()


def check(name: str, *, email: str = "") -> str:
    """The tidy form of a chosen name. Raises SignInNameError.

    An e-mail address must be one's own: with somebody else's as their name, a stranger could lock that person out.
    """
    name = tidy(name)
    if email and name == tidy(email):
        return name
    if "@" in name:
        raise SignInNameError(_("An e-mail address can be your sign-in name only if your school knows it as yours."))
    if not all(letter.isalnum() or letter in MARKS for letter in name):
        raise SignInNameError(_("Use letters, digits, full stops and dashes, without spaces."))
    if not SHORTEST <= len(name) <= LONGEST:
        raise SignInNameError(
            _("A sign-in name has %(shortest)d to %(longest)d letters.") % {"shortest": SHORTEST, "longest": LONGEST}
        )
    return name


def suggest(user, is_taken: Callable[[str], bool]) -> str:
    """A free name made from what the person is called: "sam.okafor", else "sam.okafor2"."""
    words = fold(f"{user.called} {user.family_name}").split()
    parts = ["".join(letter for letter in word if letter.isalnum()) for word in words]
    name = tidy(".".join(part for part in parts if part))[:SUGGESTED_LENGTH].rstrip(MARKS)
    if len(name) < SHORTEST:
        name = f"{name or 'me'}1"
    return name if not is_taken(name) else numbered(name, is_taken)


def numbered(name: str, is_taken: Callable[[str], bool]) -> str:
    """The first free name that is `name` and a number."""
    number = 2
    while is_taken(f"{name}{number}"):
        number += 1
    return f"{name}{number}"
