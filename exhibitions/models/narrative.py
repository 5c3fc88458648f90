from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Narrative(models.Model):
    """What student and adviser write of a term after its exhibition. `number` 2 corrects what 1 had released: both are
    kept. Once released, its text is frozen, and its ratings are those of that moment."""

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="narratives")
    number = models.PositiveSmallIntegerField(default=1)
    text = models.OneToOneField("coedit.Text", models.PROTECT, related_name="narrative")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    # Of a correction: what is corrected.
    reason = models.CharField(_("what is corrected?"), max_length=300, blank=True)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["exhibition", "number"], name="exhibitions_narrative_number_once"),
            models.UniqueConstraint(
                fields=["exhibition"], condition=Q(released_at__isnull=True), name="exhibitions_one_open_narrative"
            ),
            models.CheckConstraint(
                condition=Q(released_at__isnull=True) | Q(released_by__isnull=False),
                name="exhibitions_released_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.exhibition}"

    @property
    def is_released(self) -> bool:
        return self.released_at is not None


class Proof(models.Model):
    """A step of proof-reading: asked for, returned with words, or accepted. `mark` is where the text's log stood."""

    class Kind(models.TextChoices):
        ASKED = "asked", _("asked for a second reader")
        RETURNED = "returned", _("gave it back")
        ACCEPTED = "accepted", _("accepted it")

    narrative = models.ForeignKey(Narrative, models.PROTECT, related_name="proofs")
    kind = models.CharField(max_length=8, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.TextField(blank=True)
    mark = models.BigIntegerField()

    class Meta:
        ordering = ["id"]

    def __str__(self):
        return str(self.get_kind_display())


class Opening(models.Model):
    """That somebody of the family opened a released narrative, first and last; or was given it on paper."""

    class Way(models.TextChoices):
        PAGE = "page", _("on the site")
        LINK = "link", _("by the link in an e-mail")
        PAPER = "paper", _("on paper")

    narrative = models.ForeignKey(Narrative, models.PROTECT, related_name="openings")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    way = models.CharField(max_length=5, choices=Way)
    at = models.DateTimeField()
    # Who wrote it down, of paper.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["narrative", "user"], name="exhibitions_opened_once")]

    def __str__(self):
        return f"{self.user}"


class Taken(models.Model):
    """What became of a panel's suggestion in a later plan: a piece of work, or left."""

    remark = models.OneToOneField("exhibitions.Remark", models.PROTECT, related_name="taken")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="+")
    item = models.ForeignKey("plans.WorkItem", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "taken"

    def __str__(self):
        return f"{self.remark}"
