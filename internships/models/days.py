from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class SiteDay(models.Model):
    """What is known of one day of a placement. A day on which nothing was said or done yet has no row.

    Absence and make-up stand here; when the student came and went in its touches; the hours that count in `minutes`.
    """

    class Kind(models.TextChoices):
        REGULAR = "regular", _("by the schedule")
        MAKE_UP = "make_up", _("make-up day")

    class Source(models.TextChoices):
        STUDENT = "student", _("student")
        PARENT = "parent", _("parent")
        MENTOR = "mentor", _("mentor")
        STAFF = "staff", _("school")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="site_days")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="site_days")
    date = models.DateField()
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.REGULAR)
    # Of a make-up day, whose weekday may have no hours in the schedule.
    from_time = models.TimeField(null=True, blank=True)
    to_time = models.TimeField(null=True, blank=True)
    absence = models.ForeignKey("schools.AttendanceCode", models.PROTECT, null=True, blank=True, related_name="+")
    absence_words = models.CharField(max_length=300, blank=True)
    absence_source = models.CharField(max_length=8, choices=Source, blank=True)
    absence_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    absence_at = models.DateTimeField(null=True, blank=True)
    # Hours that count, in minutes; empty while nobody has confirmed them.
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # When the adviser heard that nobody had come: once a day, however often it is looked at.
    no_show_told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-date", "-id"]
        indexes = [
            models.Index(fields=["school", "date"], name="site_day_by_school"),
            models.Index(fields=["student", "-date"], name="site_day_by_student"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["placement", "date"], name="internships_one_site_day"),
            models.CheckConstraint(
                condition=Q(absence__isnull=True) | (Q(absence_by__isnull=False) & ~Q(absence_source="")),
                name="internships_absence_was_said_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__lte=24 * 60), name="internships_day_has_24_hours"
            ),
        ]

    def __str__(self):
        return f"{self.date}"

    def touch(self, way: str) -> "Touch | None":
        return next((touch for touch in self.touches.all() if touch.way == way), None)


class Touch(models.Model):
    """That a student came or went: when their phone says, and when it reached us.

    Each at most once a day, whatever is tapped twice or sent again.
    """

    class Way(models.TextChoices):
        IN = "in", _("in")
        OUT = "out", _("out")

    day = models.ForeignKey(SiteDay, models.PROTECT, related_name="touches")
    way = models.CharField(max_length=3, choices=Way)
    claimed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    # Made by the phone, so that what is sent again is one.
    key = models.UUIDField(unique=True)
    # Rounded to two decimals of a degree, about a kilometre, and only where the student chose to say it.
    latitude = models.DecimalField(max_digits=4, decimal_places=2, null=True, blank=True)
    longitude = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ["claimed_at", "id"]
        constraints = [models.UniqueConstraint(fields=["day", "way"], name="internships_touched_once")]

    def __str__(self):
        return f"{self.way} {self.claimed_at:%H:%M}"


class HoursChange(models.Model):
    """That somebody corrected the hours of a day, from what to what, and why."""

    day = models.ForeignKey(SiteDay, models.PROTECT, related_name="changes")
    was = models.PositiveSmallIntegerField(null=True)
    now = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return f"{self.was} -> {self.now}"


class SiteWeek(models.Model):
    """That a mentor, or a colleague, has confirmed the days of one week, once."""

    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="weeks")
    monday = models.DateField()
    words = models.TextField(_("a word about the week"), blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField()

    class Meta:
        ordering = ["-monday"]
        constraints = [models.UniqueConstraint(fields=["placement", "monday"], name="internships_week_confirmed_once")]

    def __str__(self):
        return f"{self.monday}"


class Question(models.Model):
    """What a school asks now and then at check-in or check-out, answered from 1 to 5."""

    class Of(models.TextChoices):
        STUDENT = "student", _("students")
        MENTOR = "mentor", _("mentors")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="site_questions")
    of = models.CharField(_("asked of"), max_length=8, choices=Of)
    text = models.CharField(_("question"), max_length=200)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["of", "order", "id"]

    def __str__(self):
        return self.text


class Answer(models.Model):
    """One answer, of a student on a day or of a mentor on a week."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="answers")
    day = models.ForeignKey(SiteDay, models.PROTECT, null=True, blank=True, related_name="answers")
    week = models.ForeignKey(SiteWeek, models.PROTECT, null=True, blank=True, related_name="answers")
    value = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(value__range=(1, 5)), name="internships_answer_is_1_to_5"),
            models.CheckConstraint(
                condition=Q(day__isnull=False, week__isnull=True) | Q(day__isnull=True, week__isnull=False),
                name="internships_answer_of_day_or_week",
            ),
            models.UniqueConstraint(
                fields=["question", "day"], condition=Q(day__isnull=False), name="internships_answered_once_a_day"
            ),
            models.UniqueConstraint(
                fields=["question", "week"], condition=Q(week__isnull=False), name="internships_answered_once_a_week"
            ),
        ]

    def __str__(self):
        return f"{self.value}"
