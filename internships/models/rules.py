from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from internships.models.agreement import AgreementForm
from mentors.models import Clearance
from mentors.where import Point, point_of


class Rules(models.Model):
    """How a school runs its internships: who clears a place, which papers it asks for, what it does on a day.

    A school without a row has the defaults. The database reads the `needs_` columns itself (internships/guard.py).
    """

    school = models.OneToOneField("schools.School", models.PROTECT, related_name="internship_rules")
    adviser_clears = models.BooleanField(_("the adviser says yes first"), default=True)
    coordinator_clears = models.BooleanField(_("the coordinator says yes"), default=True)
    cleared_weeks = models.PositiveSmallIntegerField(
        _("weeks for which a yes holds"), default=3, validators=[MinValueValidator(1), MaxValueValidator(26)]
    )
    needs_background = models.BooleanField(_("background check of the mentor"), default=True)
    needs_liability = models.BooleanField(_("employers' liability insurance"), default=False)
    needs_safety = models.BooleanField(_("health and safety"), default=False)
    needs_risk = models.BooleanField(_("risk assessment"), default=False)
    interview_step = models.BooleanField(_("an interview first"), default=True)
    shadow_step = models.BooleanField(_("a shadow day"), default=True)
    setup_step = models.BooleanField(_("a set-up meeting"), default=True)
    form_employer = models.BooleanField(_("the place says that it is insured and safe"), default=True)
    form_parent = models.BooleanField(_("a parent consents"), default=True)
    form_student = models.BooleanField(_("the student promises"), default=True)
    form_adviser = models.BooleanField(_("the adviser approves"), default=True)
    form_coordinator = models.BooleanField(_("the coordinator approves"), default=True)
    asks_safeguarding = models.BooleanField(
        _("the place also answers for safeguarding and data protection"), default=False
    )
    site_code = models.ForeignKey(
        "schools.AttendanceCode", models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("attendance code for a day on site"),
    )  # fmt: skip
    late_after_minutes = models.PositiveSmallIntegerField(
        _("minutes after which a student is late"), default=15, validators=[MaxValueValidator(240)]
    )
    no_show_after_minutes = models.PositiveSmallIntegerField(
        _("minutes without a word after which the adviser hears"), default=60, validators=[MaxValueValidator(480)]
    )
    parents_hear_of_no_shows = models.BooleanField(_("parents hear of it too"), default=False)
    asks_where = models.BooleanField(_("a student may say roughly where they check in"), default=False)
    hours_a_term = models.PositiveSmallIntegerField(
        _("hours on site that a student should reach in a term"), default=100, validators=[MaxValueValidator(1000)]
    )
    contact_days = models.PositiveSmallIntegerField(
        _("days after which a mentor has not been spoken with for too long"), default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
    )  # fmt: skip

    # Where students start from, for how far a place is; nobody's home is asked for.
    start_latitude = models.DecimalField(
        _("latitude of the school"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
    )  # fmt: skip
    start_longitude = models.DecimalField(
        _("longitude of the school"), max_digits=8, decimal_places=5, null=True, blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
    )  # fmt: skip
    furthest_km = models.PositiveSmallIntegerField(
        _("kilometres that a student can be asked to travel at most"), null=True, blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(500)],
    )  # fmt: skip

    class Meta:
        verbose_name_plural = "rules"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(adviser_clears=True) | models.Q(coordinator_clears=True),
                name="internships_somebody_clears",
                violation_error_message=_("One of the two must say yes."),
            )
        ]

    def __str__(self):
        return f"{self.school}"

    @classmethod
    def of(cls, school) -> "Rules":
        return cls.objects.filter(school=school).first() or cls(school=school)

    @property
    def needed(self) -> list[str]:
        """The kinds of clearances (mentors' Clearance.Kind) without which no placement begins."""
        return [kind for kind in Clearance.Kind.values if getattr(self, f"needs_{kind}")]

    @property
    def forms(self) -> list[str]:
        """The forms of an agreement (AgreementForm.Kind), in the order in which they come."""
        return [kind for kind in AgreementForm.ORDER if getattr(self, f"form_{kind}")]

    @property
    def start(self) -> Point | None:
        """Where students start from; None where the school has not said."""
        if self.start_latitude is None or self.start_longitude is None:
            return None
        return Point(float(self.start_latitude), float(self.start_longitude))

    def km_to(self, place) -> float | None:
        """How far an organisation is from the school, as the crow flies; None where one of the two is not known."""
        there = point_of(place)
        return self.start.km_to(there) if self.start and there else None

    @property
    def has_steps(self) -> bool:
        """Whether anything lies between a cleared call and the agreement."""
        return self.interview_step or self.shadow_step or self.setup_step
