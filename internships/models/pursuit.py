import datetime

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from internships.models.meeting import Interview, SetUpMeeting, ShadowDay
from internships.models.rules import Rules
from schools.roles import Role


class PursuitQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at__isnull=True)

    def cleared(self, day):
        """Those that hold a place on `day`: the student may call there, or has met the people already."""
        met = Q(interviews__isnull=False) | Q(shadow_days__isnull=False) | Q(set_ups__isnull=False)
        return self.open().filter(Q(cleared_until__gt=day) | met).distinct()

    def with_place(self):
        return self.select_related(
            "student__user", "student__school", "opportunity__organisation__merged_into", "opportunity__mentor__user"
        ).prefetch_related("decisions__by", "interviews", "shadow_days", "set_ups")


class Pursuit(models.Model):
    """A student's way to one place: asked for, cleared for some weeks, and ended with how it went.

    It is of an opportunity, or of a new site that the student proposes.
    """

    class State(models.TextChoices):
        WITH_ADVISER = "with_adviser", _("with the adviser")
        WITH_COORDINATOR = "with_coordinator", _("with the coordinator")
        CLEARED = "cleared", _("cleared to call")
        LAPSED = "lapsed", _("no longer cleared")
        INTERVIEW = "interview", _("interview")
        SHADOW = "shadow", _("shadow day")
        SET_UP = "set_up", _("set-up meeting")
        READY = "ready", _("ready for the agreement")
        ENDED = "ended", _("ended")

    class Ending(models.TextChoices):
        REFUSED = "refused", _("not cleared")
        NO = "no", _("the place said no")
        GIVEN_UP = "given_up", _("given up")
        LAPSED = "lapsed", _("nobody called in time")
        NO_PERMISSION = "no_permit", _("not permitted at home")
        PLACED = "placed", _("became a placement")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="pursuits")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="pursuits")
    opportunity = models.ForeignKey(
        "internships.Opportunity", models.PROTECT, null=True, blank=True, related_name="pursuits"
    )
    site = models.CharField(_("which place?"), max_length=200, blank=True)
    site_about = models.TextField(_("who works there, and how do you know of it?"), blank=True)
    why = models.TextField(_("why this place?"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    cleared_at = models.DateTimeField(null=True, blank=True)
    # The first day without.
    cleared_until = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    ending = models.CharField(max_length=10, choices=Ending, blank=True)
    end_words = models.TextField(blank=True)

    objects = PursuitQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [
            models.Index(fields=["school", "ended_at"], name="pursuit_by_school"),
            models.Index(fields=["student", "-asked_at"], name="pursuit_by_student"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(opportunity__isnull=False, site="") | (Q(opportunity__isnull=True) & ~Q(site="")),
                name="internships_pursuit_of_one_place",
            ),
            models.UniqueConstraint(
                fields=["student", "opportunity"], condition=Q(ended_at__isnull=True),
                name="internships_pursued_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="") | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="internships_pursuit_ends_somehow",
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.title

    @property
    def title(self) -> str:
        return self.opportunity.title if self.opportunity else self.site

    @property
    def place(self) -> str:
        return str(self.opportunity.place) if self.opportunity else self.site

    def decision_of(self, role: str) -> "Decision | None":
        return next((decision for decision in self.decisions.all() if decision.role == role), None)

    def waits_for(self, rules: Rules) -> str | None:
        """The role whose word is missing, the adviser's first; None where all have spoken."""
        asked = [(Role.ADVISER, rules.adviser_clears), (Role.COORDINATOR, rules.coordinator_clears)]
        return next((role for role, clears in asked if clears and self.decision_of(role) is None), None)

    def state(self, rules: Rules, day: datetime.date) -> str:
        if self.ended_at is not None:
            return self.State.ENDED
        if self.cleared_until is not None:
            if not self.has_met and day >= self.cleared_until:
                return self.State.LAPSED
            return self._step(rules)
        waits_for = self.waits_for(rules)
        return self.State.WITH_COORDINATOR if waits_for == Role.COORDINATOR else self.State.WITH_ADVISER

    @property
    def interview(self) -> "Interview | None":
        return next(iter(self.interviews.all()), None)

    @property
    def shadow_day(self) -> "ShadowDay | None":
        return next(iter(self.shadow_days.all()), None)

    @property
    def set_up(self) -> "SetUpMeeting | None":
        return next(iter(self.set_ups.all()), None)

    @property
    def has_met(self) -> bool:
        """Whether the student has called: then the clearing does not lapse."""
        return bool(self.interview or self.shadow_day or self.set_up)

    def _step(self, rules) -> str:
        """The first of the school's steps that is not done; called, but nothing arranged, is CLEARED."""
        steps = (
            (rules.interview_step, self.State.INTERVIEW, self.interview is not None and self.interview.happened),
            (rules.shadow_step, self.State.SHADOW, self.shadow_day is not None and self.shadow_day.is_yes),
            (rules.setup_step, self.State.SET_UP, self.set_up is not None),
        )
        step = next((state for is_on, state, is_done in steps if is_on and not is_done), self.State.READY)
        return step if self.has_met else self.State.CLEARED


class Decision(models.Model):
    """What the adviser or the coordinator said to a pursuit, once."""

    ROLES = [(Role.ADVISER, Role.ADVISER.label), (Role.COORDINATOR, Role.COORDINATOR.label)]

    pursuit = models.ForeignKey(Pursuit, models.PROTECT, related_name="decisions")
    role = models.CharField(max_length=12, choices=ROLES)
    says_yes = models.BooleanField()
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [models.UniqueConstraint(fields=["pursuit", "role"], name="internships_decided_once")]

    def __str__(self):
        return f"{self.role}: {self.says_yes}"


class Travel(models.Model):
    """How far one student can travel to a place, where that is less or more than what the school takes for granted."""

    student = models.OneToOneField("students.Student", models.PROTECT, related_name="travel")
    most_km = models.PositiveSmallIntegerField(
        _("how many kilometres at most?"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )  # fmt: skip
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "travel"

    def __str__(self):
        return f"{self.student}: {self.most_km}"
