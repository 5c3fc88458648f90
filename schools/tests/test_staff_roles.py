import datetime

import pytest

from bpl.tests.cast import TODAY
from schools.actions.staff import StaffRoleError, end_role, give_role
from schools.roles import Role


def role_of(cast, name):
    return getattr(cast, name).staff_roles.get(school=cast.school)


def test_a_role_is_not_held_twice(cast):
    with pytest.raises(StaffRoleError, match="already adviser"):
        give_role(user=cast.ada, role=Role.ADVISER, school=cast.school, by=cast.lead, on=TODAY)


def test_who_comes_back_has_two_rows(cast):
    end_role(row=role_of(cast, "specialist"), by=cast.lead, on=TODAY)
    later = TODAY + datetime.timedelta(days=30)
    give_role(user=cast.specialist, role=Role.SPECIALIST, school=cast.school, by=cast.lead, on=later)
    assert cast.specialist.staff_roles.count() == 2


def test_the_only_lead_stays(cast):
    with pytest.raises(StaffRoleError, match="only lead"):
        end_role(row=role_of(cast, "lead"), by=cast.lead, on=TODAY)


def test_a_lead_goes_once_another_is_named(cast):
    give_role(user=cast.coordinator, role=Role.LEAD, school=cast.school, by=cast.lead, on=TODAY)
    end_role(row=role_of(cast, "lead"), by=cast.coordinator, on=TODAY)
    assert role_of(cast, "lead").ends_on == TODAY


def test_an_ended_role_opens_no_settings(cast, client):
    give_role(user=cast.coordinator, role=Role.LEAD, school=cast.school, by=cast.lead, on=TODAY)
    end_role(row=role_of(cast, "lead"), by=cast.coordinator, on=TODAY)
    client.force_login(cast.lead)
    assert client.get(f"/schools/{cast.school.pk}/").status_code == 404


def test_an_end_before_the_start_is_refused(cast):
    with pytest.raises(StaffRoleError, match="before the start"):
        give_role(user=cast.ben, role=Role.COORDINATOR, school=cast.school, by=cast.lead, on=TODAY, until=TODAY)
