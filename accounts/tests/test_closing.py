"""A closed account lets nobody in and loses nothing."""

from accounts.actions.closing import close_account, reopen_account, sign_out_everywhere
from accounts.tests.factories import UserFactory, letter
from audit.models import Event
from bpl.tests.cast import NOW
from common import live


def test_sessions_and_links_end_at_once(cast, client):
    robin = UserFactory()
    link = letter(robin, cast.ada, cast.school)
    client.force_login(robin)
    close_account(user=robin, by=cast.lead, now=NOW, school_id=cast.school.pk)
    assert client.get("/me/")["Location"].startswith("/accounts/login/")
    link.refresh_from_db()
    assert link.revoked_at == NOW and not robin.can_sign_in


def test_what_they_did_keeps_their_name(cast):
    letter(cast.omar, cast.ada, cast.school)
    close_account(user=cast.ada, by=cast.lead, now=NOW)
    assert Event.objects.get(action="accounts.link.made").actor.name == "Ada Lindqvist"


def test_reopened_the_password_holds_and_old_sessions_do_not(cast, client):
    robin = UserFactory()
    client.force_login(robin)
    close_account(user=robin, by=cast.lead, now=NOW)
    reopen_account(user=robin, by=cast.lead)
    assert robin.can_sign_in and robin.closed_at is None
    assert client.get("/me/").status_code == 302


def test_closing_twice_keeps_the_first_day(cast):
    robin = UserFactory()
    close_account(user=robin, by=cast.lead, now=NOW)
    close_account(user=robin, by=cast.ada, now=NOW.replace(hour=23))
    assert robin.closed_at == NOW
    assert Event.objects.filter(action="accounts.account.closed").count() == 1


def test_live_channels_are_told_to_look_again(cast, monkeypatch, django_capture_on_commit_callbacks):
    heard = []
    monkeypatch.setitem(live._listeners, "account", [lambda **facts: heard.append(facts)])
    with django_capture_on_commit_callbacks(execute=True):
        sign_out_everywhere(user=cast.ada, by=cast.ada)
    assert heard == [{"user_id": cast.ada.pk}]
