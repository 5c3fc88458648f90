"""Who is told, in which words, and once."""

import pytest
from django.utils.translation import get_language

from accounts.tests.factories import UserFactory
from bpl.tests.cast import NOW
from notices.actions import notify
from notices.actions.reading import choose_digest, mark_read
from notices.models import Email, Notice, Preference
from notices.tests.factories import AN_HOUR, tell

Digest = Preference.Digest


def test_everybody_concerned_is_told_but_who_did_it(cast):
    tell(cast, cast.ada, cast.sam, cast.rosa)
    assert set(Notice.objects.values_list("user__username", flat=True)) == {"sam", "rosa"}


def test_a_closed_account_is_told_nothing(cast):
    tell(cast, UserFactory(is_active=False, closed_at=NOW))
    assert not Notice.objects.exists()


def test_the_same_again_is_counted_until_it_is_read(cast):
    tell(cast, cast.sam)
    tell(cast, cast.sam, title="Another comment on Sam's plan", now=NOW + AN_HOUR)
    notice = Notice.objects.get()
    assert (notice.count, notice.title) == (2, "Another comment on Sam's plan")
    assert (notice.created_at, notice.last_at) == (NOW, NOW + AN_HOUR)


def test_after_reading_the_same_is_new_again(cast):
    tell(cast, cast.sam)
    mark_read(notice=Notice.objects.get(), by=cast.sam, now=NOW)
    tell(cast, cast.sam)
    assert [notice.count for notice in Notice.objects.all()] == [1, 1]


def test_two_keys_are_two_notices(cast):
    tell(cast, cast.sam)
    tell(cast, cast.sam, key="plans.commented:2")
    assert Notice.objects.count() == 2


def test_one_row_stands_where_two_processes_tell_in_the_same_moment(cast, monkeypatch):
    tell(cast, cast.sam)
    monkeypatch.setattr("notices.actions.telling._Telling.count_up", lambda *given: None)
    tell(cast, cast.sam, cast.rosa)
    assert Notice.objects.filter(user=cast.sam).count() == 1 and Notice.objects.filter(user=cast.rosa).exists()


def test_each_reader_is_told_in_their_own_language(cast):
    tell(cast, cast.sam, cast.rosa, title=lambda: f"in {get_language()}")
    assert dict(Notice.objects.values_list("user__username", "title")) == {"sam": "in en", "rosa": "in es"}


def test_what_is_urgent_goes_by_e_mail_at_once(cast):
    tell(cast, cast.rosa, urgent=True)
    email = Email.objects.get()
    assert (email.address, email.subject) == ("rosa@example.org", "A comment on Sam's plan")
    assert "http://127.0.0.1:8000/plans/1/" in email.text and "/plans/1/" in email.html
    assert Notice.objects.get().waits_since is None


def test_what_is_not_waits_for_the_morning(cast):
    tell(cast, cast.rosa)
    assert Notice.objects.get().waits_since == NOW
    assert not Email.objects.exists()


def test_urgent_news_come_again_by_e_mail(cast):
    for _time in range(2):
        tell(cast, cast.rosa, urgent=True)
    assert Email.objects.count() == 2 and Notice.objects.get().count == 2


def test_who_wants_each_thing_at_once_gets_one_e_mail_until_they_read(cast):
    choose_digest(user=cast.rosa, digest=Digest.AT_ONCE)
    for _time in range(3):
        tell(cast, cast.rosa)
    assert Email.objects.count() == 1
    assert Notice.objects.get().waits_since == NOW


def test_who_wants_no_e_mail_gets_only_what_is_urgent(cast):
    choose_digest(user=cast.rosa, digest=Digest.NONE)
    tell(cast, cast.rosa)
    assert Notice.objects.get().waits_since is None and not Email.objects.exists()
    tell(cast, cast.rosa, key="other", urgent=True)
    assert Email.objects.count() == 1


def test_without_an_address_it_waits_under_the_bell_alone(cast):
    tell(cast, UserFactory(email=""), urgent=True)
    assert Notice.objects.get().waits_since is None and not Email.objects.exists()


def test_choosing_no_e_mail_calls_off_what_waits(cast):
    tell(cast, cast.rosa)
    choose_digest(user=cast.rosa, digest=Digest.NONE)
    assert not Notice.objects.waiting().exists()


@pytest.mark.parametrize("url", ["https://example.org/", "//example.org/", "javascript:alert(1)", "plans/1/", ""])
def test_a_notice_leads_nowhere_else(cast, url):
    with pytest.raises(ValueError, match="not an address of this site"):
        tell(cast, cast.sam, url=url)


def test_forty_people_cost_no_more_statements_than_two(cast, django_assert_num_queries):
    with django_assert_num_queries(6):
        tell(cast, cast.sam, cast.rosa, now=NOW)
    many = UserFactory.create_batch(40)
    with django_assert_num_queries(6):
        tell(cast, *many, key="other")


def test_words_are_taken_as_they_are_too(cast):
    notify(
        people=[cast.sam], kind="plans.closed", title="Your plan is closed", url="/plans/1/", by=None, key="closed:1",
        school_id=None,
    )  # fmt: skip
    assert Notice.objects.get().title == "Your plan is closed"
