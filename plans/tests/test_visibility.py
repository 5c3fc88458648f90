"""Who sees what of a plan: sections by role, live; versions as they were open and still are."""

from bpl.tests.cast import NOW, TODAY
from plans.actions.review import submit
from plans.actions.sections import open_section
from plans.actions.version import make_ready
from plans.models import Section
from plans.tests.factories import a_plan, a_ready_plan, say
from schools.roles import Role

FAMILY = "We eat together on Sundays."


def sees(client, user, address) -> bool:
    client.force_login(user)
    return FAMILY in client.get(address).content.decode()


def family(plan):
    return Section.objects.select_related("text", "plan").get(plan=plan, key="family")


def test_a_mentor_sees_the_family_part_nowhere(cast, client):
    plan = a_ready_plan(cast)
    for page in ("", "sign/", "versions/1/", "versions/1/to/0/", "print/"):
        assert not sees(client, cast.mo, f"/plans/{plan.pk}/{page}"), page
    assert sees(client, cast.grandma, f"/plans/{plan.pk}/")
    assert sees(client, cast.rosa, f"/plans/{plan.pk}/sign/")


def test_opening_it_shows_it_from_then_on_and_no_earlier_version(cast, client):
    plan = a_ready_plan(cast)
    open_section(section=family(plan), readers=[*family(plan).text.readers, Role.MENTOR], by=cast.ada, on=TODAY)
    assert sees(client, cast.mo, f"/plans/{plan.pk}/")
    assert not sees(client, cast.mo, f"/plans/{plan.pk}/versions/1/")


def test_closing_it_again_hides_it_in_every_version(cast, client):
    plan = a_ready_plan(cast)
    without_parents = [role for role in family(plan).text.readers if role != Role.PARENT]
    open_section(section=family(plan), readers=without_parents, by=cast.ada, on=TODAY)
    for page in ("", "sign/", "versions/1/", "print/"):
        assert not sees(client, cast.rosa, f"/plans/{plan.pk}/{page}"), page


def test_who_no_longer_reads_no_longer_writes(cast):
    plan = a_ready_plan(cast)
    text = open_section(section=family(plan), readers=["student", "adviser"], by=cast.ada, on=TODAY)
    assert Role.PARENT not in text.writers


def test_a_stranger_and_a_barred_father_find_nothing(cast, client):
    plan = a_ready_plan(cast)
    for user in (cast.dan, cast.stranger, cast.former_mentor, cast.ben, cast.network_lead):
        client.force_login(user)
        assert client.get(f"/plans/{plan.pk}/").status_code == 404


def test_that_the_family_wrote_is_not_told_to_the_mentor(cast, client):
    plan = a_ready_plan(cast)
    say(plan, "family", "We moved house.", cast.rosa)
    client.force_login(cast.mo)
    assert "Somebody has written on" not in client.get(f"/plans/{plan.pk}/").content.decode()
    client.force_login(cast.ada)
    assert "Somebody has written on since version 1" in client.get(f"/plans/{plan.pk}/").content.decode()


def test_a_lead_reads_no_closed_section_as_a_witness(cast, client):
    plan = a_plan(cast)
    open_section(section=family(plan), readers=["student", "parent", "adviser"], by=cast.ada, on=TODAY)
    say(plan, "family", FAMILY, cast.sam)
    submit(plan=plan, by=cast.sam, on=TODAY, at=NOW)
    make_ready(plan=plan, by=cast.ada, on=TODAY, at=NOW)
    assert not sees(client, cast.lead, f"/plans/{plan.pk}/witness/{cast.sam.pk}/")
    assert sees(client, cast.ada, f"/plans/{plan.pk}/witness/{cast.sam.pk}/")
    client.force_login(cast.lead)
    assert client.get(f"/plans/{plan.pk}/witness/{cast.mo.pk}/").status_code == 200
