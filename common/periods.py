"""What holds from one day to another: half-open, so that one row's end can be the next row's start."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


def holds_on(day, prefix="") -> Q:
    """The condition that a period's row holds on `day`; `prefix` reaches it through a relation ("team__")."""
    return Q(**{f"{prefix}starts_on__lte": day}) & (
        Q(**{f"{prefix}ends_on__isnull": True}) | Q(**{f"{prefix}ends_on__gt": day})
    )


class PeriodQuerySet(models.QuerySet):
    def on(self, day):
        return self.filter(holds_on(day))

    def ended_by(self, day):
        return self.filter(ends_on__lte=day)

    def overlapping(self, starts_on, ends_on):
        """Rows that share at least one day with [starts_on, ends_on); `ends_on` may be None (open)."""
        after_start = Q(ends_on__isnull=True) | Q(ends_on__gt=starts_on)
        before_end = Q() if ends_on is None else Q(starts_on__lt=ends_on)
        return self.filter(after_start & before_end).exclude(ends_on=F("starts_on"))


class Period(models.Model):
    """`ends_on` is the first day on which it no longer holds; empty means that no end is known."""

    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="%(app_label)s_%(class)s_ends_after_start",
                violation_error_message=_("The end is before the start."),
            )
        ]

    def holds(self, day) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)
