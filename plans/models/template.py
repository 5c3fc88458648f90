from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.roles import Role

# Those who sign a plan, in the order in which they are named. Cover signs in the adviser's place.
SIGNERS = (Role.STUDENT, Role.PARENT, Role.MENTOR, Role.ADVISER)


class Need(models.TextChoices):
    """How far a plan waits for the signatures of one role."""

    ONE = "one", _("one of them must sign")
    IF_ANY = "if_any", _("one of them must sign, where the student has one")
    EVERY = "every", _("each of them must sign")
    MAY = "may", _("may sign, the plan does not wait for it")


class Template(models.Model):
    """What a school's plans consist of, and who signs them. A change is a new version; a running plan keeps its own.

    `signing` says for each role of SIGNERS what is needed and whether it is asked again when what it can see has
    changed: {"student": {"need": "one", "again": true}, ...}.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="plan_templates")
    name = models.CharField(_("name"), max_length=100)
    version = models.PositiveIntegerField(default=1)
    is_current = models.BooleanField(default=True)
    signing = models.JSONField(default=dict)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["school", "version"], name="plans_template_version_once"),
            models.UniqueConstraint(fields=["school"], condition=Q(is_current=True), name="plans_one_current_template"),
        ]

    def __str__(self):
        return f"{self.name}, {self.version}"

    def need(self, role: str) -> str:
        return self.signing.get(role, {}).get("need", Need.MAY)

    def asks_again(self, role: str) -> bool:
        return self.signing.get(role, {}).get("again", True)


class TemplateSection(models.Model):
    """A section that plans of this template have. `key` stays the same through all versions."""

    template = models.ForeignKey(Template, models.PROTECT, related_name="sections")
    key = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    guidance = models.TextField(_("what to write here"), blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    readers = models.JSONField(_("who reads it"), default=list)
    writers = models.JSONField(_("who writes it"), default=list)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["template", "key"], name="plans_section_key_once"),
            models.CheckConstraint(condition=~Q(title=""), name="plans_template_section_has_title"),
        ]

    def __str__(self):
        return self.title
