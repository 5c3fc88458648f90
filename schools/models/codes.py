from django.db import models
from django.utils.translation import gettext_lazy as _


class LearningGoal(models.Model):
    """One of the school's learning goals: five, and more where the school adds them."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="goals")
    key = models.SlugField(max_length=40)
    name = models.CharField(_("name"), max_length=100)
    question = models.CharField(_("head question"), max_length=200)
    prompts = models.TextField(_("further questions, one a line"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="schools_goal_key_once")]

    def __str__(self):
        return self.name


class AttendanceCode(models.Model):
    """A school's own code, what it counts as, and its national code (England: SI 2024/208, regulation 10)."""

    class Counts(models.TextChoices):
        PRESENT = "present", _("present")
        LATE = "late", _("late")
        ELSEWHERE = "elsewhere", _("attending elsewhere")
        EXCUSED = "excused", _("absent, excused")
        ABSENT = "absent", _("absent, not excused")
        NOT_REQUIRED = "not_required", _("not required")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="attendance_codes")
    code = models.CharField(_("code"), max_length=8)
    name = models.CharField(_("name"), max_length=100)
    counts = models.CharField(_("counts as"), max_length=12, choices=Counts)
    national_code = models.CharField(_("national code"), max_length=4, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            # A letter may come back with another meaning once it is retired; marks keep the row they were made with.
            models.UniqueConstraint(
                fields=["school", "code"], condition=models.Q(retired_on__isnull=True), name="schools_code_once"
            )
        ]

    def __str__(self):
        return self.name
