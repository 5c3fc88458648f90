from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.names import fold


class Interest(models.Model):
    """Something a student cares about, in the student's own words, with tags to search by."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="interests")
    words = models.CharField(_("in your own words"), max_length=300)
    tags = models.CharField(_("tags, separated by commas"), max_length=200, blank=True)
    search = models.CharField(max_length=520, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self):
        return self.words

    def save(self, *args, **kwargs):
        self.search = fold(f"{self.words} {self.tags}")
        super().save(*args, **kwargs)

    @property
    def tag_list(self) -> list[str]:
        return [tag.strip() for tag in self.tags.split(",") if tag.strip()]
