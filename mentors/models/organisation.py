from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from common.names import fold


class OrganisationQuerySet(models.QuerySet):
    def current(self):
        """Without those that turned out to be another one written differently."""
        return self.filter(merged_into__isnull=True)

    def matching(self, words: str):
        """Those with every one of `words` in name, town or tags, also of one merged into them."""
        found = self
        for word in fold(words).split():
            merged = Organisation.objects.filter(merged_into=OuterRef("pk"), search_name__contains=word)
            found = found.filter(Q(search_name__contains=word) | Exists(merged))
        return found

    def with_last_contact(self):
        """Leaves `contacted_at` and `contacted_by_id` of the last contact, also of one with a row merged into it."""
        rows = Q(organisation=OuterRef("pk")) | Q(organisation__merged_into=OuterRef("pk"))
        last = OrganisationContact.objects.filter(rows).order_by("-at", "-id")
        return self.annotate(
            contacted_at=Subquery(last.values("at")[:1]), contacted_by_id=Subquery(last.values("by_id")[:1])
        )

    def quiet_since(self, moment):
        """Of a list with `with_last_contact`: those that nobody has been in contact with since."""
        return self.filter(Q(contacted_at__isnull=True) | Q(contacted_at__lt=moment))


class Organisation(models.Model):
    """Where mentors work: a firm, a workshop, an office, a charity, or one person with a trade.

    Two rows for one place are merged: one of them becomes a tombstone that names the other. Nothing that points at it
    is rewritten, so that it can be taken apart again.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    town = models.CharField(_("town"), max_length=100, blank=True)
    address = models.TextField(_("address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    about = models.TextField(_("what they do"), blank=True)
    tags = models.CharField(_("tags, separated by commas"), max_length=200, blank=True)
    # Degrees, WGS 84; for the map and for how far it is.
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    search_name = models.CharField(max_length=520, editable=False)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["search_name", "id"]
        indexes = [models.Index(fields=["school", "search_name"], name="organisation_by_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(Decimal(-90), Decimal(90)), longitude__range=(Decimal(-180), Decimal(180))),
                name="mentors_organisation_is_on_earth",
                violation_error_message=_("A place has a latitude from -90 to 90 and a longitude from -180 to 180."),
            ),
            models.CheckConstraint(
                condition=~Q(merged_into=models.F("id")), name="mentors_organisation_is_not_its_own_tombstone"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_name = fold(f"{self.name} {self.town} {self.tags}")
        super().save(*args, **kwargs)

    @property
    def current(self) -> "Organisation":
        """The one that it is known as today."""
        return self.merged_into or self

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]

    def all_its_rows(self):
        """This one and those that were merged into it: what was written of them is its own."""
        return Organisation.objects.filter(Q(pk=self.pk) | Q(merged_into=self.pk))


class OrganisationContact(models.Model):
    """A contact of the school with an organisation: who last spoke with whom, and what about."""

    class Kind(models.TextChoices):
        CALL = "call", _("call")
        EMAIL = "email", _("e-mail")
        VISIT = "visit", _("visit")
        MEETING = "meeting", _("meeting")
        NO_ANSWER = "no_answer", _("tried, no answer")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    mentor = models.ForeignKey("mentors.Mentor", models.PROTECT, null=True, blank=True, related_name="contacts")
    kind = models.CharField(_("how"), max_length=10, choices=Kind)
    note = models.TextField(_("what was said"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    # A double tap is one contact: the page that offers the form made this key.
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["organisation", "-at"], name="contact_by_organisation")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.at:%Y-%m-%d}"
