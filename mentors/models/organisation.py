from django.db import models
from django.utils.translation import gettext_lazy as _

from common.names import fold


class OrganisationQuerySet(models.QuerySet):
    def matching(self, words: str):
        """Organisations whose folded name or town holds every one of `words`."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_name__contains=word)
        return found


class Organisation(models.Model):
    """Where mentors work: a firm, a workshop, an office, a charity, or one person with a trade."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="organisations")
    name = models.CharField(_("name"), max_length=200)
    town = models.CharField(_("town"), max_length=100, blank=True)
    address = models.TextField(_("address"), blank=True)
    website = models.URLField(_("website"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    search_name = models.CharField(max_length=310, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["search_name", "id"]
        indexes = [models.Index(fields=["school", "search_name"], name="organisation_by_school")]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.search_name = fold(f"{self.name} {self.town}")
        super().save(*args, **kwargs)
