import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period, PeriodQuerySet


class TermQuerySet(PeriodQuerySet):
    def open(self):
        return self.filter(closed_at__isnull=True)


class Term(Period):
    """A term of a school's year. What is closed is frozen and readable for ever."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="terms")
    name = models.CharField(_("name"), max_length=100)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+")

    objects = TermQuerySet.as_manager()
    no_overlap = NoOverlap("school")

    class Meta(Period.Meta):
        ordering = ["-starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["school", "name"], name="schools_term_name_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=False) & Q(ends_on__gt=F("starts_on")), name="schools_term_has_end"
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by__isnull=True) | Q(closed_at__isnull=False),
                name="schools_term_closed_when",
            ),
        ]

    def __str__(self):
        return self.name

    @property
    def last_day(self) -> datetime.date:
        return self.ends_on - datetime.timedelta(days=1)

    @property
    def is_closed(self) -> bool:
        return self.closed_at is not None


class Closure(Period):
    """Days on which the school, and so every placement, is shut."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="closures")
    name = models.CharField(_("name"), max_length=100)

    class Meta(Period.Meta):
        ordering = ["starts_on"]

    def __str__(self):
        return self.name

    @property
    def last_day(self) -> datetime.date | None:
        return self.ends_on and self.ends_on - datetime.timedelta(days=1)
