"""One e-mail a morning, in the school's morning, with what waited until then."""

import datetime

import pytest

from bpl.tests.cast import NOW
from notices.actions import digests
from notices.actions.reading import choose_digest, mark_read
from notices.models import Email, Notice, Preference
from notices.tests.factories import AN_HOUR, NoticeFactory, mo_leaves_sam, tell

# NOW is Tuesday, 24 November 2026, 10:00 in Providence and 15:00 in Doncaster.
DAY = datetime.timedelta(days=1)
SEVEN = datetime.datetime(2026, 11, 25, 12, 0, tzinfo=datetime.UTC)
MONDAY = SEVEN + 5 * DAY


def write(now):
    return digests.write_digests(now=now)


def test_it_goes_at_seven_where_the_school_is(cast):
    tell(cast, cast.rosa)
    assert write(SEVEN - AN_HOUR) == 0
    assert write(SEVEN) == 1
    assert Email.objects.get().address == "rosa@example.org"


def test_it_says_what_happened_with_a_link_and_no_more(cast):
    tell(cast, cast.sam)
    tell(cast, cast.sam)
    tell(cast, cast.sam, key="urgent", title="Please call", url="/urgent/", now=NOW + AN_HOUR)
    Notice.objects.filter(key="urgent").update(is_urgent=True)
    write(SEVEN)
    email = Email.objects.get()
    assert email.subject == "2 things are new for you"
    assert email.text.index("Please call") < email.text.index("A comment on Sam's plan (2 times)")
    assert "http://127.0.0.1:8000/plans/1/" in email.text and 'href="http://127.0.0.1:8000/plans/1/"' in email.html
    assert "Okafor" not in email.text + email.html and "/notices/settings/" in email.text


def test_asked_twice_it_is_written_once(cast):
    tell(cast, cast.rosa)
    assert [write(SEVEN), write(SEVEN), write(SEVEN + AN_HOUR)] == [1, 0, 0]


def test_what_comes_during_the_day_waits_for_the_next_morning(cast):
    tell(cast, cast.rosa)
    write(SEVEN)
    tell(cast, cast.rosa, key="other", now=SEVEN + AN_HOUR)
    assert write(SEVEN + 2 * AN_HOUR) == 0
    assert write(SEVEN + DAY) == 1


def test_what_first_comes_after_seven_is_not_sent_that_day(cast):
    tell(cast, cast.rosa, now=SEVEN + AN_HOUR)
    assert write(SEVEN + 2 * AN_HOUR) == 0


def test_a_worker_that_was_away_catches_up(cast):
    tell(cast, cast.rosa)
    assert write(SEVEN + 6 * AN_HOUR) == 1


def test_what_was_told_is_not_told_again(cast):
    tell(cast, cast.rosa)
    write(SEVEN)
    assert write(SEVEN + DAY) == 0 and Notice.objects.unread().count() == 1


def test_more_of_the_same_is_told_again(cast):
    tell(cast, cast.rosa)
    write(SEVEN)
    tell(cast, cast.rosa, now=SEVEN + AN_HOUR)
    assert write(SEVEN + DAY) == 1


def test_what_was_read_meanwhile_is_left_out(cast):
    tell(cast, cast.rosa)
    mark_read(notice=Notice.objects.get(), by=cast.rosa, now=NOW)
    assert write(SEVEN) == 0


def test_weekly_is_on_monday(cast):
    choose_digest(user=cast.rosa, digest=Preference.Digest.WEEKLY)
    tell(cast, cast.rosa)
    assert [write(SEVEN), write(SEVEN + 3 * DAY), write(MONDAY), write(MONDAY + DAY)] == [0, 0, 1, 0]


def test_who_has_left_the_team_reads_no_more_about_the_student(cast):
    tell(cast, cast.mo)
    mo_leaves_sam(cast)
    assert write(SEVEN) == 0 and not Notice.objects.waiting().exists()


@pytest.mark.parametrize("change", [{"email": ""}, {"is_active": False}])
def test_who_can_no_longer_be_written_to_is_left_out(cast, change):
    tell(cast, cast.rosa)
    type(cast.rosa).objects.filter(pk=cast.rosa.pk).update(**change)
    assert write(SEVEN) == 0


def test_a_person_of_two_schools_gets_one_a_day(cast):
    """Doncaster's morning comes first and takes along what Providence has; then Providence has had its day."""
    for school in (cast.school, cast.other_school):
        NoticeFactory(user=cast.ada, school_id=school.pk, waits_since=NOW)
    doncaster_at_seven = SEVEN - 5 * AN_HOUR
    assert [write(doncaster_at_seven), write(SEVEN)] == [1, 0]
    assert "2 things" in Email.objects.get().subject


def test_a_long_list_is_cut_and_says_so(cast):
    NoticeFactory.create_batch(25, user=cast.ada, school_id=cast.school.pk, waits_since=NOW)
    write(SEVEN)
    assert "And 5 more" in Email.objects.get().text
