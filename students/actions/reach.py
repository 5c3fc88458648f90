"""How to reach an adult of the family who does not sign in yet."""

import datetime

from django.utils.translation import gettext as _

from accounts.actions.people import change_contact
from students.models import Guardianship


class ReachError(ValueError):
    """Said to the person who asked, in their words."""


def change_reach(*, guardianship: Guardianship, by, now: datetime.datetime, email: str, phone: str, language: str):
    """Raises ReachError for somebody who signs in: an address is a key to an account, and theirs to change.

    Raises accounts' PersonError where what is written cannot be.
    """
    user = guardianship.user
    if user.can_sign_in:
        raise ReachError(
            _("%(name)s signs in, and changes e-mail and phone on the page “About me”.") % {"name": user.name}
        )
    school_id = guardianship.student.school_id
    return change_contact(user=user, by=by, now=now, email=email, phone=phone, language=language, school_id=school_id)
