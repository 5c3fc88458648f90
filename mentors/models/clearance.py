import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

# How long before its last day a clearance is named as running out: time for an insurer or a police check to answer.
RUNS_OUT_WITHIN = datetime.timedelta(days=42)


class ClearanceQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)

    def latest(self):
        """Of each kind for each subject the one that lasts longest; the others have been followed by it."""
        return self.standing().order_by(F("expires_on").desc(nulls_first=True), "-verified_on", "-id")


class Clearance(models.Model):
    """That somebody of the school has seen a paper: what kind, until when it holds. The paper itself is not kept.

    A renewed one is a new row. One that was written down wrongly is withdrawn and stays.
    """

    class Kind(models.TextChoices):
        BACKGROUND = "background", _("background check")
        LIABILITY = "liability", _("employers' liability insurance")
        SAFETY = "safety", _("health and safety")
        RISK = "risk", _("risk assessment")

    class State(models.TextChoices):
        HOLDS = "holds", _("holds")
        RUNS_OUT = "runs_out", _("runs out soon")
        EXPIRED = "expired", _("expired")
        MISSING = "missing", _("not seen yet")

    # What is checked of a person; the rest is checked of a place.
    OF_MENTORS = (Kind.BACKGROUND,)
    OF_ORGANISATIONS = (Kind.LIABILITY, Kind.SAFETY, Kind.RISK)

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="clearances")
    kind = models.CharField(_("what"), max_length=12, choices=Kind)
    organisation = models.ForeignKey(
        "mentors.Organisation", models.PROTECT, null=True, blank=True, related_name="clearances"
    )
    # A check belongs to the person, who may mentor at two places.
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    verified_on = models.DateField(_("seen on"))
    expires_on = models.DateField(_("holds until"), null=True, blank=True)
    reference = models.CharField(_("number or name of the paper"), max_length=100, blank=True)
    verified_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = ClearanceQuerySet.as_manager()

    class Meta:
        ordering = ["-verified_on", "-id"]
        indexes = [
            models.Index(fields=["school", "expires_on"], name="clearance_by_expiry"),
            models.Index(fields=["organisation", "kind"], name="clearance_by_organisation"),
            models.Index(fields=["user", "kind"], name="clearance_by_user"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="background", user__isnull=False, organisation__isnull=True)
                | (~Q(kind="background") & Q(user__isnull=True, organisation__isnull=False)),
                name="mentors_clearance_is_of_one_subject",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("verified_on")),
                name="mentors_clearance_ends_after_it_was_seen",
                violation_error_message=_("It must hold for longer than the day on which it was seen."),
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} ({self.verified_on:%Y-%m-%d})"

    def state(self, day: datetime.date) -> str:
        """How it stands on `day`; `expires_on` is the first day on which it no longer holds."""
        if self.expires_on is None or day < self.expires_on - RUNS_OUT_WITHIN:
            return self.State.HOLDS
        return self.State.RUNS_OUT if day < self.expires_on else self.State.EXPIRED
