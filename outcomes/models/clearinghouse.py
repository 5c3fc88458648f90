from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ClearinghouseFile(models.Model):
    """A detail file of the clearinghouse: read, looked through, taken over as a whole, and taken back as a whole."""

    class State(models.TextChoices):
        READING = "reading", _("being read")
        REFUSED = "refused", _("cannot be read")
        READY = "ready", _("to be looked through")
        APPLYING = "applying", _("being taken over")
        APPLIED = "applied", _("taken over")
        UNDONE = "undone", _("taken back")
        DROPPED = "dropped", _("dropped")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    name = models.CharField(_("file"), max_length=200)
    file = models.ForeignKey("files.StoredFile", models.PROTECT, null=True, related_name="+")
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=8, choices=State, default=State.READING)
    # Why it was refused, in words; or how many rows are what.
    report = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="chfile_by_school")]

    def __str__(self):
        return self.name


class ClearinghouseLine(models.Model):
    """One row of such a file, whom it is of, and what is to become of it."""

    class State(models.TextChoices):
        READY = "ready", _("will be taken over")
        KNOWN = "known", _("known already")
        NO_RECORD = "no_record", _("no record found: says nothing")
        UNSURE = "unsure", _("whose is it?")
        NOBODY = "nobody", _("nobody of this school")
        BROKEN = "broken", _("cannot be read")
        LEFT_OUT = "left_out", _("left out")

    of = models.ForeignKey(ClearinghouseFile, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State)
    student = models.ForeignKey("students.Student", models.PROTECT, null=True, related_name="+")
    # Whom it may be of, by id, the likeliest first.
    candidates = models.JSONField(default=list)
    # As it was read; days as they are written in JSON.
    cells = models.JSONField(default=dict)
    problems = models.JSONField(default=list)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["of", "state", "number"], name="chline_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="outcomes_line_once"),
            models.CheckConstraint(
                condition=~Q(state="ready") | Q(student__isnull=False), name="outcomes_ready_line_is_of_somebody"
            ),
        ]

    def __str__(self):
        return f"{self.number}"
