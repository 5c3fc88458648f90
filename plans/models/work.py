from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OwnGoal(models.Model):
    """A goal that is the student's own, beside the school's learning goals."""

    class State(models.TextChoices):
        OPEN = "open", _("working on it")
        REACHED = "reached", _("reached")
        DROPPED = "dropped", _("dropped")

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="own_goals")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    words = models.CharField(_("my goal"), max_length=300)
    why = models.TextField(_("why it matters to me, and how I will know"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Counted up with each change, so that two people's words never overwrite each other in silence.
    version = models.PositiveIntegerField(default=1)
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["added_at", "id"]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plans_own_goal_has_words")]

    def __str__(self):
        return self.words


class WorkItem(models.Model):
    """A piece of work in a plan. What the work is stands in `text`, which several people write; `priority` orders it.

    The links to what higher rooms add (an internship, evidence) are theirs.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        DOING = "doing", _("doing")
        DONE = "done", _("done")
        DROPPED = "dropped", _("dropped")

    UNFINISHED = (State.PLANNED, State.DOING)

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="items")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    title = models.CharField(_("what is the work?"), max_length=200)
    text = models.OneToOneField("coedit.Text", models.PROTECT, related_name="work_item")
    resources = models.TextField(_("who and what can help me?"), blank=True)
    when = models.CharField(_("when?"), max_length=200, blank=True)
    from_on = models.DateField(_("from"), null=True, blank=True)
    until_on = models.DateField(_("until"), null=True, blank=True)
    shows = models.TextField(_("what will I show along the way?"), blank=True)
    evidence = models.TextField(_("what evidence will I show at my exhibition?"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.PLANNED)
    priority = models.PositiveIntegerField(default=0)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # Counted up with each change, so that two people's words never overwrite each other in silence.
    version = models.PositiveIntegerField(default=1)
    split_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_to")
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["priority", "id"]
        indexes = [models.Index(fields=["plan", "priority"], name="item_by_priority")]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="plans_item_has_title"),
            # `until_on` is the last day as people say it, so one day is from and until the same.
            models.CheckConstraint(
                condition=Q(from_on__isnull=True) | Q(until_on__isnull=True) | Q(until_on__gte=F("from_on")),
                name="plans_item_ends_after_start",
            ),
            models.UniqueConstraint(fields=["plan", "carried_from"], name="plans_item_carried_once"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_unfinished(self) -> bool:
        return self.state in self.UNFINISHED


class ItemGoal(models.Model):
    """A learning goal, the school's or the student's own, that a piece of work serves: by which questions, and how."""

    item = models.ForeignKey(WorkItem, models.CASCADE, related_name="item_goals")
    goal = models.ForeignKey("schools.LearningGoal", models.PROTECT, null=True, blank=True, related_name="+")
    own_goal = models.ForeignKey(OwnGoal, models.PROTECT, null=True, blank=True, related_name="item_goals")
    how = models.TextField(_("which questions, and how?"), blank=True)

    class Meta:
        ordering = ["goal__order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["item", "goal"], name="plans_item_goal_once"),
            models.UniqueConstraint(fields=["item", "own_goal"], name="plans_item_own_goal_once"),
            models.CheckConstraint(
                condition=Q(goal__isnull=False, own_goal__isnull=True) | Q(goal__isnull=True, own_goal__isnull=False),
                name="plans_item_goal_is_one_of_two",
            ),
        ]

    def __str__(self):
        return f"{self.item}: {self.goal or self.own_goal}"
