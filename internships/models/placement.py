import datetime
import zoneinfo

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period, PeriodQuerySet, holds_on
from internships import weekdays
from schools.models.school import validate_time_zone


class PlacementQuerySet(PeriodQuerySet):
    def begun(self):
        return self.filter(begun_at__isnull=False)

    def running(self, day):
        """Those in which the student is expected on their weekdays, unless suspended."""
        return self.begun().on(day)

    def with_place(self):
        people = models.Prefetch("mentors", PlacementMentor.objects.select_related("mentor__user"))
        return self.select_related(
            "student__user", "school", "organisation__merged_into", "opportunity"
        ).prefetch_related(people, "schedule", "suspensions")


class Placement(Period):
    """A student's time at one organisation: from `starts_on` to before `ends_on`, on the weekdays of its schedule.

    It is arranged first, and begins once somebody has let it begin: the database looks at the clearances then
    (internships/guard.py). Who is on site on a day is read from here, the schedule, the suspensions and the school's
    closures; nothing is made in advance for a day.
    """

    class Reason(models.TextChoices):
        COMPLETED = "completed", _("completed as agreed")
        STUDENT = "student", _("the student wants something else")
        HOST = "host", _("the place cannot go on")
        FIT = "fit", _("it did not fit")
        ATTENDANCE = "attendance", _("too many absences")
        SAFETY = "safety", _("safety")
        LEFT = "left", _("the student left the school")
        CANCELLED = "cancelled", _("it never began")

    class Again(models.TextChoices):
        YES = "yes", _("yes")
        PERHAPS = "perhaps", _("perhaps")
        NO = "no", _("no")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="placements")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="placements")
    organisation = models.ForeignKey("mentors.Organisation", models.PROTECT, related_name="placements")
    opportunity = models.ForeignKey(
        "internships.Opportunity", models.PROTECT, null=True, blank=True, related_name="placements"
    )
    pursuit = models.OneToOneField(
        "internships.Pursuit", models.PROTECT, null=True, blank=True, related_name="placement"
    )
    title = models.CharField(_("what the student does"), max_length=200)
    review_on = models.DateField(_("looked at again on"), null=True, blank=True)
    time_zone = models.CharField(
        _("time zone, if it is another than the school's"), max_length=60, blank=True, validators=[validate_time_zone]
    )
    arranged_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    arranged_at = models.DateTimeField()
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the mentor was asked for feedback, or the adviser to write it down.
    middle_asked_at = models.DateTimeField(null=True, editable=False)
    end_asked_at = models.DateTimeField(null=True, editable=False)
    # The review day that the adviser was told of: another one is told again.
    review_told = models.DateField(null=True, editable=False)
    reason = models.CharField(_("why it ends"), max_length=12, choices=Reason, blank=True)
    end_words = models.TextField(_("how it went"), blank=True)
    host_again = models.CharField(_("would they host again?"), max_length=8, choices=Again, blank=True)
    may_refer = models.BooleanField(_("may the student name them as a reference?"), null=True, blank=True)
    job_offered = models.BooleanField(_("was the student offered a job?"), null=True, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["school", "starts_on"], name="placement_by_school"),
            models.Index(fields=["school", "ends_on"], name="placement_by_end"),
            models.Index(fields=["student", "-starts_on"], name="placement_by_student"),
            models.Index(fields=["organisation", "-starts_on"], name="placement_by_organisation"),
        ]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, reason="") | (Q(ended_at__isnull=False) & ~Q(reason="")),
                name="internships_placement_ends_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ends_on__isnull=False),
                name="internships_ended_placement_has_a_last_day",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def place(self):
        """The organisation as it is known today."""
        return self.organisation.current

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone) if self.time_zone else self.school.zone

    @property
    def last_day(self) -> datetime.date | None:
        return self.ends_on and self.ends_on - datetime.timedelta(days=1)

    @property
    def cause(self) -> str:
        """What the team rows of its mentors name as their reason."""
        return f"placement:{self.pk}"

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None

    def slot_on(self, day: datetime.date) -> "SiteWeekday | None":
        """When the student is on site on this day by the schedule; closures and suspensions are asked elsewhere."""
        return next((row for row in self.schedule.all() if row.weekday == day.weekday() and row.holds(day)), None)

    def schedule_on(self, day: datetime.date) -> list["SiteWeekday"]:
        return [row for row in self.schedule.all() if row.holds(day)]

    def days(self, day: datetime.date) -> str:
        """ "Tuesday, Thursday", as it holds on `day`, or from the start where that is later."""
        rows = self.schedule_on(max(day, self.starts_on))
        return weekdays.words(weekdays.mask(row.weekday for row in rows))

    def suspension_on(self, day: datetime.date) -> "Suspension | None":
        return next((row for row in self.suspensions.all() if row.holds(day)), None)

    def mentors_on(self, day: datetime.date) -> list["PlacementMentor"]:
        """The mentor first, then colleagues."""
        return sorted((row for row in self.mentors.all() if row.holds(day)), key=lambda row: (row.is_colleague, row.pk))


class SiteWeekday(Period):
    """One weekday of a placement's schedule, with its hours in the placement's own time zone.

    A schedule that changes ends rows and begins others. No two rows of a student share a weekday at one time, over all
    placements: the database holds that.
    """

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="schedule")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="+")
    # 0 is Monday.
    weekday = models.PositiveSmallIntegerField()
    from_time = models.TimeField()
    to_time = models.TimeField()
    break_minutes = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(180)])

    no_overlap = NoOverlap("student", "weekday")

    class Meta(Period.Meta):
        ordering = ["starts_on", "weekday", "id"]
        indexes = [models.Index(fields=["placement", "weekday"], name="site_weekday_by_placement")]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(condition=Q(weekday__range=(0, 6)), name="internships_site_weekday_is_one"),
            models.CheckConstraint(condition=Q(to_time__gt=F("from_time")), name="internships_site_weekday_ends_later"),
        ]

    def __str__(self):
        return f"{weekdays.words(1 << self.weekday)} {self.from_time:%H:%M}-{self.to_time:%H:%M}"

    @property
    def minutes(self) -> int:
        """Minutes on site by the schedule, the break taken off."""
        return minutes_between(self.from_time, self.to_time) - self.break_minutes


def minutes_between(start: datetime.time, end: datetime.time) -> int:
    return (end.hour * 60 + end.minute) - (start.hour * 60 + start.minute)


class PlacementMentor(Period):
    """Who looks after the student on site: the mentor, or a colleague who may confirm a week in their place."""

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="mentors")
    mentor = models.ForeignKey("mentors.Mentor", models.PROTECT, related_name="placements")
    is_colleague = models.BooleanField(_("a colleague of the mentor"), default=False)
    # While the mentor is away the colleague is asked; the first day back.
    back_on = models.DateField(_("away; back on"), null=True, blank=True)

    no_overlap = NoOverlap("placement", "mentor")

    class Meta(Period.Meta):
        ordering = ["is_colleague", "starts_on", "id"]
        indexes = [models.Index(fields=["mentor", "starts_on"], name="placement_by_mentor")]

    def __str__(self):
        return f"{self.mentor} ({self.placement})"


class Suspension(Period):
    """Days on which a placement rests: a clearance has run out, or the school says so. Nobody is expected then."""

    class Why(models.TextChoices):
        CLEARANCE = "clearance", _("a clearance has run out")
        SCHOOL = "school", _("the school says so")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="suspensions")
    why = models.CharField(max_length=10, choices=Why)
    # Which clearances lack, as mentors' kinds, by commas.
    kinds = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    # Nobody where the night did it.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    no_overlap = NoOverlap("placement")

    class Meta(Period.Meta):
        ordering = ["-starts_on", "-id"]
        indexes = [models.Index(fields=["placement", "-starts_on"], name="suspension_by_placement")]

    def __str__(self):
        return f"{self.get_why_display()} ({self.starts_on:%Y-%m-%d})"


def mentors_of(placements, day) -> models.QuerySet:
    return PlacementMentor.objects.filter(holds_on(day), placement__in=placements).select_related("mentor__user")


class PaperWarning(models.Model):
    """That all were told that a clearance of the placement runs out: once it comes in sight, and a week before."""

    class Stage(models.TextChoices):
        IN_SIGHT = "in_sight", _("in six weeks")
        LAST_WEEK = "last_week", _("in a week")

    placement = models.ForeignKey(Placement, models.PROTECT, related_name="warnings")
    clearance = models.ForeignKey("mentors.Clearance", models.PROTECT, related_name="+")
    stage = models.CharField(max_length=10, choices=Stage)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "clearance", "stage"], name="internships_warned_once_a_stage"
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.placement}: {self.clearance}"
