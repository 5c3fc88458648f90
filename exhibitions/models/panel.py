import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SeatQuerySet(models.QuerySet):
    def kept(self):
        """Who is on the panel now."""
        return self.filter(left_at__isnull=True)

    def with_all(self):
        """All that the pages of a panel ask of a seat."""
        return self.select_related(
            "user", "exhibition__window__rubric", "exhibition__window__term", "exhibition__student__user",
            "exhibition__student__school", "exhibition__outline", "exhibition__told_room", "exhibition__gateway",
        )  # fmt: skip


class Seat(models.Model):
    """Somebody's place at one exhibition: on its panel, or the student whose it is.

    It opens this exhibition and nothing else of the student (decision 0018), so that guests and peers need no place on
    the student's team.
    """

    class As(models.TextChoices):
        STUDENT = "student", _("student")
        ADVISER = "adviser", _("adviser")
        PARENT = "parent", _("family")
        MENTOR = "mentor", _("mentor")
        PEER = "peer", _("fellow student")
        STAFF = "staff", _("school")
        GUEST = "guest", _("guest")

    class Reply(models.TextChoices):
        YES = "yes", _("comes")
        NO = "no", _("cannot come")

    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, related_name="seats")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="seats")
    kind = models.CharField(_("comes as"), max_length=8, choices=As)
    is_required = models.BooleanField(_("the exhibition waits for them"), default=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    # What they said, and of which time: a time that is changed is asked about again.
    reply = models.CharField(max_length=3, choices=Reply, blank=True)
    reply_words = models.CharField(_("a word to the school"), max_length=300, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_to = models.DateTimeField(null=True, blank=True)
    reminded_of = models.DateTimeField(null=True, blank=True)
    handed_in_at = models.DateTimeField(null=True, blank=True)

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["exhibition", "user"], condition=Q(left_at__isnull=True), name="exhibitions_one_seat_each"
            )
        ]

    def __str__(self):
        return f"{self.user}"

    @property
    def is_student(self) -> bool:
        return self.kind == self.As.STUDENT

    @property
    def reply_now(self) -> str:
        """The reply, where it is about the time that holds."""
        return self.reply if self.replied_to == self.exhibition.told_starts_at else ""


class Times(models.Model):
    """When somebody can come, of a window's times. Who has said nothing can always."""

    window = models.ForeignKey("exhibitions.Window", models.PROTECT, related_name="times_said")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # The times that were offered and at which they cannot come, as UTC.
    cannot = models.JSONField(default=list)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    said_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "times"
        constraints = [models.UniqueConstraint(fields=["window", "user"], name="exhibitions_times_said_once")]

    def __str__(self):
        return f"{self.user}"

    @property
    def busy(self) -> set[datetime.datetime]:
        return {datetime.datetime.fromisoformat(one) for one in self.cannot}


class Timetabling(models.Model):
    """One run of the solver over a window: the row first, then the task. What it found stands in the exhibitions."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being worked out")
        SOLVED = "solved", _("worked out")
        FAILED = "failed", _("could not be worked out")

    window = models.ForeignKey("exhibitions.Window", models.PROTECT, related_name="timetablings")
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    # How many have no time, and how many must be without one whatever is done: the solver's proof.
    left_out = models.PositiveIntegerField(null=True, blank=True)
    left_out_at_least = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["window"], condition=Q(state="waiting"), name="exhibitions_one_timetabling_at_a_time"
            )
        ]

    def __str__(self):
        return f"{self.window}"
