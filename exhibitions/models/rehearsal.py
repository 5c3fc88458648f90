from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rehearsal(models.Model):
    """The day on which a student tries the exhibition in front of their advisory."""

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="rehearsals")
    held_on = models.DateField(_("day"))
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()

    class Meta:
        ordering = ["-held_on", "-id"]
        constraints = [
            models.UniqueConstraint(fields=["exhibition", "held_on"], name="exhibitions_one_rehearsal_a_day")
        ]

    def __str__(self):
        return f"{self.exhibition}"


class PeerFeedback(models.Model):
    """What a fellow student says of a rehearsal, to the student and the adviser."""

    rehearsal = models.ForeignKey(Rehearsal, models.PROTECT, related_name="feedback")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    good = models.TextField(_("What did you understand, and what will you remember?"), blank=True)
    better = models.TextField(_("What would make it better?"), blank=True)
    question = models.TextField(_("What would you ask?"), blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "peer feedback"
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["rehearsal", "by"], name="exhibitions_one_feedback_each")]

    def __str__(self):
        return f"{self.by}"
