from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schools.roles import Role


class AgreementForm(models.Model):
    """One short form of a placement's agreement, done by one named person. They come one after the other, by `order`.

    It is asked for (`asked_at`) when those before it are done. A no stays, with its words, until it is asked again.
    """

    class Kind(models.TextChoices):
        EMPLOYER = "employer", _("the place")
        PARENT = "parent", _("a parent")
        STUDENT = "student", _("the student")
        ADVISER = "adviser", _("the adviser")
        COORDINATOR = "coordinator", _("the coordinator")

    class State(models.TextChoices):
        LATER = "later", _("comes later")
        ASKED = "asked", _("asked")
        REFUSED = "refused", _("said no")
        DONE = "done", _("done")

    # In the order in which they come.
    ORDER = (Kind.EMPLOYER, Kind.PARENT, Kind.STUDENT, Kind.ADVISER, Kind.COORDINATOR)
    OWNERS = {
        Kind.EMPLOYER: Role.MENTOR, Kind.PARENT: Role.PARENT, Kind.STUDENT: Role.STUDENT, Kind.ADVISER: Role.ADVISER,
        Kind.COORDINATOR: Role.COORDINATOR,
    }  # fmt: skip

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    placement = models.ForeignKey("internships.Placement", models.PROTECT, related_name="forms")
    kind = models.CharField(max_length=12, choices=Kind)
    order = models.PositiveSmallIntegerField()
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreement_forms")
    asked_at = models.DateTimeField(null=True, blank=True)
    answers = models.JSONField(default=dict)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    # Written down by the school from what the person signed or said.
    on_paper = models.BooleanField(default=False)
    refused_at = models.DateTimeField(null=True, blank=True)
    refuse_words = models.TextField(blank=True)

    class Meta:
        ordering = ["order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["placement", "kind"], name="internships_one_form_of_a_kind"),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(refused_at__isnull=True), name="internships_form_done_or_refused"
            ),
            models.CheckConstraint(
                condition=Q(done_at__isnull=True) | Q(done_by__isnull=False), name="internships_form_done_by_somebody"
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.person}"

    @property
    def state(self) -> str:
        if self.done_at:
            return self.State.DONE
        if self.refused_at:
            return self.State.REFUSED
        return self.State.ASKED if self.asked_at else self.State.LATER

    @property
    def state_words(self) -> str:
        return str(self.State(self.state).label)

    @property
    def tone(self) -> str:
        return {self.State.DONE: "ok", self.State.REFUSED: "bad", self.State.ASKED: "warn"}.get(self.state, "quiet")
