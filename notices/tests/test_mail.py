"""An e-mail is a row first; it is sent once, tried again, and given up with a word why."""

import datetime
import threading

import pytest
from django.core import mail as post_office
from django.core.mail.backends.locmem import EmailBackend
from django.db import connection

from accounts.tests.factories import mailed
from bpl.tests.cast import NOW
from common import mailbox
from notices import tasks
from notices.actions import mail
from notices.models import Email
from notices.tests.factories import EmailFactory

MINUTE = datetime.timedelta(minutes=1)


class Broken(EmailBackend):
    def send_messages(self, messages):
        raise OSError("mailbox unavailable")


class Shut(EmailBackend):
    def open(self):
        raise OSError("connection refused")


@pytest.fixture
def clock(monkeypatch, db):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW)


def broken(settings, kind="Broken"):
    settings.EMAIL_BACKEND = f"notices.tests.test_mail.{kind}"


def test_it_is_sent_once_committed(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        mailbox.post(to="rosa@example.org", subject="Hello", text="Words", html="<p>Words</p>")
        assert post_office.outbox == []
    sent = post_office.outbox[0]
    assert (sent.to, sent.subject, sent.body) == (["rosa@example.org"], "Hello", "Words")
    assert sent.alternatives[0][0] == "<p>Words</p>" and sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert Email.objects.get().sent_at == NOW


def test_its_words_are_not_kept_once_it_has_gone(cast, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        _link, secret = mailed(cast.rosa, cast.ada, cast.school)
    assert secret in post_office.outbox[0].body
    assert Email.objects.get().text == "" and Email.objects.get().html == ""


def test_the_same_key_is_written_once(clock):
    for _time in range(2):
        mailbox.post(to="rosa@example.org", subject="Hello", text="Words", key="hello:1")
    assert Email.objects.count() == 1


def test_nothing_is_sent_twice(clock):
    email = EmailFactory()
    for _time in range(2):
        tasks.send_email(email.pk)
        tasks.send_waiting()
    assert len(post_office.outbox) == 1


def test_what_one_process_has_in_hand_another_leaves(clock):
    EmailFactory()
    assert len(mail.take(now=NOW, most=10)) == 1
    assert mail.take(now=NOW, most=10) == []


@pytest.mark.django_db(transaction=True)
def test_processes_that_work_at_once_share_the_e_mails_out():
    EmailFactory.create_batch(12)
    start, taken = threading.Barrier(3), []

    def work():
        start.wait()
        for _batch in range(4):
            taken.extend(email.pk for email in mail.take(now=NOW, most=2))
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(taken) == sorted(Email.objects.values_list("pk", flat=True))


def test_what_was_in_the_hands_of_a_process_that_died_is_tried_again(clock):
    EmailFactory()
    mail.take(now=NOW, most=10)
    assert len(mail.take(now=NOW + mail.HOLD, most=10)) == 1


def test_a_failure_is_noted_and_tried_again_later(clock, settings):
    email = EmailFactory()
    broken(settings)
    tasks.send_waiting()
    email.refresh_from_db()
    assert email.last_error == "OSError: mailbox unavailable" and email.sent_at is None
    assert email.held_until == NOW + 2 * MINUTE and email.text


def test_then_it_goes(clock, settings):
    email = EmailFactory(held_until=NOW - MINUTE, attempts=3, last_error="OSError: mailbox unavailable")
    tasks.send_waiting()
    email.refresh_from_db()
    assert email.sent_at == NOW and email.last_error == "" and len(post_office.outbox) == 1


def test_pauses_grow_and_the_last_failure_gives_up(clock, settings):
    email, now, pauses = EmailFactory(), NOW, []
    broken(settings)
    while email.given_up_at is None:
        mail.send(emails=mail.take(now=now, most=1), now=now)
        email.refresh_from_db()
        pauses.append(email.held_until - now)
        now = email.held_until
    assert pauses[:4] == [2 * MINUTE, 4 * MINUTE, 8 * MINUTE, 16 * MINUTE]
    assert email.attempts == mail.MOST_ATTEMPTS and email.last_error and email.text == ""
    assert mail.take(now=now + datetime.timedelta(days=9), most=1) == []


def test_one_bad_address_keeps_nobody_elses(clock, monkeypatch):
    first, second = EmailFactory(subject="Two\nlines"), EmailFactory()
    tasks.send_waiting()
    first.refresh_from_db()
    second.refresh_from_db()
    assert "BadHeaderError" in first.last_error and second.sent_at


def test_a_shut_post_office_is_asked_once_for_all(clock, settings):
    EmailFactory.create_batch(3)
    broken(settings, "Shut")
    tasks.send_waiting()
    assert set(Email.objects.values_list("last_error", flat=True)) == {"OSError: connection refused"}


def test_a_broker_that_is_away_fails_no_request(cast, monkeypatch, django_capture_on_commit_callbacks):
    def away(*given, **options):
        raise OSError("no broker")

    monkeypatch.setattr("celery.canvas.Signature.apply_async", away)
    with django_capture_on_commit_callbacks(execute=True):
        mailbox.post(to="rosa@example.org", subject="Hello", text="Words")
    tasks.send_waiting()
    assert len(post_office.outbox) == 1


def test_in_a_demo_e_mails_are_files(clock, settings, tmp_path):
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path)
    EmailFactory(subject="Look here")
    tasks.send_waiting()
    written = [path.read_text() for path in tmp_path.iterdir()]
    assert len(written) == 1 and "Subject: Look here" in written[0]
