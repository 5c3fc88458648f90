from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SaidQuerySet(models.QuerySet):
    def standing(self):
        """What holds now."""
        return self.filter(replaced_at__isnull=True)

    def as_of(self, moment):
        """What held at `moment`; None is now."""
        if moment is None:
            return self.standing()
        return self.filter(Q(replaced_at__isnull=True) | Q(replaced_at__gt=moment), received_at__lte=moment)


class Said(models.Model):
    """Something that somebody on a panel says. While it is not handed in, the device that wrote it goes on in its row;
    another device's words, and every correction, are a new row that replaces this one."""

    seat = models.ForeignKey("exhibitions.Seat", models.PROTECT, related_name="%(class)ss")
    words = models.TextField(blank=True)
    device = models.CharField(max_length=36, blank=True)
    # Counted up by the device: a request that was on its way for long is not newer than what followed it.
    number = models.PositiveIntegerField(default=0)
    # When it was said, by the age that the device told; and when it reached us first.
    said_at = models.DateTimeField()
    received_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SaidQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def mark(self) -> str:
        """Names what stands here now: whoever sends it along has seen just that."""
        return f"{self.pk}.{round(self.said_at.timestamp() * 1_000_000)}"


class Rating(Said):
    """One person's level for one criterion. "Not enough evidence" is an answer and no level; neither, not rated yet."""

    criterion = models.ForeignKey("schools.Criterion", models.PROTECT, related_name="+")
    level = models.ForeignKey("schools.Level", models.PROTECT, null=True, blank=True, related_name="+")
    not_enough = models.BooleanField(default=False)

    class Meta:
        ordering = ["criterion__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "criterion"], condition=Q(replaced_at__isnull=True), name="exhibitions_one_rating"
            ),
            models.CheckConstraint(
                condition=Q(level__isnull=True) | Q(not_enough=False), name="exhibitions_level_or_not_enough"
            ),
        ]

    def __str__(self):
        return str(_("not enough evidence") if self.not_enough else self.level or "")

    @property
    def is_answer(self) -> bool:
        return self.not_enough or self.level_id is not None


class Remark(Said):
    """What somebody on the panel says beside the levels."""

    class Kind(models.TextChoices):
        COMMENDATION = "commendation", _("What was good")
        RECOMMENDATION = "recommendation", _("What would make it better")
        SUGGESTION = "suggestion", _("A suggestion for the next plan")

    kind = models.CharField(max_length=14, choices=Kind)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["seat", "kind"], condition=Q(replaced_at__isnull=True), name="exhibitions_one_remark_a_kind"
            )
        ]

    def __str__(self):
        return self.words


class Agreed(models.Model):
    """The panel's one judgement of a criterion, as somebody wrote it down; without a level, there was not enough
    evidence. A correction replaces it by another row."""

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="agreed")
    criterion = models.ForeignKey("schools.Criterion", models.PROTECT, related_name="+")
    level = models.ForeignKey("schools.Level", models.PROTECT, null=True, blank=True, related_name="+")
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SaidQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "agreed"
        ordering = ["criterion__order", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibition", "criterion"], condition=Q(replaced_at__isnull=True),
                name="exhibitions_one_agreed_judgement",
            )
        ]  # fmt: skip

    def __str__(self):
        return str(self.level or _("not enough evidence"))


class Consent(models.Model):
    """That somebody on the panel agrees with a judgement: said by themselves, or written down of the room by `by`."""

    agreed = models.ForeignKey(Agreed, models.PROTECT, related_name="consents")
    seat = models.ForeignKey("exhibitions.Seat", models.PROTECT, related_name="consents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["agreed", "seat"], name="exhibitions_agrees_once")]

    def __str__(self):
        return f"{self.seat}"
