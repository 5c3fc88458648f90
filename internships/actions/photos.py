"""Photos of a journal: kept as they arrive, put to the entry once it is written, taken out again."""

import datetime
import uuid

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from audit.actions import record
from files.actions import forget, store_photo
from files.models import StoredFile
from files.photos import PhotoError
from internships.models import JournalEntry, JournalPhoto, Placement

MOST = 8
# Whoever has not sent the form by then will not.
UNSENT_FOR = datetime.timedelta(days=2)


def keep_photos(*, placement: Placement, uploads, form_key: uuid.UUID, by, now: datetime.datetime) -> list[str]:
    """Clean and keep each of these, the same only once. Returns why some were not taken, a sentence each.

    Not in a transaction: one that is refused takes no other with it.
    """
    refused = []
    for upload in uploads:
        if JournalPhoto.objects.filter(form_key=form_key).count() >= MOST:
            refused.append(_("Up to %(most)s photos go with one entry; write another one for more.") % {"most": MOST})
            break
        try:
            _keep(store_photo(upload=upload, school_id=placement.school_id, by=by, now=now), placement, form_key)
        except PhotoError as error:
            refused.append(str(error))
    return refused


def _keep(stored: StoredFile, placement, form_key):
    try:
        with transaction.atomic():
            JournalPhoto.objects.create(
                placement=placement, form_key=form_key, file=stored, sha256=stored.sha256, by=stored.added_by,
                at=stored.added_at,
            )  # fmt: skip
    except IntegrityError:
        forget(stored=stored)


def waiting(placement: Placement, form_key: uuid.UUID | None, by):
    """Those of this form that wait for their entry."""
    rows = JournalPhoto.objects.filter(placement=placement, by=by, entry__isnull=True).select_related("file")
    return rows.filter(form_key=form_key) if form_key else rows.none()


def put_to(entry: JournalEntry, form_key: uuid.UUID) -> None:
    """The photos that came with the entry's form are the entry's; the caller has locked the placement."""
    rows = JournalPhoto.objects.filter(placement=entry.placement_id, form_key=form_key, by=entry.by_id)
    rows.filter(entry__isnull=True).update(entry=entry)


@transaction.atomic
def drop_photo(*, photo: JournalPhoto, by) -> None:
    """Take a photo out for ever: it may show somebody who does not want to be seen."""
    stored = photo.file
    if photo.entry_id:
        record(
            "internships.learning.photo_dropped", by=by, subject=photo, school_id=photo.placement.school_id,
            student_id=photo.placement.student_id, name=stored.name,
        )  # fmt: skip
    photo.delete()
    forget(stored=stored)


def forget_unsent(*, now: datetime.datetime) -> int:
    """Take away what came with forms that were never sent. Returns how many."""
    old = JournalPhoto.objects.filter(entry__isnull=True, at__lt=now - UNSENT_FOR)
    return sum(_forget_unsent(pk) for pk in old.values_list("pk", flat=True))


@transaction.atomic
def _forget_unsent(pk) -> bool:
    """Looked at again under the lock: its form may have been sent in this moment."""
    photo = JournalPhoto.objects.select_for_update().filter(pk=pk, entry__isnull=True).first()
    if photo is not None:
        drop_photo(photo=photo, by=None)
    return photo is not None
