from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from common.names import fold
from common.periods import Period, PeriodQuerySet
from internships import weekdays


class OpportunityQuerySet(PeriodQuerySet):
    def offered(self, day):
        """What a student could ask for on `day`: not withdrawn, and not over."""
        return self.filter(withdrawn_at__isnull=True).exclude(ends_on__lte=day)

    def with_place(self):
        return self.select_related("organisation__merged_into", "mentor__user")

    def matching(self, text: str):
        """Those with every word of `text` in what it is, its tags, or its organisation's name, town and tags."""
        found = self
        for word in fold(text).split():
            found = found.filter(
                Q(search__contains=word)
                | Q(organisation__search_name__contains=word)
                | Q(organisation__merged_into__search_name__contains=word)
            )
        return found

    def on_weekday(self, weekday: int):
        """Those that a student can have on this day of the week (0 is Monday)."""
        return self.annotate(on_it=F("weekdays").bitand(1 << weekday)).filter(on_it__gt=0)

    def with_taken(self, day):
        """Leaves `taken`: how many students have it on `day` or later: one agreed for September is not free in June."""
        rows = _placements().filter(Q(ends_on__isnull=True) | Q(ends_on__gt=day), opportunity=OuterRef("pk"))
        rows = rows.exclude(ends_on=F("starts_on")).order_by()
        taken = rows.values("opportunity").annotate(n=Count("pk")).values("n")
        return self.annotate(taken=Coalesce(Subquery(taken), 0))

    def free_on(self, day):
        """Those with a place that nobody has on `day`."""
        return self.with_taken(day).filter(taken__lt=F("places"))

    def would_host_again(self):
        """Those of a place that said yes when the last student left it, under whichever of its names."""
        place = Coalesce("organisation__merged_into", "organisation")
        said = _placements().exclude(host_again="").annotate(at=place).filter(at=OuterRef("at"))
        last = said.order_by("-ended_at", "-pk").values("host_again")[:1]
        return self.annotate(at=place, last_said=Subquery(last)).filter(last_said="yes")


def _placements():
    # Their module imports this one.
    return apps.get_model("internships", "Placement").objects.all()


class Opportunity(Period):
    """What an organisation would let a student do, on which days, and how many at a time.

    It is offered from `starts_on` to before `ends_on`; withdrawn, it stays readable for those who had it.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="opportunities")
    organisation = models.ForeignKey("mentors.Organisation", models.PROTECT, related_name="opportunities")
    mentor = models.ForeignKey("mentors.Mentor", models.PROTECT, null=True, blank=True, related_name="opportunities")
    title = models.CharField(_("what a student would do"), max_length=200)
    about = models.TextField(_("more about it"), blank=True)
    needs = models.TextField(_("what it asks of a student"), blank=True)
    tags = models.CharField(_("tags, separated by commas"), max_length=200, blank=True)
    weekdays = models.PositiveSmallIntegerField(_("days"))
    places = models.PositiveSmallIntegerField(_("places"), default=1)
    search = models.TextField(editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = OpportunityQuerySet.as_manager()

    class Meta(Period.Meta):
        ordering = ["title", "id"]
        indexes = [
            models.Index(fields=["school", "withdrawn_at"], name="opportunity_by_school"),
            models.Index(fields=["organisation"], name="opportunity_by_organisation"),
        ]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(weekdays__range=(1, weekdays.ALL)), name="internships_opportunity_has_a_day"
            ),
            models.CheckConstraint(condition=Q(places__gte=1), name="internships_opportunity_has_a_place"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.title} {self.about} {self.tags}")
        super().save(*args, **kwargs)

    @property
    def place(self):
        """The organisation as it is known today."""
        return self.organisation.current

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]

    @property
    def days(self) -> str:
        return weekdays.words(self.weekdays)

    def is_offered(self, day) -> bool:
        return self.withdrawn_at is None and (self.ends_on is None or day < self.ends_on)
