from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from plans.content import seal
from plans.models.template import SIGNERS
from schools.roles import Role

SIGNING_ROLES = (*SIGNERS, Role.COVER)


class PlanVersion(models.Model):
    """A plan as it stood when it was made ready to sign (or was closed): never changed, but for words that must be
    erased.

    `content` is everything, with who may read each part; `hash` is its seal (plans/content.py). `role_hashes` are those
    of what each signing role can see and agrees to, so that a later version asks again only where it differs. `marks`
    says which state of each text and item is in it, to tell quickly that somebody has gone on writing.
    """

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="versions")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    marks = models.JSONField()
    hash = models.CharField(max_length=64)
    role_hashes = models.JSONField()
    fixed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField()
    # The plan was sent back while this version was out: nobody is asked to sign it any more.
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number_once")]

    def __str__(self):
        return f"{self.plan}, {self.number}"

    @property
    def is_intact(self) -> bool:
        """Whether the content is what the seal was put on; words erased since count as what they were."""
        return seal(self.content) == self.hash


class Signature(models.Model):
    """One person's signature on one version, as visible to the role they signed in. Never changed, never overwritten.

    `sections` are the keys of the sections it covers and `hash` the seal of what it covers.
    """

    class Way(models.TextChoices):
        HERE = "here", _("signed here")
        PAPER = "paper", _("signed on paper")
        PHONE = "phone", _("signed on the adviser's phone")

    version = models.ForeignKey(PlanVersion, models.PROTECT, related_name="signatures")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="signatures")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    role = models.CharField(_("as"), max_length=20, choices=[(role.value, role.label) for role in SIGNING_ROLES])
    way = models.CharField(_("how"), max_length=10, choices=Way, default=Way.HERE)
    witnessed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    typed_name = models.CharField(_("name as typed"), max_length=200, blank=True)
    signed_on = models.DateField(_("signed on"))
    at = models.DateTimeField()
    sections = models.JSONField(default=list)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["plan", "at"], name="signature_by_plan")]
        constraints = [
            models.UniqueConstraint(fields=["version", "user", "role"], name="plans_signed_once"),
            models.CheckConstraint(
                condition=Q(way="here", witnessed_by__isnull=True) | (~Q(way="here") & Q(witnessed_by__isnull=False)),
                name="plans_away_is_witnessed",
            ),
            models.CheckConstraint(
                condition=Q(witnessed_by__isnull=True) | ~Q(witnessed_by=F("user")), name="plans_no_own_witness"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.version}"

    @property
    def slot(self) -> str:
        """The role whose signature this is; cover's stands for the adviser's."""
        return Role.ADVISER if self.role == Role.COVER else self.role
