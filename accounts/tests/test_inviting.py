"""Invitations: by e-mail or on paper, one at a time, with nothing secret kept."""

import datetime

import pytest
from django.test import override_settings

from accounts.actions.links import LinkError, invite, revoke
from accounts.models import Link
from accounts.tests.factories import UserFactory, letter, mailed
from audit.models import Event
from bpl.tests.cast import NOW
from notices.models import Email

DAY = datetime.timedelta(days=1)


def test_an_invitation_by_e_mail_is_on_its_way_in_the_readers_language(cast):
    rosa = UserFactory(username=None, email="rosa.two@example.org", language="es")
    _link, secret = mailed(rosa, cast.ada, cast.school)
    email = Email.objects.get()
    assert email.address == "rosa.two@example.org" and email.person == rosa
    assert f"http://127.0.0.1:8000/l/{secret}/" in email.text and secret in email.html
    assert "Riverside" in email.subject and '<html lang="es">' in email.html


def test_the_secret_is_stored_nowhere_with_the_link(cast):
    link, secret = mailed(cast.rosa, cast.ada, cast.school)
    stored = " ".join(str(value) for value in Link.objects.filter(pk=link.pk).values_list()[0])
    assert secret not in stored and link.code == ""


def test_a_letters_code_can_be_printed_again_and_is_not_stored(cast):
    link, secret = invite(user=cast.omar, way=Link.Way.LETTER, by=cast.ada, school_id=cast.school.pk, now=NOW)
    again = Link.objects.get(pk=link.pk)
    assert again.code == secret and len(secret) == 12
    assert secret not in " ".join(str(value) for value in Link.objects.filter(pk=link.pk).values_list()[0])


def test_without_the_sites_key_a_letters_code_is_lost(cast):
    link = letter(cast.omar, cast.ada, cast.school)
    with override_settings(SECRET_KEY="another key of the site"):
        assert link.code == ""


def test_a_new_invitation_ends_the_earlier_one(cast):
    first = letter(cast.omar, cast.ada, cast.school)
    second, _secret = mailed(cast.omar, cast.ada, cast.school)
    first.refresh_from_db()
    assert first.ending(NOW) == Link.Ending.REVOKED and second.ending(NOW) == ""


def test_it_ends_after_its_days(cast):
    link = letter(cast.omar, cast.ada, cast.school)
    assert link.ending(NOW + 59 * DAY) == "" and link.ending(NOW + 60 * DAY) == Link.Ending.EXPIRED


def test_without_an_address_a_letter_is_proposed(cast):
    cast.grandma.email = ""
    with pytest.raises(LinkError, match="Print a letter"):
        mailed(cast.grandma, cast.ada, cast.school)


def test_nobody_is_invited_into_a_closed_account(cast):
    cast.omar.closed_at = NOW
    with pytest.raises(LinkError, match="is closed"):
        letter(cast.omar, cast.ada, cast.school)


def test_a_withdrawn_link_stays_withdrawn(cast):
    link = letter(cast.omar, cast.ada, cast.school)
    revoke(link=link, by=cast.ada, now=NOW)
    revoke(link=link, by=cast.lead, now=NOW + DAY)
    assert link.revoked_at == NOW


def test_who_invited_whom_is_written_down_without_the_secret(cast):
    _link, secret = mailed(cast.rosa, cast.ada, cast.school)
    event = Event.objects.get(action="accounts.link.made")
    assert event.actor == cast.ada and event.details["user"] == cast.rosa.pk
    assert secret not in str(event.details)
