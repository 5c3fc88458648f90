"""Looking at an upload that is whole: put together, named by its content, cleaned, stored or refused."""

import contextlib
import datetime
import hashlib
import logging
import tempfile
from pathlib import Path

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.db.models import Q

from files.actions import take_away
from files.cleaning import Cleaned, Refusal, clean
from files.models import StoredFile, Upload
from files.uploads import forget_pieces

State = Upload.State
# A task that has not come back by then has died with its process.
HOLD = datetime.timedelta(minutes=30)
MOST_ATTEMPTS = 3
log = logging.getLogger(__name__)
PART = 256 * 1024


def look_at(*, upload_id, now: datetime.datetime) -> Upload | None:
    """Clean one upload and keep it, or refuse it. None where it is not to be done, or somebody else does it.

    The file is worked on outside a transaction and never held in memory whole. Done twice, the first stays.
    """
    upload = _take(upload_id, now)
    if upload is None:
        return None
    with tempfile.TemporaryDirectory(prefix="upload-") as name:
        folder = Path(name)
        with _not_its_fault(upload):
            path, upload.sha256 = _put_together(upload, folder)
        try:
            cleaned = clean(path, folder)
        except Refusal as refusal:
            return _end(upload, state=State.REFUSED, refused=refusal.why)
        except Exception:
            # A file that breaks its tool in a new way is refused, so that nobody waits for it for ever.
            log.exception("Upload %s could not be cleaned.", upload.pk)
            return _end(upload, state=State.REFUSED, refused=Upload.Refused.DAMAGED)
        stored = _row(upload, cleaned, now)
        try:
            with _not_its_fault(upload):
                _write(stored, cleaned)
            return _end(upload, state=State.DONE, stored=stored)
        except BaseException:
            take_away(stored)
            raise


@transaction.atomic
def _take(upload_id, now) -> Upload | None:
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=now - HOLD)
    rows = Upload.objects.select_for_update(skip_locked=True, of=("self",)).filter(free, state=State.WHOLE)
    upload = rows.select_related("by").filter(pk=upload_id).first()
    if upload is None:
        return None
    if upload.attempts >= MOST_ATTEMPTS:
        # It has taken its process with it more than once.
        upload.state, upload.refused = State.REFUSED, Upload.Refused.DAMAGED
        upload.save(update_fields=["state", "refused"])
        forget_pieces(upload)
        return None
    upload.taken_at, upload.attempts = now, upload.attempts + 1
    upload.save(update_fields=["taken_at", "attempts"])
    return upload


@contextlib.contextmanager
def _not_its_fault(upload):
    """A store that is away counts as no attempt: after an outage of hours the file is still looked at."""
    try:
        yield
    except FileNotFoundError:
        raise
    except Exception:
        Upload.objects.filter(pk=upload.pk, taken_at=upload.taken_at).update(attempts=upload.attempts - 1)
        raise


def _put_together(upload, folder) -> tuple[Path, str]:
    path, digest, store = folder / "whole", hashlib.sha256(), StoredFile().store
    with path.open("wb") as whole:
        for piece in upload.pieces.all():
            with store.open(piece.path) as file:
                while part := file.read(PART):
                    whole.write(part)
                    digest.update(part)
    return path, digest.hexdigest()


def _row(upload, cleaned: Cleaned, now) -> StoredFile:
    return StoredFile(
        school_id=upload.school_id, kind=cleaned.kind, name=upload.name, content_type=cleaned.content_type,
        extension=cleaned.extension, size=cleaned.path.stat().st_size, width=cleaned.width, height=cleaned.height,
        has_small=cleaned.small is not None, added_by=upload.by, added_at=now,
    )  # fmt: skip


def _write(stored, cleaned):
    with cleaned.path.open("rb") as file:
        stored.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        stored.store.save(stored.path, File(file, name=stored.path))
    if cleaned.small is not None:
        stored.store.save(stored.small_path, ContentFile(cleaned.small))


def _end(upload, *, state, stored: StoredFile | None = None, refused="") -> Upload:
    """Write how it ended. Where somebody gave it up meanwhile, or a second task was quicker, the bytes go again."""
    with transaction.atomic():
        locked = Upload.objects.select_for_update().filter(pk=upload.pk, state=State.WHOLE).first()
        if locked is not None:
            if stored is not None:
                stored.save(force_insert=True)
            locked.state, locked.refused, locked.stored, locked.sha256 = state, refused, stored, upload.sha256
            locked.save(update_fields=["state", "refused", "stored", "sha256"])
            forget_pieces(locked)
            return locked
    if stored is not None:
        take_away(stored)
    return upload


def waiting(now: datetime.datetime):
    """Uploads that are whole and that nobody has in hand: their task was lost with a process."""
    free = Q(taken_at__isnull=True) | Q(taken_at__lt=now - HOLD)
    return Upload.objects.filter(free, state=State.WHOLE)
