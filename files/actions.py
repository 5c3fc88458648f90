"""Keeping and forgetting files. Who may, the room above has asked."""

import datetime
import hashlib
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction

from files import photos
from files.models import Kind, StoredFile


def store_photo(*, upload, school_id: int, by, now: datetime.datetime) -> StoredFile:
    """Clean an uploaded photo and keep it. Raises photos.PhotoError.

    Call it outside a transaction: the bytes are written before the row, and taken back where the row fails.
    """
    name = PurePath(upload.name.replace("\\", "/")).name[:200] or "photo"
    photo = photos.clean(upload, name, upload.size)
    stored = StoredFile(
        school_id=school_id, name=name, content_type="image/jpeg", size=len(photo.large), width=photo.width,
        height=photo.height, sha256=hashlib.sha256(photo.large).hexdigest(), added_by=by, added_at=now,
    )  # fmt: skip
    try:
        stored.store.save(stored.path, ContentFile(photo.large))
        stored.store.save(stored.small_path, ContentFile(photo.small))
        stored.save(force_insert=True)
    except BaseException:
        take_away(stored)
        raise
    return stored


def store_table(*, upload, school_id: int, by, now: datetime.datetime) -> StoredFile:
    """Keep a table as it came, for a task to read: nobody is served it, and whoever reads it forgets it at once after.

    Call it outside a transaction, like the above.
    """
    name = PurePath(upload.name.replace("\\", "/")).name[:200] or "table"
    stored = StoredFile(
        school_id=school_id, kind=Kind.TEXT, name=name, content_type="text/plain", extension="txt", size=upload.size,
        sha256=digest(upload), has_small=False, added_by=by, added_at=now,
    )  # fmt: skip
    try:
        stored.store.save(stored.path, upload)
        stored.save(force_insert=True)
    except BaseException:
        take_away(stored)
        raise
    return stored


def digest(upload) -> str:
    """SHA-256 of an uploaded file, read part by part."""
    found = hashlib.sha256()
    for part in upload.chunks():
        found.update(part)
    upload.seek(0)
    return found.hexdigest()


@transaction.atomic
def forget(*, stored: StoredFile) -> None:
    """The row goes now, the bytes once that is certain."""
    paths, store = stored.paths, stored.store
    stored.delete()
    transaction.on_commit(lambda: [store.delete(path) for path in paths])


def take_away(stored: StoredFile) -> None:
    """Bytes that are there already, of a row that failed."""
    for path in stored.paths:
        stored.store.delete(path)
