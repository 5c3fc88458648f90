from django.conf import settings
from django.db import models
from django.db.models import Q
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

    @property
    def rank(self) -> int:
        """The higher, the fewer may read it."""
        return list(Level).index(self)


class NoteQuerySet(models.QuerySet):
    def current(self):
        return self.filter(superseded_by__isnull=True)


class Note(models.Model):
    """A note on a student for staff. Never changed: a correction is a new note that supersedes.

    A correction may restrict more and never less, so whoever reads a note may read all that it corrects.
    """

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="notes")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    level = models.CharField(_("who may read it"), max_length=12, choices=Level, default=Level.STAFF)
    text = models.TextField(_("note"))
    at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    concern = models.ForeignKey("Concern", models.PROTECT, null=True, blank=True, related_name="steps")
    # A double tap is one note: the page that offers the form made this key.
    key = models.UUIDField(null=True, unique=True)

    objects = NoteQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "-at"], name="note_by_student")]
        constraints = [
            models.CheckConstraint(
                condition=Q(concern__isnull=True) | Q(level="safeguarding"), name="students_steps_are_safeguarding"
            )
        ]

    def __str__(self):
        return f"{self.get_level_display()} {self.at:%Y-%m-%d}"


class Concern(models.Model):
    """A worry about a student, passed to the school's safeguarding lead alone. Who raised it does not see it again."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="concerns")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("what worries you"))
    at = models.DateTimeField(auto_now_add=True)
    key = models.UUIDField(null=True, unique=True)
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(_("what came of it"), blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="concern_by_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by__isnull=True)
                | Q(taken_at__isnull=False, taken_by__isnull=False),
                name="students_concern_taken_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True, outcome="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(outcome="")),
                name="students_concern_closed_with_outcome",
            ),
        ]

    def __str__(self):
        return f"{self.at:%Y-%m-%d}"
