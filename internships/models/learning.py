from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class JournalEntry(models.Model):
    """What a student writes about a day on site. Nothing is written over: who adds to a day writes another."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="journal")
    date = models.DateField()
    text = models.TextField(_("what happened, and what did you learn?"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    # A form sent twice is one entry.
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-date", "-id"]
        indexes = [models.Index(fields=["placement", "-date"], name="journal_by_placement")]

    def __str__(self):
        return f"{self.date}"


class Visit(models.Model):
    """A contact with the people on site about one student: it is the organisation's last contact, too."""

    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="visits")
    contact = models.OneToOneField("mentors.OrganisationContact", models.PROTECT, related_name="visit")

    class Meta:
        ordering = ["-contact__at", "-id"]

    def __str__(self):
        return str(self.contact)


class Feedback(models.Model):
    """What the mentor says of a student's work, half-way or at the end. A correction is a new row that supersedes."""

    class Stage(models.TextChoices):
        MIDDLE = "middle", _("half-way")
        END = "end", _("at the end")

    # What workplaces ask of everybody; each from 1 to 5 (PRACTICE 3.3: the mentor's evaluation).
    SKILLS = {
        "punctual": _("comes on time"), "initiative": _("sees what has to be done"),
        "together": _("works with others"), "speaks": _("asks and explains"),
        "careful": _("works carefully and safely"),
    }  # fmt: skip

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="feedback")
    stage = models.CharField(_("when"), max_length=6, choices=Stage)
    # 1 to 5 by skill; what is left out was not said.
    skills = models.JSONField(default=dict)
    # Words by the learning goal's key.
    goals = models.JSONField(default=dict)
    strengths = models.TextField(_("what goes well?"), blank=True)
    next_step = models.TextField(_("what should come next?"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "stage", "by"], condition=Q(supersedes__isnull=True),
                name="internships_feedback_first_once",
            )
        ]  # fmt: skip

    def __str__(self):
        return f"{self.get_stage_display()} ({self.at:%Y-%m-%d})"

    @property
    def skill_lines(self) -> list[tuple[str, int]]:
        return [(str(words), self.skills[key]) for key, words in self.SKILLS.items() if key in self.skills]

    def goal_lines(self, goals) -> list[tuple[str, str]]:
        """What was said of each of the school's `goals`, by its name."""
        return [(goal.name, self.goals[goal.key]) for goal in goals if goal.key in self.goals]


class JournalPhoto(models.Model):
    """A photo in a journal. It is kept as soon as it arrives, under the key of the form it came with, and belongs to
    the entry once that is written: a form that is refused for something else loses no photo."""

    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="journal_photos")
    entry = models.ForeignKey(JournalEntry, models.PROTECT, null=True, related_name="photos")
    form_key = models.UUIDField()
    file = models.OneToOneField("files.StoredFile", models.PROTECT, related_name="+")
    # Of the file: the same photo with the same form is one.
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "sha256"], name="internships_journal_photo_once"),
        ]

    def __str__(self):
        return str(self.file)
