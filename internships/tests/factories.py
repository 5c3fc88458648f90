"""Opportunities for tests: at the cast's boatyard unless it is said otherwise."""

from bpl.tests.cast import LAST_YEAR
from internships.actions.opportunities import add_opportunity
from internships.models import Opportunity
from internships.weekdays import mask

TUESDAY, THURSDAY = 1, 3


def an_opportunity(cast, title="Help to build a skiff", *, organisation=None, on=(TUESDAY, THURSDAY), **values):
    facts = {"starts_on": LAST_YEAR, "weekdays": mask(on), "places": 1} | values
    return add_opportunity(organisation=organisation or cast.boatyard, by=cast.coordinator, title=title, **facts)


__all__ = ["THURSDAY", "TUESDAY", "Opportunity", "an_opportunity"]
