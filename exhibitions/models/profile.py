from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Chosen(models.Model):
    """Something that a student has put into their learner profile, with what they say of it."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="chosen")
    evidence = models.ForeignKey("exhibitions.Evidence", models.PROTECT, null=True, related_name="+")
    exhibition = models.ForeignKey("exhibitions.Exhibition", models.PROTECT, null=True, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, null=True, related_name="+")
    narrative = models.ForeignKey("exhibitions.Narrative", models.PROTECT, null=True, related_name="+")
    words = models.TextField(_("why it is here"), blank=True)
    order = models.PositiveIntegerField(default=0)
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "chosen"
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["student", "evidence"], name="exhibitions_evidence_chosen_once"),
            models.UniqueConstraint(fields=["student", "exhibition"], name="exhibitions_exhibition_chosen_once"),
            models.UniqueConstraint(fields=["student", "placement"], name="exhibitions_placement_chosen_once"),
            models.UniqueConstraint(fields=["student", "narrative"], name="exhibitions_narrative_chosen_once"),
            models.CheckConstraint(
                condition=Q(evidence__isnull=False, exhibition=None, placement=None, narrative=None)
                | Q(evidence=None, exhibition__isnull=False, placement=None, narrative=None)
                | Q(evidence=None, exhibition=None, placement__isnull=False, narrative=None)
                | Q(evidence=None, exhibition=None, placement=None, narrative__isnull=False),
                name="exhibitions_chosen_is_one_thing",
            ),
        ]

    def __str__(self):
        return f"{self.evidence or self.exhibition or self.placement or self.narrative}"


class About(models.Model):
    """What a student says of themselves at the head of their profile, and whether the goals' levels are in it."""

    student = models.OneToOneField("students.Student", models.PROTECT, related_name="about")
    words = models.TextField(_("about me"), blank=True)
    shows_goals = models.BooleanField(_("show how my learning goals developed"), default=True)

    class Meta:
        verbose_name_plural = "about"

    def __str__(self):
        return f"{self.student}"


class Share(models.Model):
    """A link to a student's profile for somebody outside: good until its day, or until the student takes it back.

    The secret is made from `seed` and the site's key, so that the student can be shown the link again; what is stored
    leads nowhere by itself.
    """

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="shares")
    label = models.CharField(_("for whom?"), max_length=100)
    seed = models.CharField(max_length=32)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    until = models.DateField(_("until when?"))
    revoked_at = models.DateTimeField(null=True, blank=True)
    opened = models.PositiveIntegerField(default=0)
    last_opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return self.label
