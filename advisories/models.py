import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period
from schools.roles import Role


class AdvisoryQuerySet(models.QuerySet):
    def open(self, day):
        return self.filter(Q(closed_on__isnull=True) | Q(closed_on__gt=day), opened_on__lte=day)


class Advisory(models.Model):
    """A group of students of mixed age and their adviser, together for years."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="advisories")
    name = models.CharField(_("name"), max_length=100)
    room = models.CharField(_("room"), max_length=60, blank=True)
    opened_on = models.DateField(_("since"))
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = AdvisoryQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "advisories"
        constraints = [
            models.UniqueConstraint(
                fields=["school", "name"], condition=Q(closed_on__isnull=True), name="advisories_open_name_once"
            )
        ]

    def __str__(self):
        return self.name

    @property
    def cause(self) -> str:
        """What a team row names as its reason when this advisory gives the access."""
        return f"advisory:{self.pk}"


class Seat(Period):
    """A student's time in an advisory. Moving ends one seat and begins another; both stay readable."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="seats")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="seats")

    no_overlap = NoOverlap("student")

    class Meta(Period.Meta):
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["advisory", "starts_on"], name="seat_by_advisory"),
            models.Index(fields=["student", "starts_on"], name="seat_by_student"),
        ]

    def __str__(self):
        return f"{self.student} in {self.advisory}"


class Charge(Period):
    """Who has an advisory in their charge: one or two advisers, or cover while one is away."""

    class Kind(models.TextChoices):
        ADVISER = "adviser", _("adviser")
        COVER = "cover", _("cover")

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="charges")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="charges")
    kind = models.CharField(_("as"), max_length=10, choices=Kind, default=Kind.ADVISER)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    no_overlap = NoOverlap("advisory", "user")

    class Meta(Period.Meta):
        ordering = ["kind", "starts_on", "id"]
        indexes = [
            models.Index(fields=["user", "starts_on"], name="charge_by_user"),
            models.Index(fields=["advisory", "starts_on"], name="charge_by_advisory"),
        ]

    def __str__(self):
        return f"{self.user}, {self.get_kind_display()}"

    @property
    def team_role(self) -> str:
        return Role.COVER if self.kind == self.Kind.COVER else Role.ADVISER


class Circle(models.Model):
    """One day's circle: a word of the day and what was said. Who was here are attendance marks."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="circles")
    date = models.DateField(_("day"))
    word = models.CharField(_("word of the day"), max_length=60, blank=True)
    notes = models.TextField(_("notes"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)
    # Counted up with each change, so that two people's notes never overwrite each other in silence.
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-date"]
        constraints = [models.UniqueConstraint(fields=["advisory", "date"], name="advisories_circle_once_a_day")]

    def __str__(self):
        return f"{self.advisory} {self.date}"


class OneToOne(models.Model):
    """A talk between one student and one adult: what both may read, what staff alone may read, and the next step."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="one_to_ones")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    held_on = models.DateField(_("held on"))
    shared_notes = models.TextField(_("notes shared with the student"), blank=True)
    private_notes = models.TextField(_("notes for staff only"), blank=True)
    next_step = models.CharField(_("next step"), max_length=300, blank=True)
    next_on = models.DateField(_("next one-to-one"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["student", "-held_on"], name="one_to_one_by_student")]
        constraints = [
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=models.F("held_on")),
                name="advisories_next_after_this",
                violation_error_message=_("The next one-to-one must be after this one."),
            )
        ]

    def __str__(self):
        return f"{self.student} {self.held_on}"

    def due_on(self, every_days: int) -> datetime.date:
        return self.next_on or self.held_on + datetime.timedelta(days=every_days)
