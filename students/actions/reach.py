"""How to reach an adult who does not sign in yet."""

import datetime

from django.utils.translation import gettext as _

from accounts.actions.people import change_contact
from accounts.models import User
from schools.models import School
from students.access import keys_beyond


class ReachError(ValueError):
    """Said to the person who asked; `field` names what it stands beside."""

    def __init__(self, message, field=None):
        super().__init__(message)
        self.field = field


def change_reach(*, user: User, school: School, by, on: datetime.date, now: datetime.datetime, **contact) -> User:
    """E-mail, phone and language, as far as `contact` names them.

    Raises ReachError for somebody who signs in, since an address is a key to an account and theirs to change, and
    where a new address would open more than `by` may give; accounts' PersonError where what is written cannot be.
    """
    if user.can_sign_in:
        raise ReachError(
            _("%(name)s signs in, and changes e-mail and phone on the page “About me”.") % {"name": user.name}
        )
    if is_new_address(user, contact.get("email")) and keys_beyond([user], by, school, on):
        raise ReachError(others_students(user), "email")
    return change_contact(user=user, by=by, now=now, school_id=school.pk, **contact)


def is_new_address(user, email: str | None) -> bool:
    return bool(email) and email.strip().lower() != user.email.lower()


def others_students(person) -> str:
    """Why an address is not written; whose students they are is not said."""
    return _("%(name)s also belongs to others than your students. Ask a lead to write the e-mail address.") % {
        "name": person.name
    }
