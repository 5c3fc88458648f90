from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from files.models import Upload
from schools.roles import Role


class EvidenceQuerySet(models.QuerySet):
    def kept(self):
        """What was not taken out again."""
        return self.filter(removed_at__isnull=True)

    def with_files(self):
        of_file = ("student__school", "upload__stored", "added_by")
        return self.select_related(*of_file, "placement__organisation__merged_into")


class Evidence(models.Model):
    """Something that shows what a student can do: a file, a link or words, put there at any time of the term.

    A draft is its maker's alone until they say that it is ready. What is taken out again leaves its row and loses its
    file.
    """

    class Kind(models.TextChoices):
        FILE = "file", _("a file")
        LINK = "link", _("a link")
        WORDS = "words", _("words")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="evidence")
    kind = models.CharField(_("what it is"), max_length=5, choices=Kind)
    title = models.CharField(_("what does it show?"), max_length=200)
    words = models.TextField(_("more about it"), blank=True)
    url = models.URLField(_("address"), max_length=500, blank=True)
    upload = models.OneToOneField(Upload, models.SET_NULL, null=True, blank=True, related_name="evidence")
    happened_on = models.DateField(_("when was it?"), null=True, blank=True)
    goals = models.ManyToManyField("schools.LearningGoal", related_name="+", blank=True)
    items = models.ManyToManyField("plans.WorkItem", related_name="evidence_files", blank=True)
    placement = models.ForeignKey(
        "internships.Placement", models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_as = models.CharField(max_length=20, choices=[(role.value, role.label) for role in Role])
    added_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.UUIDField(null=True, unique=True)
    version = models.PositiveIntegerField(default=1)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["-added_at", "-id"]
        indexes = [models.Index(fields=["student", "-added_at"], name="evidence_by_student")]
        constraints = [
            models.CheckConstraint(condition=~Q(kind="link") | ~Q(url=""), name="exhibitions_link_leads_somewhere"),
            models.CheckConstraint(condition=~Q(title=""), name="exhibitions_evidence_has_title"),
        ]

    def __str__(self):
        return self.title

    @property
    def is_draft(self) -> bool:
        return self.ready_at is None

    @property
    def file(self):
        """The cleaned file, once it is here."""
        return self.upload.stored if self.upload_id else None
