"""Teams are compared with their causes, told, and put right."""

from bpl.tests.cast import TODAY
from notices.models import Notice
from rosters.actions.drift import put_right, report
from rosters.drift import Kind, differences
from schools.models import StaffRole
from students.models import TeamMember


def found(cast):
    return [(row.kind, row.place.user_id) for row in differences(cast.school, TODAY)]


def row_of(user, cause):
    return TeamMember.objects.get(user=user, cause__startswith=cause, student__user__given_name="Samuel")


def repair(cast):
    keys = {row.key for row in differences(cast.school, TODAY)}
    return put_right(school=cast.school, keys=keys, by=cast.lead, on=TODAY)


def test_teams_that_actions_wrote_do_not_drift(cast):
    assert found(cast) == []


def test_a_lost_place_is_found_and_given_again(cast):
    row_of(cast.ada, "advisory").delete()
    assert found(cast) == [(Kind.MISSING, cast.ada.pk)]
    assert repair(cast) == 1 and found(cast) == []


def test_a_place_that_is_given_again_ends_with_its_cause(cast):
    row_of(cast.cover, "advisory").delete()
    repair(cast)
    assert row_of(cast.cover, "advisory").ends_on == cast.advisory.charges.get(user=cast.cover).ends_on


def test_access_without_a_cause_is_found_and_ended(cast):
    row = row_of(cast.mo, "mentorship")
    row.pk, row.user, row.cause = None, cast.moira, "mentorship:999"
    row.save()
    assert found(cast) == [(Kind.EXTRA, cast.moira.pk)]
    assert repair(cast) == 1 and found(cast) == []


def test_other_rights_are_found_and_put_right(cast):
    TeamMember.objects.filter(user=cast.grandma).update(may_write=True)
    assert found(cast) == [(Kind.OTHER, cast.grandma.pk)]
    assert repair(cast) == 1 and found(cast) == []


def test_an_adviser_without_a_role_is_told(cast):
    StaffRole.objects.filter(user=cast.ada).update(ends_on=TODAY)
    assert found(cast) == [(Kind.HOMELESS, cast.ada.pk)]


def test_leads_are_told_at_night_and_once(cast):
    row_of(cast.ada, "advisory").delete()
    for _night in range(2):
        report(school=cast.school, on=TODAY)
    assert Notice.objects.get().user == cast.lead


def test_a_quiet_night_tells_nobody(cast):
    assert report(school=cast.school, on=TODAY) == 0 and not Notice.objects.exists()


def test_only_what_is_ticked_is_put_right(cast, client):
    row_of(cast.ada, "advisory").delete()
    row_of(cast.rosa, "guardian").delete()
    client.force_login(cast.lead)
    first = differences(cast.school, TODAY)[0]
    client.post(f"/schools/{cast.school.pk}/people/teams/put-right/", {"key": first.key})
    assert len(found(cast)) == 1
