import io

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from notices.models import Email
from schools.models import Network, School, StaffRole


def numbers(client, cast, **changes):
    client.force_login(cast.lead)
    facts = {
        "advisory_size": 15, "plan_due_weeks": 4, "one_to_one_days": 14, "age_student_decides": 18,
        "qualities_name": "Social qualities",
    }  # fmt: skip
    return client.post(f"/schools/{cast.school.pk}/numbers/", facts | changes)


def test_a_number_is_changed_and_written_down(cast, client):
    numbers(client, cast, advisory_size=12)
    assert School.objects.get(pk=cast.school.pk).advisory_size == 12
    assert Event.objects.get(action="schools.changed").details["was"] == {"advisory_size": 15}


def test_the_fifth_goals_name_reaches_the_goal(cast, client):
    numbers(client, cast, qualities_name="Personal qualities")
    assert cast.school.goals.get(key="qualities").name == "Personal qualities"


def test_a_number_out_of_reach_is_refused_beside_it(cast, client):
    page = numbers(client, cast, one_to_one_days=900).content.decode()
    assert "less than or equal to 120" in page and 'value="900"' in page


def test_two_leads_do_not_undo_each_others_change(cast, client):
    School.objects.filter(pk=cast.school.pk).update(plan_due_weeks=6)
    client.force_login(cast.lead)
    client.post(
        f"/schools/{cast.school.pk}/details/",
        {
            "name": "Riverside Met",
            "place": "Providence",
            "system": "us",
            "time_zone": "America/New_York",
            "language": "en",
        },
    )
    school = School.objects.get(pk=cast.school.pk)
    assert (school.name, school.plan_due_weeks) == ("Riverside Met", 6)


def add(**options):
    facts = {"time_zone": "Europe/London", "system": "england", "lead_email": "jo@example.org", "lead_given_name": "Jo"}
    call_command("add_school", "Quay House", verbosity=0, stdout=io.StringIO(), **(facts | options))


def test_a_school_in_one_command(db):
    add(network="Tide")
    school = School.objects.get(name="Quay House")
    assert school.goals.count() == 5 and school.attendance_codes.filter(code="/").exists()
    assert school.network == Network.objects.get(name="Tide")
    lead = StaffRole.objects.get(school=school, role="lead").user
    assert Email.objects.get().address == lead.email == "jo@example.org"


def test_a_lead_of_two_schools_is_one_person(db):
    add(network="Tide")
    call_command(
        "add_school", "Lock House", time_zone="Europe/London", lead_email="JO@example.org", lead_given_name="Jo",
        stdout=io.StringIO(),
    )  # fmt: skip
    assert len(set(StaffRole.objects.values_list("user", flat=True))) == 1


def test_a_time_zone_that_is_none_leaves_nothing_behind(db):
    with pytest.raises(CommandError, match="is not a time zone"):
        add(time_zone="Europe/Hull")
    assert not School.objects.exists()
