"""E-mail on its way: written, taken in hand, sent, tried again, given up."""

import datetime
import logging

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from common.soon import soon
from notices.models import Email

log = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
# Whoever takes an e-mail in hand has this long; then it is thought lost, and somebody else tries.
HOLD = datetime.timedelta(minutes=10)
LONGEST_PAUSE = datetime.timedelta(hours=6)
# Other programs are not to answer, and not to count us among the newsletters.
HEADERS = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}


@transaction.atomic
def deliver(
    *, to: str, subject: str, text: str, html: str = "", key: str | None = None, person=None, calendar: bytes = b""
) -> Email:
    """Write one e-mail down and ask for it to be sent soon. A second one with the same `key` is not written."""
    now = timezone.now()
    fields = {
        "person": person, "address": to, "subject": subject[:300], "text": text, "html": html, "created_at": now,
        "held_until": now, "calendar": calendar.decode(),
    }  # fmt: skip
    if key is None:
        email, is_new = Email.objects.create(**fields), True
    else:
        email, is_new = Email.objects.get_or_create(key=key, defaults=fields)
    if is_new:
        soon("notices.send_email", email.pk)
    return email


@transaction.atomic
def take(*, now: datetime.datetime, most: int, only: int | None = None) -> list[Email]:
    """Take e-mails that are due in hand, so that no other process sends them too.

    Nothing is locked while the post office is spoken to: the rows are held by their date. A process that dies in
    between leaves them to be tried again after HOLD, so that one may arrive twice and none is lost.
    """
    due = Email.objects.due(now).filter(**({"pk": only} if only else {}))
    found = list(due.select_for_update(skip_locked=True)[:most])
    held = now + HOLD
    Email.objects.filter(pk__in=[email.pk for email in found]).update(held_until=held, attempts=F("attempts") + 1)
    for email in found:
        email.attempts, email.held_until = email.attempts + 1, held
    return found


def send(*, emails: list[Email], now: datetime.datetime) -> int:
    """Send what was taken in hand, over one connection. Returns how many have gone."""
    connection = get_connection()
    try:
        connection.open()
    except OSError as error:
        log.warning("the post office does not answer: %s", error)
        for email in emails:
            _failed(email, error, now)
        return 0
    try:
        return sum(_send(email, connection, now) for email in emails)
    finally:
        connection.close()


def _send(email, connection, now) -> bool:
    message = EmailMultiAlternatives(
        email.subject, email.text, to=[email.address], headers=HEADERS, connection=connection
    )
    if email.html:
        message.attach_alternative(email.html, "text/html")
    if email.calendar:
        message.attach("invite.ics", email.calendar, "text/calendar")
    try:
        message.send()
    except Exception as error:  # (any post office's own kinds of errors; one bad address must not keep the others)
        log.warning("e-mail %s was not sent", email.pk, exc_info=True)
        _failed(email, error, now)
        return False
    email.sent_at, email.text, email.html, email.calendar, email.last_error = now, "", "", "", ""
    email.save(update_fields=["sent_at", "text", "html", "calendar", "last_error"])
    return True


def _failed(email, error, now):
    email.last_error = f"{type(error).__name__}: {error}"[:2000]
    if email.attempts >= MOST_ATTEMPTS:
        email.given_up_at, email.text, email.html, email.calendar = now, "", "", ""
    else:
        email.held_until = now + min(LONGEST_PAUSE, datetime.timedelta(minutes=2**email.attempts))
    email.save(update_fields=["last_error", "given_up_at", "text", "html", "calendar", "held_until"])
