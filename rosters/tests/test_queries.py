"""Lists cost the same however many people they show."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bpl.tests.cast import TODAY
from rosters.tests.factories import brought_in, pasted, preview
from schools.actions.staff import give_role
from students.people import adults_of

PAGES = ["people/", "people/invitations/", "staff/", "people/teams/", "people/year/?on=2027-09-01&grade-9=10", "audit/"]


def many(cast, count, start=0):
    rows = "\n".join(
        f"Kid{n} Fam{n}\t9\tAda's advisory\tMia Fam{n}\tm{n}@example.org" for n in range(start, start + count)
    )
    imported = pasted(cast, "Name\tGrade\tAdvisory\tMother\tMother email\n" + rows)
    brought_in(imported, cast.lead)
    for user in adults_of(cast.school).filter(family_name__startswith="Fam", staff_roles__isnull=True):
        give_role(user=user, role="specialist", school=cast.school, by=cast.lead, on=TODAY)


def cost(act) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_with_more_people(cast, client, page):
    client.force_login(cast.lead)
    address = f"/schools/{cast.school.pk}/{page}"
    many(cast, 2)
    few = cost(lambda: client.get(address))
    many(cast, 12, start=2)
    assert cost(lambda: client.get(address)) == few <= 16


def test_a_preview_costs_the_same_for_a_long_table(cast):
    def table(count):
        return pasted(cast, "Name\tGrade\n" + "\n".join(f"Kid{n} Fam{n}\t9" for n in range(count)))

    short, long = table(2), table(200)
    assert cost(lambda: preview(short, cast.lead)) == cost(lambda: preview(long, cast.lead)) <= 18
