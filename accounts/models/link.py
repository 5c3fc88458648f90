from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts import codes


class LinkQuerySet(models.QuerySet):
    def open(self):
        """Neither used nor revoked; it may have expired."""
        return self.filter(revoked_at__isnull=True, used_at__isnull=True)

    def usable(self, now):
        return self.open().filter(expires_at__gt=now)

    def of_secret(self, secret: str):
        return self.filter(secret_digest=codes.digest(secret)).select_related("user")


class Link(models.Model):
    """A one-purpose link: whoever holds it acts as `user`, for one `purpose` and one subject, until it ends.

    Opening it never acts. The secret is stored only as a digest, and is exchanged for a cookie that is sent
    to the link's own page alone. What purposes there are: accounts/links.py.
    """

    class Way(models.TextChoices):
        EMAIL = "email", _("e-mail")
        LETTER = "letter", _("printed letter")

    class Ending(models.TextChoices):
        USED = "used", _("used")
        REVOKED = "revoked", _("withdrawn")
        EXPIRED = "expired", _("too old")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=30)
    way = models.CharField(max_length=10, choices=Way)
    secret_digest = models.CharField(max_length=64, unique=True)
    seed = models.CharField(max_length=32, blank=True)
    subject = models.CharField(max_length=254, blank=True)
    school_id = models.BigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [models.Index(fields=["user", "purpose", "-created_at"], name="link_by_user")]
        constraints = [
            models.CheckConstraint(
                condition=Q(used_at__isnull=True) | Q(revoked_at__isnull=True), name="link_used_or_revoked"
            ),
            models.CheckConstraint(condition=Q(expires_at__gt=F("created_at")), name="link_expires_later"),
            models.UniqueConstraint(
                fields=["user", "purpose", "subject"],
                condition=Q(used_at__isnull=True, revoked_at__isnull=True),
                name="link_one_open",
            ),
        ]

    def __str__(self):
        return f"{self.purpose} link of {self.user}"

    @property
    def code(self) -> str:
        """The code of a printed letter, to print it again; empty for e-mail, and once the site's key has changed."""
        code = codes.code_from(self.seed) if self.seed else ""
        return code if code and codes.digest(code) == self.secret_digest else ""

    def ending(self, now) -> str:
        """How this link ended; empty while it can be used."""
        if self.used_at:
            return self.Ending.USED
        if self.revoked_at:
            return self.Ending.REVOKED
        return self.Ending.EXPIRED if self.expires_at <= now else ""
