from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class DestinationQuerySet(models.QuerySet):
    def standing(self):
        """What holds: neither corrected nor taken back."""
        return self.filter(superseded_by__isnull=True, withdrawn_at__isnull=True)


class Destination(models.Model):
    """One thing that is known of what became of somebody, who says so, as of which day, and how sure it is.

    Several stand beside each other over time. `starts_on` to `ends_on` (the last day, or empty while it goes on) is the
    time of which it speaks; without an end it is known to go on until `said_on`. A correction supersedes.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", _("accepted, with an offer of a place")
        NOT_ACCEPTED = "not_accepted", _("not accepted, or did not apply")
        ENROLLED = "enrolled", _("enrolled")
        NOT_ENROLLED = "not_enrolled", _("not enrolled anywhere")
        CREDENTIAL = "credential", _("a degree, certificate or qualification")
        WORK = "work", _("working")
        NEITHER = "neither", _("not in education or work")

    class Level(models.TextChoices):
        TWO_YEAR = "two_year", _("two-year college")
        FOUR_YEAR = "four_year", _("four-year college")
        FURTHER = "further", _("further education")
        UNIVERSITY = "university", _("university")
        APPRENTICESHIP = "apprenticeship", _("apprenticeship")
        TRAINING = "training", _("other training")

    class Source(models.TextChoices):
        SELF = "self", _("themselves")
        ADVISER = "adviser", _("adviser")
        FAMILY = "family", _("family")
        CLEARINGHOUSE = "clearinghouse", _("clearinghouse file")
        AUTHORITY = "authority", _("local authority")
        INSTITUTION = "institution", _("college or employer")

    class Confidence(models.TextChoices):
        CERTAIN = "certain", _("seen in writing, or told by themselves")
        LIKELY = "likely", _("told by somebody who should know")
        HEARD = "heard", _("heard")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="destinations")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=14, choices=Kind)
    level = models.CharField(_("kind of place"), max_length=14, choices=Level, blank=True)
    # College, training provider or employer; of a credential, who gave it.
    where = models.CharField(_("where"), max_length=200, blank=True)
    what = models.CharField(_("course, job or credential"), max_length=200, blank=True)
    hours_a_week = models.PositiveSmallIntegerField(_("hours a week"), null=True, blank=True)
    through_internship = models.BooleanField(_("through an internship"), null=True, blank=True)
    placement = models.ForeignKey(
        "internships.Placement", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("which one")
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("last day"), null=True, blank=True)
    said_on = models.DateField(_("as of"))
    source = models.CharField(_("who says so"), max_length=14, choices=Source)
    confidence = models.CharField(_("how sure"), max_length=8, choices=Confidence, default=Confidence.CERTAIN)
    words = models.TextField(_("words"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    survey = models.ForeignKey(
        "outcomes.Survey", models.PROTECT, null=True, blank=True, related_name="destinations"
    )  # fmt: skip
    line = models.ForeignKey(
        "outcomes.ClearinghouseLine", models.PROTECT, null=True, blank=True, related_name="destinations"
    )
    # A form sent twice is one row.
    key = models.UUIDField(null=True, unique=True)

    objects = DestinationQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["student", "-starts_on"], name="destination_by_student"),
            models.Index(fields=["school", "kind"], name="destination_by_school"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="outcomes_destination_ends_after_start",
                violation_error_message=_("The end is before the start."),
            ),
            models.CheckConstraint(
                condition=Q(placement__isnull=True) | Q(through_internship=True),
                name="outcomes_placement_is_an_internship",
            ),
            models.CheckConstraint(
                condition=Q(through_internship__isnull=True) | Q(kind="work"), name="outcomes_jobs_come_through"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="outcomes_withdrawn_by_somebody",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.where}".strip()

    @property
    def known_until(self):
        """The last day of which it speaks."""
        return self.ends_on or max(self.said_on, self.starts_on)

    def covers(self, first, last) -> bool:
        """Whether it speaks of any day from `first` to `last`."""
        return self.starts_on <= last and self.known_until >= first
