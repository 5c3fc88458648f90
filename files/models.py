import uuid

from django.conf import settings
from django.core.files.storage import storages
from django.db import models


class StoredFile(models.Model):
    """Bytes in the private store: what came in is never kept, only what we made of it. Whose they are, and who may have
    them, the room knows that points at the row.

    `school_id` is a plain column: this room lies below the one that knows schools.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school_id = models.BigIntegerField(db_index=True)
    # As the person's device called it, for people to recognise; never part of a path.
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    def __str__(self):
        return self.name

    @property
    def path(self) -> str:
        """Where the store has it. The name that a device gave is no part of it."""
        return f"{self.school_id}/{self.pk.hex[:2]}/{self.pk.hex}.jpg"

    @property
    def small_path(self) -> str:
        return f"{self.school_id}/{self.pk.hex[:2]}/{self.pk.hex}.small.jpg"

    @property
    def store(self):
        return storages["files"]
