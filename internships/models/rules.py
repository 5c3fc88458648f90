from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _


class Rules(models.Model):
    """How a school clears a place before a student may call there; a school without a row has the defaults."""

    school = models.OneToOneField("schools.School", models.PROTECT, related_name="internship_rules")
    adviser_clears = models.BooleanField(_("the adviser says yes first"), default=True)
    coordinator_clears = models.BooleanField(_("the coordinator says yes"), default=True)
    cleared_weeks = models.PositiveSmallIntegerField(
        _("weeks for which a yes holds"), default=3, validators=[MinValueValidator(1), MaxValueValidator(26)]
    )

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
