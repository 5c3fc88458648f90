"""The bell and its page: what is new, read with a tap, and never by looking."""

import pytest

from bpl.tests.cast import NOW
from notices.actions.tidying import READ_STAYS, tidy
from notices.models import Notice, Preference
from notices.tests.factories import AN_HOUR, NoticeFactory, mo_leaves_sam, tell


@pytest.fixture
def ada(cast, client):
    client.force_login(cast.ada)
    return cast.ada


def words(client, address="/notices/"):
    return client.get(address).content.decode()


def test_looking_at_the_page_reads_nothing(client, ada):
    NoticeFactory(user=ada)
    assert "A comment on Sam&#x27;s plan" in words(client) and "1 is new." in words(client)
    assert Notice.objects.unread().count() == 1


def test_the_bell_counts_what_is_new(client, ada):
    NoticeFactory.create_batch(3, user=ada)
    assert '<span class="count">3' in words(client, "/notices/settings/")


def test_opening_one_reads_it_and_leads_on(client, ada):
    notice = NoticeFactory(user=ada, url="/students/#s4")
    assert client.post(f"/notices/{notice.pk}/open/")["Location"] == "/students/#s4"
    notice.refresh_from_db()
    assert notice.read_at == NOW


def test_an_address_that_leads_elsewhere_is_not_followed(client, ada):
    notice = NoticeFactory(user=ada, url="//evil.example/")
    assert client.post(f"/notices/{notice.pk}/open/")["Location"] == "/notices/"


def test_reading_twice_keeps_the_first_time(client, ada):
    notice = NoticeFactory(user=ada, read_at=NOW - AN_HOUR)
    client.post(f"/notices/{notice.pk}/read/")
    notice.refresh_from_db()
    assert notice.read_at == NOW - AN_HOUR


def test_marking_all_leaves_what_came_after_the_page(client, ada):
    seen, later = NoticeFactory(user=ada), NoticeFactory(user=ada, last_at=NOW + AN_HOUR)
    client.post("/notices/read/", {"until": NOW.isoformat()})
    assert [notice.pk for notice in Notice.objects.unread()] == [later.pk]
    seen.refresh_from_db()
    assert seen.read_at == NOW


@pytest.mark.parametrize("until", ["", "yesterday", "2026-13-45T00:00"])
def test_a_damaged_moment_marks_nothing(client, ada, until):
    NoticeFactory(user=ada)
    client.post("/notices/read/", {"until": until})
    assert Notice.objects.unread().count() == 1


def test_what_was_read_stands_under_all(client, ada):
    NoticeFactory(user=ada, read_at=NOW, title="Read already")
    assert "Read already" not in words(client) and "Read already" in words(client, "/notices/?all=1")


def test_another_persons_notice_is_not_there(client, ada, cast):
    other = NoticeFactory(user=cast.ben, title="For Ben")
    assert client.post(f"/notices/{other.pk}/open/").status_code == 404
    assert "For Ben" not in words(client)


def test_who_has_left_the_team_finds_nothing_about_the_student(client, cast):
    tell(cast, cast.mo)
    client.force_login(cast.mo)
    mo_leaves_sam(cast)
    assert "Sam" not in words(client)
    assert client.post(f"/notices/{Notice.objects.get().pk}/open/").status_code == 404


def test_at_night_the_bell_forgets_it_too(cast):
    tell(cast, cast.mo, cast.rosa)
    mo_leaves_sam(cast)
    tidy(now=NOW)
    assert [notice.user for notice in Notice.objects.all()] == [cast.rosa]


def test_what_was_read_long_ago_goes(cast):
    NoticeFactory(user=cast.ada, read_at=NOW - READ_STAYS)
    old, kept = NoticeFactory(user=cast.ada, read_at=NOW - READ_STAYS - AN_HOUR), NoticeFactory(user=cast.ada)
    tidy(now=NOW)
    assert not Notice.objects.filter(pk=old.pk).exists() and Notice.objects.filter(pk=kept.pk).exists()


def test_one_can_choose_on_the_page_about_oneself(client, ada):
    assert 'name="digest" value="daily" checked' in words(client, "/me/")
    client.post("/notices/settings/", {"digest": "weekly"})
    assert Preference.objects.get(user=ada).digest == "weekly"
    assert 'name="digest" value="weekly" checked' in words(client, "/me/")


def test_a_choice_that_there_is_not_is_refused(client, ada):
    page = client.post("/notices/settings/", {"digest": "hourly"}).content.decode()
    assert "Select a valid choice" in page and not Preference.objects.exists()


def test_a_long_page_costs_as_much_as_a_short_one(client, ada, django_assert_max_num_queries):
    NoticeFactory.create_batch(40, user=ada)
    with django_assert_max_num_queries(8):
        assert "Page 1 of 2" in words(client)
