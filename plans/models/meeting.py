from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class MeetingQuerySet(models.QuerySet):
    def on_now(self):
        """Those that were not called off."""
        return self.filter(called_off_at__isnull=True)


class Meeting(models.Model):
    """A meeting of the people around a plan. The student can call and lead it; notes are a text that they share."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="meetings")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    starts_at = models.DateTimeField(_("when"))
    minutes = models.PositiveSmallIntegerField(_("minutes"), default=45)
    place = models.CharField(_("place"), max_length=200, blank=True)
    agenda = models.TextField(_("agenda"), blank=True)
    notes = models.OneToOneField("coedit.Text", models.PROTECT, related_name="plan_meeting")
    called_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_at = models.DateTimeField()
    led_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    called_off_at = models.DateTimeField(null=True, editable=False)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    # Counted up with each change, for the calendars that hold an earlier state.
    version = models.PositiveIntegerField(default=1)
    key = models.UUIDField(null=True, unique=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_at", "-id"]
        indexes = [models.Index(fields=["plan", "-starts_at"], name="meeting_by_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=480), name="plans_meeting_lasts"),
            models.CheckConstraint(
                condition=Q(called_off_at__isnull=True, called_off_by__isnull=True)
                | Q(called_off_at__isnull=False, called_off_by__isnull=False),
                name="plans_called_off_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.plan} {self.starts_at:%Y-%m-%d}"

    @property
    def is_called_off(self) -> bool:
        return self.called_off_at is not None


class InvitationQuerySet(models.QuerySet):
    def to_come(self, since):
        """To meetings that begin at `since` or later; none that was called off, no invitation that was taken back."""
        return self.filter(withdrawn_at=None, meeting__called_off_at=None, meeting__starts_at__gte=since)


class Invitation(models.Model):
    """Somebody invited to a meeting; `came` is not known (None) until it is noted."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="invitations")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    came = models.BooleanField(_("came"), null=True)
    # Somebody taken off the list again; the row stays.
    withdrawn_at = models.DateTimeField(null=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "user"], name="plans_invited_once")]

    def __str__(self):
        return f"{self.user}: {self.meeting}"
