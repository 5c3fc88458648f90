import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

# No vowels and no look-alikes: a printed code spells no word and is read aloud without doubt.
CODE_LETTERS = "BCDFGHJKMNPQRSTVWXZ23456789"


def new_token() -> str:
    """For an address in an e-mail."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """For a printed letter: 12 of 27 signs, 57 bits; guessing is stopped by the limits of the page that takes it."""
    return "".join(secrets.choice(CODE_LETTERS) for _ in range(12))


def digest(secret: str) -> str:
    """What is stored of a token or a code: dashes, spaces and case of a typed code do not matter."""
    tidy = secret.strip()
    if len(tidy) <= 20:
        tidy = tidy.replace("-", "").replace(" ", "").upper()
    return hashlib.sha256(tidy.encode()).hexdigest()


class LinkQuerySet(models.QuerySet):
    def usable(self, now):
        return self.filter(revoked_at__isnull=True, used_at__isnull=True, expires_at__gt=now)


class Link(models.Model):
    """A one-purpose link: whoever holds it acts as `user`, for one `purpose` and one subject, until it ends.

    Opening it never acts. The secret is stored only as a digest, and is exchanged for a cookie that is sent
    to the link's own path alone.
    """

    class Purpose(models.TextChoices):
        JOIN = "join", _("first sign-in")

    class Way(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("printed letter")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=30, choices=Purpose)
    way = models.CharField(max_length=10, choices=Way)
    secret_digest = models.CharField(max_length=64, unique=True)
    subject = models.CharField(max_length=120, blank=True)
    school_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["user", "purpose", "-created_at"], name="link_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="link_used_or_revoked"
            )
        ]

    def is_usable(self, now) -> bool:
        return self.revoked_at is None and self.used_at is None and now < self.expires_at
