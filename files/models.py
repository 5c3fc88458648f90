import datetime
import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    PHOTO = "photo", _("photo")
    VIDEO = "video", _("video")
    AUDIO = "audio", _("sound")
    PDF = "pdf", _("PDF")
    DOCUMENT = "document", _("document")
    TEXT = "text", _("text")


class StoredFile(models.Model):
    """Bytes in the private store: what came in is never kept, only what we made of it. Whose they are, and who may have
    them, the room knows that points at the row.

    `school_id` is a plain column: this room lies below the one that knows schools.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.BigIntegerField(db_index=True)
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.PHOTO)
    # As the person's device called it, for people to recognise; never part of a path.
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    extension = models.CharField(max_length=10, default="jpg")
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    # In pixels; of what has none, 0.
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    # Whether there is a small picture of it: a thumbnail, a first page, a still.
    has_small = models.BooleanField(default=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        """Where the store has it. The name that a device gave is no part of it."""
        return f"{self.school_id}/{self.pk.hex[:2]}/{self.pk.hex}.{self.extension}"

    @property
    def small_path(self) -> str:
        return f"{self.school_id}/{self.pk.hex[:2]}/{self.pk.hex}.small.jpg"

    @property
    def paths(self) -> list[str]:
        return [self.path, self.small_path] if self.has_small else [self.path]

    @property
    def store(self):
        return storages["files"]


class UploadQuerySet(models.QuerySet):
    def on_its_way(self):
        """Those that are not here yet, of which nothing is known to be wrong."""
        return self.filter(state__in=(Upload.State.COMING, Upload.State.WHOLE))


class Upload(models.Model):
    """A file that comes in pieces (tus 1.0), a row each: what arrived is kept, and the next piece goes on from there.

    Only `by` may go on with it. Once it is whole a task cleans it into a StoredFile, or says why it cannot be taken.
    """

    class State(models.TextChoices):
        COMING = "coming", _("is coming")
        WHOLE = "whole", _("is being looked at")
        DONE = "done", _("is here")
        REFUSED = "refused", _("cannot be taken")

    class Refused(models.TextChoices):
        NOT_ALLOWED = "not_allowed", _("files of this kind cannot be taken")
        DAMAGED = "damaged", _("it is damaged and cannot be opened")
        TOO_LARGE = "too_large", _("there is more in it than can be opened here")
        LOCKED = "locked", _("it is locked with a password")
        MACROS = "macros", _("it holds a program (macros)")

    # What has not gone on for so long is given up.
    LASTS = datetime.timedelta(days=7)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.BigIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    length = models.PositiveBigIntegerField()
    offset = models.PositiveBigIntegerField(default=0)
    state = models.CharField(max_length=8, choices=State, default=State.COMING)
    refused = models.CharField(max_length=12, choices=Refused, blank=True)
    # Of what came in, as it came in.
    sha256 = models.CharField(max_length=64, blank=True)
    stored = models.OneToOneField(StoredFile, models.SET_NULL, null=True, related_name="upload")
    created_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    # A task has it in hand since; if the task dies, another one takes it after a while, a few times.
    taken_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = UploadQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["state", "moved_at"], name="upload_by_state")]
        constraints = [
            models.CheckConstraint(condition=Q(offset__lte=F("length")), name="files_upload_is_no_longer_than_said"),
            models.CheckConstraint(
                condition=Q(state="coming") | Q(offset=F("length")), name="files_upload_is_whole_before_it_is_done"
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def expires_at(self) -> datetime.datetime:
        return self.moved_at + self.LASTS

    @property
    def folder(self) -> str:
        """Where the store has its pieces."""
        return f"incoming/{self.pk.hex}"

    @property
    def percent(self) -> int:
        return 100 * self.offset // self.length if self.length else 100


class Piece(models.Model):
    """Bytes of an upload, from `offset` on, in the store until the whole is cleaned."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    upload = models.ForeignKey(Upload, models.CASCADE, related_name="pieces")
    offset = models.PositiveBigIntegerField()
    size = models.PositiveBigIntegerField()

    class Meta:
        ordering = ["offset"]
        constraints = [models.UniqueConstraint(fields=["upload", "offset"], name="files_piece_once")]

    def __str__(self):
        return f"{self.upload} from {self.offset}"

    @property
    def path(self) -> str:
        return f"{self.upload.folder}/{self.pk.hex}"
