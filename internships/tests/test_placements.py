import datetime

import pytest
from django.db import IntegrityError, transaction

from bpl.tests.cast import LAST_YEAR, NOW, TODAY
from internships.actions.expiry import look_at_papers
from internships.actions.placements import (
    PlacementError,
    Slot,
    add_mentor,
    begin,
    change_schedule,
    drop_mentor,
    end,
    go_on,
    rest,
)
from internships.expected import expected_on
from internships.models import Placement, Pursuit, Rules, SiteWeekday
from internships.tests.factories import (
    FRIDAY,
    THURSDAY,
    TUESDAY,
    a_begun_placement,
    a_check,
    a_paper,
    a_placement,
    agreed,
    an_opportunity,
    slots,
)
from mentors.actions.organisations import add_organisation, merge
from notices.models import Notice
from students.access import permissions_on
from students.models import TeamMember

WEEK = datetime.timedelta(weeks=1)


def refused(words):
    return pytest.raises(PlacementError, match=words)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"ends_on": TODAY}, "last day is before"),
        ({"review_on": TODAY}, "between the first day and the last"),
        ({"slots": []}, "at least one weekday"),
        ({"slots": [Slot(TUESDAY, datetime.time(15), datetime.time(9))]}, "end is before the start"),
        ({"slots": [Slot(TUESDAY, datetime.time(9), datetime.time(10), 60)]}, "as long as the day"),
        ({"starts_on": LAST_YEAR - WEEK}, "not a mentor in all of that time"),
    ],
)
def test_what_cannot_be_is_said_in_words(cast, values, words):
    with refused(words):
        a_placement(cast, **values)
    assert not Placement.objects.exists()


def test_two_placements_of_a_student_never_share_a_weekday(cast):
    a_placement(cast, on=(TUESDAY, THURSDAY))
    with refused("On Thursday Sam Okafor is at Blackstone Boats already"):
        a_placement(cast, on=(THURSDAY, FRIDAY))
    assert a_placement(cast, on=(FRIDAY,)).pk


def test_the_database_keeps_weekdays_apart_too(cast):
    first, second = a_placement(cast, on=(TUESDAY,)), a_placement(cast, on=(FRIDAY,))
    row = first.schedule.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        SiteWeekday.objects.create(
            placement=second, student=second.student, weekday=TUESDAY, from_time=row.from_time, to_time=row.to_time,
            starts_on=TODAY + WEEK,
        )  # fmt: skip


def test_a_new_schedule_holds_from_its_day_and_the_old_one_before(cast):
    placement = change_schedule(placement=a_placement(cast), slots=slots(FRIDAY), by=cast.ada, on=TODAY + WEEK)
    placement = Placement.objects.with_place().get(pk=placement.pk)
    tuesday, friday = TODAY, TODAY + WEEK + datetime.timedelta(days=3)
    assert placement.slot_on(tuesday) and not placement.slot_on(tuesday + WEEK)
    assert placement.slot_on(friday) and not placement.slot_on(friday - WEEK)


def test_it_does_not_begin_without_the_papers_and_says_which(cast):
    Rules.objects.create(school=cast.school, needs_liability=True)
    placement = a_placement(cast)
    agreed(placement, cast.coordinator)
    with refused("employers' liability insurance \\(not seen yet\\), background check \\(not seen yet\\)"):
        begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW)
    a_check(cast, cast.mo)
    a_paper(cast, cast.boatyard, "liability")
    assert begin(placement=placement, by=cast.coordinator, on=TODAY, now=NOW).begun_at == NOW


def lets_begin(placement):
    with transaction.atomic():
        return Placement.objects.filter(pk=placement.pk).update(begun_at=NOW)


@pytest.mark.parametrize("kind", ["liability", "safety", "risk"])
def test_the_database_refuses_a_place_without_its_papers(cast, kind):
    Rules.objects.create(school=cast.school, **{f"needs_{kind}": True})
    a_check(cast, cast.mo)
    placement = a_placement(cast)
    with pytest.raises(IntegrityError):
        lets_begin(placement)
    old = a_paper(cast, cast.boatyard, kind, expires_on=TODAY)
    with pytest.raises(IntegrityError):
        lets_begin(placement)
    assert old.pk
    a_paper(cast, cast.boatyard, kind)
    assert lets_begin(placement) == 1


def test_the_database_asks_for_a_background_check_where_the_school_has_no_rules_of_its_own(cast):
    placement = a_placement(cast)
    with pytest.raises(IntegrityError):
        lets_begin(placement)
    a_check(cast, cast.mo)
    assert lets_begin(placement) == 1


def test_a_paper_of_a_merged_row_counts_for_the_database_too(cast):
    Rules.objects.create(school=cast.school, needs_liability=True)
    other = add_organisation(school=cast.school, name="Blackstone Boatyard", by=cast.lead)
    a_paper(cast, other, "liability")
    a_check(cast, cast.mo)
    merge(organisation=other, into=cast.boatyard, by=cast.lead)
    assert lets_begin(a_placement(cast)) == 1


def test_nobody_unchecked_joins_a_placement_that_has_begun(cast):
    placement = a_begun_placement(cast)
    moira = cast.mentorships["moira", "omar"].mentor
    with refused("Moira Shaw cannot begin: background check \\(not seen yet\\)"):
        add_mentor(placement=placement, mentor=moira, by=cast.ada, on=TODAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        placement.mentors.create(mentor=moira, starts_on=TODAY)
    a_check(cast, cast.moira)
    add_mentor(placement=placement, mentor=moira, by=cast.ada, on=TODAY)
    assert permissions_on(cast.student("sam"), cast.moira, TODAY)


def test_a_mentor_joins_the_team_with_the_start_and_leaves_with_the_end(cast):
    sam = cast.student("sam")
    placement = a_begun_placement(cast, mentor="moira", starts_on=TODAY + WEEK)
    assert not permissions_on(sam, cast.moira, TODAY)
    assert permissions_on(sam, cast.moira, TODAY + WEEK)
    end(placement=placement, by=cast.ada, on=TODAY + 2 * WEEK, now=NOW, reason="completed")
    assert permissions_on(sam, cast.moira, TODAY + 2 * WEEK - datetime.timedelta(days=1))
    assert not permissions_on(sam, cast.moira, TODAY + 2 * WEEK)


def test_a_mentor_of_two_placements_keeps_the_other(cast):
    first = a_begun_placement(cast, mentor="moira", on=(TUESDAY,))
    a_begun_placement(cast, mentor="moira", on=(FRIDAY,))
    end(placement=first, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert permissions_on(cast.student("sam"), cast.moira, TODAY)


def test_an_end_twice_is_one_and_before_the_start_is_refused(cast):
    placement = a_begun_placement(cast, starts_on=TODAY)
    with refused("It began on"):
        end(placement=placement, by=cast.ada, on=TODAY - WEEK, now=NOW, reason="fit")
    once = end(placement=placement, by=cast.ada, on=TODAY + WEEK, now=NOW, reason="fit", job_offered=True)
    twice = end(placement=placement, by=cast.ben, on=TODAY, now=NOW, reason="host")
    assert (twice.ends_on, twice.reason, twice.job_offered) == (once.ends_on, "fit", True)


def test_one_that_never_began_is_cancelled_and_frees_its_days(cast):
    placement = a_placement(cast, starts_on=TODAY + WEEK)
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="cancelled")
    assert a_placement(cast, starts_on=TODAY + WEEK).pk


def test_the_last_mentor_is_not_dropped_and_a_colleague_takes_over(cast):
    placement = a_begun_placement(cast)
    mo = placement.mentors.get()
    with refused("Nobody else is there"):
        drop_mentor(row=mo, by=cast.ada, on=TODAY)
    a_check(cast, cast.moira)
    moira = add_mentor(placement=placement, mentor=cast.mentorships["moira", "omar"].mentor, by=cast.ada, on=TODAY)
    drop_mentor(row=mo, by=cast.ada, on=TODAY)
    moira.refresh_from_db()
    assert not moira.is_colleague


def test_the_night_suspends_what_has_run_out_and_lets_it_go_on(cast):
    soon = TODAY + WEEK
    placement = a_begun_placement(cast, check_until=soon)
    assert look_at_papers(school=cast.school, on=TODAY, now=NOW) == 0
    told = set(Notice.objects.filter(kind="internships.placement_runs_out").values_list("user__username", flat=True))
    assert told >= {"sam", "rosa", "mo", "ada", "coordinator"}
    assert look_at_papers(school=cast.school, on=soon, now=NOW) == 1
    assert look_at_papers(school=cast.school, on=soon, now=NOW) == 0
    placement.refresh_from_db()
    assert placement.suspension_on(soon).kinds == "background"
    assert Notice.objects.filter(kind="internships.placement_suspended", user=cast.rosa).count() == 1
    with refused("It cannot go on: background check \\(expired\\)"):
        go_on(placement=placement, by=cast.coordinator, on=soon)
    a_check(cast, cast.mo)
    look_at_papers(school=cast.school, on=soon + WEEK, now=NOW)
    placement = Placement.objects.get(pk=placement.pk)
    assert placement.suspension_on(soon) and not placement.suspension_on(soon + WEEK)


def test_what_the_school_suspends_the_night_does_not_let_go_on(cast):
    placement = a_begun_placement(cast)
    rest(placement=placement, by=cast.lead, on=TODAY, now=NOW, words="The crane is being repaired.")
    look_at_papers(school=cast.school, on=TODAY + WEEK, now=NOW)
    assert placement.suspension_on(TODAY + WEEK)


def test_team_rows_of_a_placement_name_it(cast):
    placement = a_begun_placement(cast)
    assert TeamMember.objects.get(cause=placement.cause).user == cast.mo


def test_what_it_is_about_and_when_it_is_looked_at_again_is_corrected(cast, client):
    placement = a_placement(cast)
    client.force_login(cast.ada)
    address = f"/students/{placement.student_id}/internship/{placement.pk}/change/"
    said = {"title": "Builds a skiff", "review_on": TODAY.isoformat(), "time_zone": ""}
    refused_page = client.post(address, said).content.decode()
    assert "between the first day and the last" in refused_page and "Builds a skiff" in refused_page
    assert "is not a time zone" in client.post(address, said | {"time_zone": "Mars"}).content.decode()
    client.post(address, said | {"review_on": (TODAY + WEEK).isoformat()})
    placement.refresh_from_db()
    assert (placement.title, placement.review_on) == ("Builds a skiff", TODAY + WEEK)


BARE = ("coordinator_clears", "interview_step", "shadow_step", "setup_step", "needs_background")
NO_FORMS = ("form_employer", "form_parent", "form_student", "form_adviser", "form_coordinator")


def test_a_small_school_is_done_in_three_steps(cast, client):
    """The student asks, the adviser says yes, and arranges it."""
    rules = Rules.objects.create(school=cast.school, **dict.fromkeys((*BARE, *NO_FORMS), False))
    opportunity = an_opportunity(cast, mentor=cast.mentorships["mo", "sam"].mentor)
    student = f"/students/{cast.student('sam').pk}"
    client.force_login(cast.sam)
    client.post(f"{student}/opportunities/{opportunity.pk}/", {"why": "I like things that float."})
    pursuit = Pursuit.objects.get()
    client.force_login(cast.ada)
    client.post(f"{student}/places/{pursuit.pk}/say/", {"says_yes": "yes", "words": ""})
    said = {
        "mentor": opportunity.mentor_id, "title": "Helps to build a skiff", "weekdays": [TUESDAY, THURSDAY],
        "from_time": "09:00", "to_time": "15:00", "break_minutes": "30", "starts_on": TODAY.isoformat(),
    }  # fmt: skip
    client.post(f"{student}/internship/new/?pursuit={pursuit.pk}", said)
    placement = Placement.objects.get()
    assert placement.begun_at is not None and placement.pursuit == pursuit
    assert [one.placement for one in expected_on(Placement.objects.all(), TODAY)] == [placement]
    rules.needs_background = True
    rules.save()
    other = f"/students/{cast.student('lena').pk}/internship/new/"
    shown = client.post(other, said, follow=True).content.decode()
    assert "It is arranged. It cannot begin" in shown and "background check" in shown
