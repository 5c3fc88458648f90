from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Carried(models.Model):
    """What was decided about one thing that an earlier plan left unfinished: taken into the new plan, or left."""

    class Choice(models.TextChoices):
        TAKE = "take", _("take it as it is")
        CHANGE = "change", _("take it and change it")
        LEAVE = "leave", _("leave it")

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="carried")
    item = models.ForeignKey("plans.WorkItem", models.PROTECT, null=True, related_name="+")
    own_goal = models.ForeignKey("plans.OwnGoal", models.PROTECT, null=True, related_name="+")
    section = models.ForeignKey("plans.Section", models.PROTECT, null=True, related_name="+")
    choice = models.CharField(max_length=10, choices=Choice)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "item"], name="plans_item_offered_once"),
            models.UniqueConstraint(fields=["plan", "own_goal"], name="plans_own_goal_offered_once"),
            models.UniqueConstraint(fields=["plan", "section"], name="plans_section_offered_once"),
            models.CheckConstraint(
                condition=Q(item__isnull=False, own_goal__isnull=True, section__isnull=True)
                | Q(item__isnull=True, own_goal__isnull=False, section__isnull=True)
                | Q(item__isnull=True, own_goal__isnull=True, section__isnull=False),
                name="plans_carried_is_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.item or self.own_goal or self.section}: {self.get_choice_display()}"
