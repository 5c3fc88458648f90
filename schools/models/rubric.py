from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    """What exhibitions are judged by: levels, criteria, and what each level looks like.

    Nothing in a version is ever changed: a change is a new version, and whatever is judged keeps the one it began with.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="rubrics")
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["school", "version"], name="schools_rubric_version_once"),
            models.UniqueConstraint(fields=["school"], condition=Q(is_current=True), name="schools_one_current_rubric"),
        ]

    def __str__(self):
        return _("version %(number)s") % {"number": self.version}


class Level(models.Model):
    """How far something is shown. `rank` orders them: 1 is the first."""

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="levels")
    rank = models.PositiveSmallIntegerField()
    name = models.CharField(_("level"), max_length=60)

    class Meta:
        ordering = ["rank"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "rank"], name="schools_level_rank_once"),
            models.UniqueConstraint(fields=["rubric", "name"], name="schools_level_name_once"),
        ]

    def __str__(self):
        return self.name


class Criterion(models.Model):
    """What is judged: one of the school's learning goals, or something beside them such as motivation.

    `key` stays the same through all versions, so that what was judged years ago can stand beside today's.
    """

    rubric = models.ForeignKey(Rubric, models.PROTECT, related_name="criteria")
    key = models.SlugField(max_length=40)
    goal = models.ForeignKey("schools.LearningGoal", models.PROTECT, null=True, blank=True, related_name="criteria")
    name = models.CharField(_("what is judged"), max_length=100)
    question = models.CharField(_("question"), max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "criteria"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["rubric", "key"], name="schools_criterion_key_once")]

    def __str__(self):
        return self.name


class Descriptor(models.Model):
    """What one level of one criterion looks like."""

    criterion = models.ForeignKey(Criterion, models.CASCADE, related_name="descriptors")
    level = models.ForeignKey(Level, models.CASCADE, related_name="descriptors")
    words = models.TextField()

    class Meta:
        ordering = ["level__rank"]
        constraints = [
            models.UniqueConstraint(fields=["criterion", "level"], name="schools_descriptor_once"),
            models.CheckConstraint(condition=~Q(words=""), name="schools_descriptor_has_words"),
        ]

    def __str__(self):
        return self.words
