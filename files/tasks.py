from celery import shared_task
from django.utils import timezone

from common.soon import soon
from files import looking, uploads


@shared_task(name="files.look_at")
def look_at(upload_id: str) -> None:
    """Clean an upload that is whole."""
    looking.look_at(upload_id=upload_id, now=timezone.now())


@shared_task(name="files.sweep")
def sweep() -> None:
    """Look at what a lost task left, and give up what has not gone on for a week."""
    now = timezone.now()
    uploads.give_up_old(now=now)
    # Each is a task of its own: one that takes long, or its process with it, holds up no other.
    for pk in looking.waiting(now).values_list("pk", flat=True):
        soon("files.look_at", str(pk))
