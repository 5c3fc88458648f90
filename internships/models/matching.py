from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Matching(models.Model):
    """One proposal of places for an advisory's students, or for all of a school; the row first, then the task."""

    class State(models.TextChoices):
        WAITING = "waiting", _("is being worked out")
        SOLVED = "solved", _("proposed")
        FAILED = "failed", _("could not be worked out")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="matchings")
    advisory = models.ForeignKey("advisories.Advisory", models.PROTECT, null=True, blank=True, related_name="+")
    # From which day the places are needed.
    starts_on = models.DateField()
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    solved_at = models.DateTimeField(null=True, blank=True)
    worth = models.IntegerField(null=True, blank=True)
    bound = models.IntegerField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["school", "-asked_at"], name="matching_by_school")]

    def __str__(self):
        return f"{self.advisory or self.school}"

    @property
    def is_proven(self) -> bool:
        """Whether nothing better is possible."""
        return self.worth is not None and self.worth == self.bound


class MatchLine(models.Model):
    """One student of a proposal, with a place or with why there is none. What is locked, the next run leaves."""

    class WhyNot(models.TextChoices):
        FULL = "full", _("all places that would do are taken")
        TRAVEL = "travel", _("too far")
        WEEKDAYS = "weekdays", _("on days when the student is elsewhere")
        PAPERS = "papers", _("papers of the places lack")
        NONE = "none", _("nothing is offered")

    matching = models.ForeignKey(Matching, models.PROTECT, related_name="lines")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="+")
    opportunity = models.ForeignKey(
        "internships.Opportunity", models.PROTECT, null=True, blank=True, related_name="match_lines"
    )
    # The words of a tag that both care about, and the student's wish that it is, from 1.
    reason = models.CharField(max_length=300, blank=True)
    why_not = models.CharField(max_length=8, choices=WhyNot, blank=True)
    is_locked = models.BooleanField(default=False)
    pursuit = models.OneToOneField(
        "internships.Pursuit", models.PROTECT, null=True, blank=True, related_name="match_line"
    )

    class Meta:
        ordering = ["student__user__search_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["matching", "student"], name="internships_matched_once"),
            models.CheckConstraint(
                condition=Q(opportunity__isnull=False, why_not="") | (Q(opportunity__isnull=True) & ~Q(why_not="")),
                name="internships_match_or_why_not",
            ),
        ]

    def __str__(self):
        return f"{self.student}: {self.opportunity or self.why_not}"
