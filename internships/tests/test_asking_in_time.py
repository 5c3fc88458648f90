"""What happens by the calendar: feedback is asked for on the review day and at the end, papers are warned of, once."""

import datetime

import pytest

from bpl.tests.cast import NOW, TODAY
from internships.actions.expiry import look_at_papers
from internships.actions.learning import ask_for_due
from internships.actions.placements import change, end
from internships.models import PaperWarning, Placement
from internships.tests.factories import a_begun_placement
from notices.models import Email, Notice

DAY = datetime.timedelta(days=1)


def asks(cast, on=TODAY) -> int:
    return ask_for_due(placements=Placement.objects.filter(school=cast.school), on=on, now=NOW)


def letters(cast) -> int:
    return Email.objects.filter(person=cast.mo, text__contains="/l/").count()


def told(kind, **who) -> set:
    found = Notice.objects.filter(kind=f"internships.{kind}", **who)
    return set(found.values_list("user__username", flat=True))


def test_on_the_review_day_the_mentor_is_asked_once_and_the_adviser_hears(cast):
    a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY + DAY)
    assert asks(cast) == 0 and letters(cast) == 0
    assert [asks(cast, TODAY + DAY), asks(cast, TODAY + DAY), asks(cast, TODAY + 2 * DAY)] == [1, 0, 0]
    assert letters(cast) == 1 and told("review") == {"ada", "cover"}


def test_at_the_end_who_was_there_on_the_last_day_is_asked(cast):
    placement = a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY + DAY)
    end(placement=placement, by=cast.ada, on=TODAY, now=NOW, reason="completed")
    assert [asks(cast), asks(cast, TODAY + DAY)] == [1, 0]
    assert letters(cast) == 1 and told("review") == set()


def test_where_nobody_has_an_address_the_adviser_writes_down_what_is_said(cast):
    cast.mo.email = ""
    cast.mo.save()
    a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY)
    assert [asks(cast), asks(cast)] == [1, 0]
    assert letters(cast) == 0 and told("feedback_middle") == {"ada", "cover"}


@pytest.mark.parametrize(("review_on", "asked"), [(TODAY - 13 * DAY, 1), (TODAY - 30 * DAY, 0)])
def test_what_came_long_ago_is_let_be(cast, review_on, asked):
    a_begun_placement(cast, starts_on=TODAY - 60 * DAY, review_on=review_on)
    assert asks(cast) == asked


def test_who_was_asked_by_hand_is_not_asked_again(cast, client):
    placement = a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY)
    client.force_login(cast.ada)
    client.post(f"/students/{placement.student_id}/internship/{placement.pk}/feedback/ask/", {"stage": "middle"})
    assert asks(cast) == 0 and letters(cast) == 1


def looks(cast, on):
    return look_at_papers(school=cast.school, on=on, now=NOW)


def test_a_paper_that_runs_out_is_told_twice_and_not_every_hour(cast):
    last = TODAY + 40 * DAY
    a_begun_placement(cast, check_until=last)
    for _hour in range(5):
        looks(cast, TODAY)
    assert PaperWarning.objects.count() == 1
    assert set(Notice.objects.filter(kind="internships.placement_runs_out").values_list("count", flat=True)) == {1}
    Notice.objects.update(read_at=NOW, waits_since=None)
    looks(cast, TODAY + DAY)
    assert Notice.objects.filter(kind="internships.placement_runs_out", read_at__isnull=True).count() == 0
    for _hour in range(3):
        looks(cast, last - 7 * DAY)
    assert PaperWarning.objects.count() == 2
    assert Notice.objects.filter(kind="internships.placement_runs_out", read_at__isnull=True).exists()


def test_a_mentor_without_an_account_hears_of_it_too(cast, django_capture_on_commit_callbacks):
    cast.mo.username = None
    cast.mo.save()
    a_begun_placement(cast, check_until=TODAY + 5 * DAY)
    looks(cast, TODAY)
    notice = Notice.objects.get(kind="internships.placement_runs_out", user=cast.mo)
    # It goes out with the next digest, to the address that is known.
    assert notice.waits_since is not None
    looks(cast, TODAY + 5 * DAY)
    assert Email.objects.filter(person=cast.mo, subject__contains="does not go to").exists()


def test_a_review_that_moves_is_told_again_also_after_asking_by_hand(cast, client):
    placement = a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY + DAY)
    client.force_login(cast.ada)
    client.post(f"/students/{placement.student_id}/internship/{placement.pk}/feedback/ask/", {"stage": "middle"})
    asks(cast, TODAY + DAY)
    assert letters(cast) == 1 and told("review") == {"ada", "cover"}
    change(placement=placement, by=cast.ada, title=placement.title, review_on=TODAY + 9 * DAY)
    assert [asks(cast, TODAY + 9 * DAY), asks(cast, TODAY + 9 * DAY)] == [1, 0]
    assert letters(cast) == 2 and Notice.objects.filter(kind="internships.review", user=cast.ada).count() == 2


def test_nobody_writes_to_a_closed_account(cast):
    cast.mo.closed_at, cast.mo.is_active = NOW, False
    cast.mo.save()
    a_begun_placement(cast, starts_on=TODAY - 40 * DAY, review_on=TODAY)
    asks(cast)
    assert letters(cast) == 0 and told("feedback_middle") == {"ada", "cover"}
