import datetime
import zoneinfo

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(
            _("“%(name)s” is not a time zone. Write it like America/New_York."), params={"name": name}
        )


class Network(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    shares_organisations = models.BooleanField(
        _("the schools see each other's organisations, without the people there"), default=False
    )

    def __str__(self):
        return self.name


class School(models.Model):
    """A school and the settings that are its own to choose."""

    class System(models.TextChoices):
        UNITED_STATES = "us", _("United States")
        ENGLAND = "england", _("England")

    network = models.ForeignKey(Network, models.PROTECT, null=True, blank=True, related_name="schools")
    name = models.CharField(_("name"), max_length=200)
    place = models.CharField(_("town"), max_length=200, blank=True)
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    system = models.CharField(_("words and codes of"), max_length=10, choices=System, default=System.UNITED_STATES)
    time_zone = models.CharField(_("time zone"), max_length=60, validators=[validate_time_zone])
    language = models.CharField(_("language"), max_length=10, default="en")

    advisory_size = models.PositiveSmallIntegerField(
        _("students in an advisory"), default=15, validators=[MinValueValidator(1), MaxValueValidator(60)]
    )
    plan_due_weeks = models.PositiveSmallIntegerField(
        _("weeks from a student's start to a signed plan"),
        default=4,
        validators=[MinValueValidator(1), MaxValueValidator(52)],
    )
    one_to_one_days = models.PositiveSmallIntegerField(
        _("days between one-to-ones"), default=14, validators=[MinValueValidator(1), MaxValueValidator(120)]
    )
    age_student_decides = models.PositiveSmallIntegerField(
        _("age at which the student decides whether parents stay"),
        default=18,
        validators=[MinValueValidator(14), MaxValueValidator(25)],
    )
    guardians_see_each_other = models.BooleanField(
        _("parents may see that another parent is on the team"), default=False
    )
    qualities_name = models.CharField(_("name of the fifth goal"), max_length=60, default="Social qualities")

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> datetime.date:
        """The school's day now. Actions take a date; only views, tasks and commands ask the clock."""
        return timezone.now().astimezone(self.zone).date()

    @property
    def day_first(self) -> bool:
        """Whether dates are written day, month, year here."""
        return self.system == self.System.ENGLAND
