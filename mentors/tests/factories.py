"""Organisations and mentors beyond the cast, for lists that must be long."""

from accounts.models import User
from bpl.tests.cast import LAST_YEAR
from mentors.actions.mentors import add_mentor
from mentors.actions.organisations import add_organisation
from mentors.models import Mentor


def a_mentor(cast, given_name: str, organisation_name: str, *, on=LAST_YEAR, **fields) -> Mentor:
    organisation = add_organisation(school=cast.school, name=organisation_name, by=cast.lead)
    user = User.objects.create(given_name=given_name)
    return add_mentor(organisation=organisation, user=user, by=cast.lead, on=on, **fields)
