from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from exhibitions.models.judging import SaidQuerySet


class Gateway(models.Model):
    """A passage that is decided at an exhibition: the end of grade 10, graduation. What it asks is copied."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="gateways")
    name = models.CharField(_("name"), max_length=100)
    asks = models.TextField(_("what is asked, one a line"))
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(retired_at__isnull=True), name="exhibitions_gateway_name_once"
            )
        ]

    def __str__(self):
        return self.name


class Requirement(models.Model):
    """One thing that a student's gateway asks for, as it was worded when the exhibition became one."""

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="requirements")
    words = models.CharField(max_length=300)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return self.words


class Check(models.Model):
    """Whether a requirement is met, as somebody said; said otherwise, another row replaces it."""

    requirement = models.ForeignKey(Requirement, models.PROTECT, related_name="checks")
    is_met = models.BooleanField()
    words = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SaidQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["requirement"], condition=Q(replaced_at__isnull=True), name="exhibitions_one_check"
            )
        ]

    def __str__(self):
        return f"{self.requirement}"


class Decision(models.Model):
    """Whether a student passes a gateway."""

    class Outcome(models.TextChoices):
        PASSED = "passed", _("passed")
        NOT_YET = "not_yet", _("not yet")

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="decisions")
    outcome = models.CharField(max_length=7, choices=Outcome)
    words = models.TextField(_("why"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = SaidQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibition"], condition=Q(replaced_at__isnull=True), name="exhibitions_one_decision"
            )
        ]

    def __str__(self):
        return str(self.get_outcome_display())
