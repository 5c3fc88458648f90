import datetime

from celery import shared_task
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from coedit.document import load
from coedit.log import lock, refresh
from coedit.models import Text, Update

# How far back the log is looked through. A live process renders what it writes itself, within seconds.
ROWS_BACK = 50_000
STILL_WRITTEN = datetime.timedelta(seconds=30)


@shared_task(name="coedit.render_waiting")
def render_waiting():
    """Show pages, search and print what a process had saved, and not yet shown, when it died."""
    newest = Update.objects.order_by("-id").values_list("id", flat=True).first() or 0
    written = Update.objects.filter(id__gt=newest - ROWS_BACK).values("text_id")
    busy = written.filter(at__gt=timezone.now() - STILL_WRITTEN)
    behind = Text.objects.living().filter(pk__in=written, rendered_id__lt=F("last_update_id")).exclude(pk__in=busy)
    for text_id in behind.values_list("pk", flat=True):
        _render(text_id)


@transaction.atomic
def _render(text_id):
    text = lock([text_id])[text_id]
    if not text.is_gone:
        refresh(text, load(text_id))
