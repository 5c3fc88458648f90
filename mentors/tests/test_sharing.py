"""What a network's schools see of each other's organisations: nothing, unless the network says so; never a person."""

import pytest

from accounts.models import User
from audit.models import Event
from bpl.tests.cast import LAST_YEAR
from mentors.actions.mentors import add_mentor
from mentors.models import Organisation
from schools.models import Network


@pytest.fixture
def theirs(cast):
    """An organisation of the network's other school, with a mentor and a contact."""
    network = cast.network
    cast.other_school.network = network
    cast.other_school.save()
    return Organisation.objects.create(
        school=cast.other_school, name="Kestrel Print", town="Leeds", about="Posters and books", tags="print",
        phone="0113 496 0000",
    )  # fmt: skip


def shares(cast, client, on=True):
    client.force_login(cast.network_lead)
    client.post(f"/networks/{cast.network.pk}/sharing/", {"share": "1"} if on else {})


def page(cast, client, who=None, rest="network-organisations/"):
    client.force_login(who or cast.ada)
    return client.get(f"/schools/{cast.school.pk}/{rest}")


def test_nothing_is_shared_before_the_network_says_so(cast, client, theirs):
    assert "Kestrel Print" not in page(cast, client).content.decode()
    shares(cast, client)
    assert "Kestrel Print" in page(cast, client).content.decode()
    assert Event.objects.filter(action="schools.network.sharing", actor=cast.network_lead).exists()
    shares(cast, client, on=False)
    assert "Kestrel Print" not in page(cast, client).content.decode()


def test_no_person_and_no_number_of_theirs_is_shown(cast, client, theirs):
    add_mentor(organisation=theirs, user=User.objects.create(given_name="Ruth"), by=cast.lead, on=LAST_YEAR)
    shares(cast, client)
    shown = page(cast, client).content.decode()
    assert "Kestrel Print" in shown and "Ruth" not in shown and "0113" not in shown
    assert page(cast, client, rest=f"organisations/{theirs.pk}/").status_code == 404
    form = page(cast, client, rest=f"organisations/new/?from={theirs.pk}").content.decode()
    assert "Kestrel Print" in form and "0113" not in form


def test_another_network_s_are_not_there_and_nor_are_merged_ones(cast, client, theirs):
    shares(cast, client)
    Organisation.objects.create(school=cast.other_school, name="Kestrel Printers", merged_into=theirs)
    cast.other_school.network = Network.objects.create(name="Another", shares_organisations=True)
    assert "Kestrel Printers" not in page(cast, client).content.decode()
    cast.other_school.save()
    assert "Kestrel Print" not in page(cast, client).content.decode()


def test_one_is_taken_over_into_the_school_s_own(cast, client, theirs):
    shares(cast, client)
    form = page(cast, client, rest=f"organisations/new/?from={theirs.pk}").content.decode()
    assert "Kestrel Print" in form and "Posters and books" in form
    client.post(f"/schools/{cast.school.pk}/organisations/new/", {"name": "Kestrel Print", "town": "Leeds"})
    assert Organisation.objects.filter(school=cast.school, name="Kestrel Print").exists()


def test_nothing_is_taken_over_that_is_not_shared(cast, client, theirs):
    assert "Kestrel Print" not in page(cast, client, rest=f"organisations/new/?from={theirs.pk}").content.decode()
    assert page(cast, client, rest="organisations/new/?from=x").status_code == 200
