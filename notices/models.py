"""What someone should know, how often they want it by e-mail, and the e-mails that are on their way."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class NoticeQuerySet(models.QuerySet):
    def unread(self):
        return self.filter(read_at__isnull=True)

    def waiting(self):
        """What the next digest is to tell."""
        return self.unread().filter(waits_since__isnull=False)

    def about_none_but(self, student_ids):
        """What is about no student, or about one of these."""
        return self.filter(Q(student_id__isnull=True) | Q(student_id__in=student_ids))


class Notice(models.Model):
    """One thing for one person. What happens again before they read it is counted here and makes no second row.

    The words are in the reader's language already. `student_id` is a plain column: this room lies below students.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    school_id = models.BigIntegerField(null=True)
    student_id = models.BigIntegerField(null=True)
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160)
    title = models.CharField(max_length=300)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=500)
    count = models.PositiveIntegerField(default=1)
    is_urgent = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    last_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    waits_since = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-last_at", "-id"]
        indexes = [
            models.Index(fields=["user", "-last_at"], name="notice_by_user"),
            models.Index(fields=["user"], condition=Q(waits_since__isnull=False), name="notice_waiting"),
        ]
        constraints = [
            # Also what the number on the bell is counted with.
            models.UniqueConstraint(
                fields=["user", "key"], condition=Q(read_at__isnull=True), name="notice_unread_once"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(waits_since__isnull=True), name="notice_read_waits_no_more"
            ),
        ]

    def __str__(self):
        return self.title


class Preference(models.Model):
    """How often somebody wants e-mail. Who has no row gets the daily one."""

    class Digest(models.TextChoices):
        DAILY = "daily", _("once a day, in the morning")
        WEEKLY = "weekly", _("once a week, on Monday morning")
        AT_ONCE = "at_once", _("at once, each thing by itself")
        NONE = "none", _("not at all; only what is urgent")

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notice_preference")
    digest = models.CharField(max_length=10, choices=Digest, default=Digest.DAILY)

    def __str__(self):
        return f"{self.user}: {self.get_digest_display()}"


class EmailQuerySet(models.QuerySet):
    def unsent(self):
        return self.filter(sent_at__isnull=True, given_up_at__isnull=True)

    def due(self, now):
        return self.unsent().filter(held_until__lte=now).order_by("held_until", "id")


class Email(models.Model):
    """One e-mail, written before it is sent. Its words are kept only until it has gone: they can hold a secret link."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    html = models.TextField(blank=True)
    calendar = models.TextField(blank=True)
    key = models.CharField(max_length=120, null=True, unique=True)  # noqa: DJ001 (many have none, and none is the same)
    created_at = models.DateTimeField()
    held_until = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.TextField(blank=True)
    sent_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)

    objects = EmailQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(
                fields=["held_until"],
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
                name="email_unsent",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True), name="email_sent_or_given_up"
            )
        ]

    def __str__(self):
        return f"{self.subject} → {self.address}"
