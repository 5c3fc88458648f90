from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AttendanceMarkQuerySet(models.QuerySet):
    def current(self):
        return self.filter(superseded_by__isnull=True)


class AttendanceMark(models.Model):
    """Where a student was in one session of one day. A correction is a new row that supersedes."""

    class Session(models.TextChoices):
        MORNING = "am", _("morning")
        AFTERNOON = "pm", _("afternoon")

    class Source(models.TextChoices):
        CIRCLE = "circle", _("circle")
        SITE = "site", _("internship")
        OFFICE = "office", _("office")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="attendance")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    date = models.DateField(_("day"))
    session = models.CharField(_("session"), max_length=2, choices=Session, default=Session.MORNING)
    code = models.ForeignKey("schools.AttendanceCode", models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=10, choices=Source)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    objects = AttendanceMarkQuerySet.as_manager()

    class Meta:
        ordering = ["-date", "session", "-id"]
        indexes = [
            models.Index(fields=["student", "-date"], name="mark_by_student"),
            models.Index(fields=["school", "-date"], name="mark_by_school"),
        ]
        constraints = [
            # One first row for a session, so that two people marking at once make one mark and one correction.
            models.UniqueConstraint(
                fields=["student", "date", "session", "source"],
                condition=models.Q(supersedes__isnull=True),
                name="students_mark_once",
            )
        ]

    def __str__(self):
        return f"{self.date} {self.session}"
