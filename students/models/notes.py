from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from schools.roles import Permission


class Level(models.TextChoices):
    """How far a note is restricted; who may read each level is the policy table's permission."""

    STAFF = "staff", _("staff")
    RESTRICTED = "restricted", _("restricted")
    SAFEGUARDING = "safeguarding", _("safeguarding")

    @property
    def permission(self) -> Permission:
        return {
            Level.STAFF: Permission.NOTES_STAFF,
            Level.RESTRICTED: Permission.NOTES_RESTRICTED,
            Level.SAFEGUARDING: Permission.NOTES_SAFEGUARDING,
        }[self]


class Note(models.Model):
    """A note on a student for staff. Never changed: a correction is a new note that supersedes."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="notes")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    level = models.CharField(_("who may read it"), max_length=12, choices=Level, default=Level.STAFF)
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "-at"], name="note_by_student")]

    def __str__(self):
        return f"{self.get_level_display()} {self.at:%Y-%m-%d}"


class Concern(models.Model):
    """A worry about a student, passed to the school's safeguarding lead alone. Who raised it does not see it again."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="concerns")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("what worries you"))
    at = models.DateTimeField(auto_now_add=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(_("what was done"), blank=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="concern_by_school")]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"
