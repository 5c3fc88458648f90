from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.shipped import in_my_language


class Prompt(models.Model):
    """What a school asks of everybody on site: a first task, or a part of a project's proposal with its questions.

    A school without rows of a kind has the usual ones (internships/prompts.py). What is under way keeps its own copy.
    """

    class Of(models.TextChoices):
        TASK = "task", _("a first task")
        PART = "part", _("a part of the proposal")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="internship_prompts")
    of = models.CharField(_("what it is"), max_length=4, choices=Of)
    title = models.CharField(_("title"), max_length=200)
    guidance = models.TextField(_("what is asked, in a few sentences"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    retired_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["of", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["school", "of", "order"], name="internships_prompt_has_its_place")
        ]

    def __str__(self):
        return in_my_language(self.title)


class FirstTask(models.Model):
    """A small thing to do in the first weeks on site, and what the student found out."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="first_tasks")
    title = models.CharField(_("what is to be done?"), max_length=200)
    guidance = models.TextField(_("what to look at"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    # Nobody where the school asks it of everybody.
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_words = models.TextField(_("what did you find out?"), blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return in_my_language(self.title)

    @property
    def version(self) -> str:
        """Another after each time that somebody has said what was found out."""
        return self.done_at.isoformat() if self.done_at else ""


class Project(models.Model):
    """Real work that a student does at a placement: its proposal is written together, handed in as drafts, approved.

    A placement has one that runs at a time; the next begins when it is done or dropped.
    """

    class Ending(models.TextChoices):
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="projects")
    title = models.CharField(_("what is the project?"), max_length=200)
    goals = models.ManyToManyField("schools.LearningGoal", related_name="+", blank=True)
    items = models.ManyToManyField("plans.WorkItem", related_name="projects", blank=True)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ending = models.CharField(_("how it ended"), max_length=8, choices=Ending, blank=True)
    end_words = models.TextField(_("what came of it"), blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-begun_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["placement"], condition=Q(ended_at__isnull=True), name="internships_one_project_runs"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="internships_ended_project_says_how",
            ),
        ]

    def __str__(self):
        return self.title

    @property
    def is_over(self) -> bool:
        return self.ended_at is not None


class ProjectPart(models.Model):
    """One part of a proposal: a text that student, mentor and adviser write; title and guidance as they were then."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="parts")
    title = models.CharField(max_length=200)
    guidance = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.OneToOneField("coedit.Text", models.PROTECT, related_name="project_part")

    class Meta:
        ordering = ["order", "id"]

    def __str__(self):
        return in_my_language(self.title)


class Checkpoint(models.Model):
    """A day by which something of the project is there to be seen."""

    project = models.ForeignKey(Project, models.PROTECT, related_name="checkpoints")
    title = models.CharField(_("what is there by then?"), max_length=200)
    due_on = models.DateField(_("by which day"))
    done_words = models.CharField(_("how it went"), max_length=500, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    done_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["due_on", "id"]

    def __str__(self):
        return self.title


class ProjectDraft(models.Model):
    """The proposal as it stood when it was handed in, and what the adviser said of it.

    `marks` holds by part the text and the row of its log up to which it was written: the words are read from the log,
    so that words which must be erased are gone here too.
    """

    project = models.ForeignKey(Project, models.PROTECT, related_name="drafts")
    number = models.PositiveSmallIntegerField()
    marks = models.JSONField()
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    handed_in_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    words = models.TextField(_("what you think of it"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="internships_draft_number_once"),
            # Who decides is left open: somebody is named with a time, or nobody.
            models.CheckConstraint(
                condition=Q(approved__isnull=True, decided_at__isnull=True)
                | Q(approved__isnull=False, decided_at__isnull=False, decided_at__gte=F("handed_in_at")),
                name="internships_draft_decided_with_a_time",
            ),
        ]

    def __str__(self):
        return f"{self.project}, {self.number}"
