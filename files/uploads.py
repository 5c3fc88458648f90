"""Uploads in pieces: begun, gone on with, whole, given up. What browsers speak with it is in files/tus.py."""

import contextlib
import datetime
from typing import BinaryIO

from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from common.soon import soon
from files.limits import LARGEST
from files.models import Piece, StoredFile, Upload

State = Upload.State


class UploadError(ValueError):
    """Said to the person who uploads, in their words."""


class Elsewhere(UploadError):
    """The piece does not begin where the upload ends: another tab went on with it, or the piece came twice."""


@transaction.atomic
def begin(*, school_id: int, name: str, length: int, by, now: datetime.datetime) -> Upload:
    """Say that a file of `length` bytes comes. Whether there is room for it the caller has looked at."""
    if length <= 0:
        raise UploadError(_("“%(name)s” is empty.") % {"name": name})
    if length > LARGEST:
        words = _("“%(name)s” is larger than a file may be. Cut it, or put it on the web and give the link.")
        raise UploadError(words % {"name": name})
    return Upload.objects.create(
        school_id=school_id, name=_shown(name), length=length, by=by, created_at=now, moved_at=now
    )


def _shown(name: str) -> str:
    """The last part of a path, without what could turn the line around or end it."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(sign for sign in last if sign.isprintable())[:200].strip() or "file"


def go_on(*, upload: Upload, offset: int, piece: BinaryIO, size: int, now: datetime.datetime) -> Upload:
    """Keep the next `size` bytes: they are in the store before the row says so.

    Raises Elsewhere where they do not begin at the upload's end.
    """
    if offset != upload.offset or size > upload.length - offset:
        raise Elsewhere(_("The file went on elsewhere meanwhile."))
    if size == 0:
        return upload
    row = Piece(upload=upload, offset=offset, size=size)
    store = StoredFile().store
    # Outside the transaction: a slow disk or store holds up nobody else. Without a row the bytes are nobody's, and go
    # with the upload's folder.
    store.save(row.path, File(piece, name=row.path))
    try:
        locked = _keep(row, now)
    except BaseException:
        store.delete(row.path)
        raise
    upload.offset, upload.state, upload.moved_at = locked.offset, locked.state, locked.moved_at
    return upload


@transaction.atomic
def _keep(row: Piece, now) -> Upload:
    locked = Upload.objects.select_for_update().filter(pk=row.upload_id).first()
    if locked is None or locked.offset != row.offset or locked.state != State.COMING:
        raise Elsewhere(_("The file went on elsewhere meanwhile."))
    row.save(force_insert=True)
    locked.offset, locked.moved_at = row.offset + row.size, now
    if locked.offset == locked.length:
        locked.state = State.WHOLE
        soon("files.look_at", str(locked.pk))
    locked.save(update_fields=["offset", "moved_at", "state"])
    return locked


@transaction.atomic
def give_up(*, upload: Upload, before: datetime.datetime | None = None) -> bool:
    """Its maker does not want it any more, or it has not gone on since `before`. What is stored or refused stays."""
    rows = Upload.objects.select_for_update().on_its_way().filter(pk=upload.pk)
    locked = (rows.filter(state=State.COMING, moved_at__lt=before) if before else rows).first()
    if locked is None:
        return False
    forget_pieces(locked)
    locked.delete()
    return True


def forget_pieces(upload: Upload) -> None:
    """What came in is taken away once that is certain, with what lies there without a row."""
    upload.pieces.all().delete()
    folder = upload.folder
    transaction.on_commit(lambda: _empty(folder))


def _empty(folder):
    store = StoredFile().store
    try:
        _folders, names = store.listdir(folder)
    except FileNotFoundError:
        return
    for name in names:
        store.delete(f"{folder}/{name}")
    # A piece that came late keeps the folder until the next sweep of it.
    with contextlib.suppress(OSError):
        store.delete(folder)


def give_up_old(*, now: datetime.datetime) -> int:
    """Uploads that have not gone on for a week. Returns how many."""
    before = now - Upload.LASTS
    old = Upload.objects.filter(state=State.COMING, moved_at__lt=before)
    return sum(give_up(upload=upload, before=before) for upload in old)
