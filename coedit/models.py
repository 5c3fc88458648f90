"""One shared text: what it is, the append-only log of its changes, and snapshots beside the log."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class TextQuerySet(models.QuerySet):
    def living(self):
        """Texts that still answer; one whose words were erased answers "gone" for ever."""
        return self.filter(gone_at__isnull=True)


class Text(models.Model):
    """A rich text that several people write: a Yjs document kept as the log of its updates.

    `readers` and `writers` are roles (schools.roles.Role). Where `cause` is set ("placement:12"), people in the mentor
    role must be on the team for that cause. In a role that `people` names only those count who are listed there, each
    with the day from which: {"parent": {"12": "2026-11-24"}}. `readers_since` holds the day on which a role was let in,
    where that is later than the text itself: a reader's history begins on their own first day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="texts")
    title = models.CharField(_("title"), max_length=200)
    readers = models.JSONField(default=list)
    writers = models.JSONField(default=list)
    readers_since = models.JSONField(default=dict)
    people = models.JSONField(default=dict)
    cause = models.CharField(max_length=60, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    html = models.TextField(blank=True)
    plain = models.TextField(blank=True)
    last_update_id = models.BigIntegerField(default=0)
    rendered_id = models.BigIntegerField(default=0)
    frozen_at = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    replaced_by = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaces")
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)

    objects = TextQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replaced_by__isnull=True) | Q(gone_at__isnull=False), name="coedit_replaced_text_is_gone"
            ),
            models.CheckConstraint(condition=Q(rendered_id__lte=F("last_update_id")), name="coedit_rendered_is_behind"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_frozen(self) -> bool:
        return self.frozen_at is not None

    @property
    def is_gone(self) -> bool:
        return self.gone_at is not None

    @property
    def is_empty(self) -> bool:
        return not self.plain.strip()


class Client(models.Model):
    """Whose words a Yjs client id writes in one text: bound at its first use, for ever."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="clients")
    client_id = models.BigIntegerField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "client_id"], name="coedit_client_has_one_owner")]

    def __str__(self):
        return f"{self.client_id} of {self.user}"


class Update(models.Model):
    """One durable change of a text. Only ever added; ids of one text rise in the order of its changes.

    `client_id`, `clock` and `length` name the words that it brought (none: it only deletes). `relayed_by` sent
    words that somebody else had written.
    """

    id = models.BigAutoField(primary_key=True)
    text = models.ForeignKey(Text, models.PROTECT, related_name="updates", db_index=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False)
    relayed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    at = models.DateTimeField()
    data = models.BinaryField()
    client_id = models.BigIntegerField(null=True)
    clock = models.BigIntegerField(default=0)
    length = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["id"]
        indexes = [models.Index(fields=["text", "id"], name="coedit_update_of_text")]

    def __str__(self):
        return f"{self.pk} of {self.text_id}"


class Snapshot(models.Model):
    """A text's whole document as it stood after `up_to_id`: makes a cold start quick, replaces nothing."""

    text = models.ForeignKey(Text, models.PROTECT, related_name="snapshots", db_index=False)
    up_to_id = models.BigIntegerField()
    data = models.BinaryField()
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "up_to_id"], name="coedit_one_snapshot_an_update")]

    def __str__(self):
        return f"{self.text_id} up to {self.up_to_id}"
