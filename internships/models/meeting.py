from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Interview(models.Model):
    """An informational interview: half an hour at a place, with questions of one's own. The latest one counts."""

    pursuit = models.ForeignKey("internships.Pursuit", models.PROTECT, related_name="interviews")
    at = models.DateTimeField()
    questions = models.TextField(_("what do you want to ask?"), blank=True)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    # Empty until somebody says so; one that did not happen is followed by another.
    happened = models.BooleanField(null=True, blank=True)
    notes = models.TextField(_("what did you hear?"), blank=True)
    thanked_on = models.DateField(_("said thank you on"), null=True, blank=True)
    said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"


class ShadowDay(models.Model):
    """A day beside somebody at work. Host and parent permit it before; both sides say yes or no after it."""

    pursuit = models.ForeignKey("internships.Pursuit", models.PROTECT, related_name="shadow_days")
    date = models.DateField()
    from_time = models.TimeField()
    to_time = models.TimeField()
    bring = models.TextField(_("what to bring and wear"), blank=True)
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    parent_permits = models.BooleanField(null=True, blank=True)
    parent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    parent_at = models.DateTimeField(null=True, blank=True)
    host_permits = models.BooleanField(null=True, blank=True)
    host_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    host_at = models.DateTimeField(null=True, blank=True)
    student_says = models.BooleanField(null=True, blank=True)
    reflection = models.TextField(blank=True)
    student_at = models.DateTimeField(null=True, blank=True)
    host_says = models.BooleanField(null=True, blank=True)
    host_words = models.TextField(blank=True)
    host_said_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="internships_shadow_day_ends_later")
        ]

    def __str__(self):
        return f"{self.date}"

    @property
    def is_permitted(self) -> bool:
        return bool(self.parent_permits and self.host_permits)

    @property
    def is_yes(self) -> bool:
        """Whether both sides want to go on."""
        return bool(self.student_says and self.host_says)


class SetUpMeeting(models.Model):
    """Student, adviser and mentor agree on what the time there is for."""

    pursuit = models.ForeignKey("internships.Pursuit", models.PROTECT, related_name="set_ups")
    held_on = models.DateField()
    who = models.CharField(_("who was there"), max_length=300)
    goals = models.TextField(_("what is it for?"))
    expectations = models.TextField(_("what does each expect of the other?"), blank=True)
    in_touch = models.CharField(_("how do you keep in touch?"), max_length=300, blank=True)
    days = models.CharField(_("days and hours that were agreed"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-id"]

    def __str__(self):
        return f"{self.held_on}"
