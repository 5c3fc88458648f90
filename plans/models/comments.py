from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Thread(models.Model):
    """Comments on one section or one piece of work. Who may read the section may read its threads, and nobody else."""

    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="threads")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    section = models.ForeignKey("plans.Section", models.PROTECT, null=True, related_name="threads")
    item = models.ForeignKey("plans.WorkItem", models.PROTECT, null=True, related_name="threads")
    opened_at = models.DateTimeField()
    resolved_at = models.DateTimeField(null=True, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["opened_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(section__isnull=False, item__isnull=True) | Q(section__isnull=True, item__isnull=False),
                name="plans_thread_is_on_one_thing",
            ),
            models.CheckConstraint(
                condition=Q(resolved_at__isnull=True, resolved_by__isnull=True)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="plans_thread_resolved_by_somebody",
            ),
        ]

    def __str__(self):
        return str(self.part)

    @property
    def part(self):
        """What it is on."""
        return self.section or self.item

    @property
    def is_resolved(self) -> bool:
        return self.resolved_at is not None


class Comment(models.Model):
    """What somebody said in a thread. `mentions` are ids of people whom the words name, in the order of the words."""

    thread = models.ForeignKey(Thread, models.PROTECT, related_name="comments")
    plan = models.ForeignKey("plans.Plan", models.PROTECT, related_name="comments")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    words = models.TextField(_("comment"))
    mentions = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    at = models.DateTimeField()
    # A double tap is one comment: the page that offers the form made this key.
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["plan", "at"], name="comment_by_plan")]
        constraints = [models.CheckConstraint(condition=~Q(words=""), name="plans_comment_has_words")]

    def __str__(self):
        return self.words[:40]
