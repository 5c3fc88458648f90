import time

from celery import shared_task
from django.utils import timezone

from notices.actions import digests, mail, tidying

BATCH = 50
# Well within a task's time limit; beat asks again every minute.
SECONDS = 240


@shared_task(name="notices.send_email")
def send_email(email_id: int) -> None:
    now = timezone.now()
    mail.send(emails=mail.take(now=now, most=1, only=email_id), now=now)


@shared_task(name="notices.send_waiting")
def send_waiting() -> None:
    """Send whatever is due, a batch at a time."""
    began = time.monotonic()
    while time.monotonic() - began < SECONDS:
        now = timezone.now()
        emails = mail.take(now=now, most=BATCH)
        if not emails:
            return
        mail.send(emails=emails, now=now)


@shared_task(name="notices.send_digests")
def send_digests() -> None:
    digests.write_digests(now=timezone.now())


@shared_task(name="notices.tidy")
def tidy() -> None:
    tidying.tidy(now=timezone.now())
