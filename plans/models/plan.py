from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from common.json_rows import json_rows
from common.shipped import in_my_language
from plans import brought
from plans.models.meeting import Meeting
from plans.models.work import OwnGoal


class PlanQuerySet(models.QuerySet):
    def with_what_it_belongs_to(self):
        """All that the door and the head of each page of a plan need, in one query. Versions come without content."""
        return self.select_related(
            "student__user", "student__school", "term", "template", "version__fixed_by", "in_force", "step__by"
        ).defer("version__content", "in_force__content")

    def for_page(self, now):
        """Also the student's own goals and the meetings to come, which the plan's page shows without asking again."""
        own_goals = OwnGoal.objects.filter(plan=OuterRef("pk"))
        names = ("id", "words", "why", "state", "version")
        earlier = Plan.objects.filter(student=OuterRef("student"), term__starts_on__lt=OuterRef("term__starts_on"))
        return self.with_what_it_belongs_to().annotate(
            own_goal_rows=json_rows(own_goals, "plan", **{name: name for name in names}),
            coming_meetings=json_rows(
                Meeting.objects.on_now().filter(plan=OuterRef("pk"), starts_at__gte=now), "plan",
                id="id", starts_at="starts_at", readers=_as_text("notes__readers"), people=_as_text("notes__people"),
            ),
            has_earlier=Exists(earlier), **brought.annotations(),
        )  # fmt: skip

    def out(self):
        """Those with a version that waits for signatures; see Plan.is_out."""
        states = (Plan.State.IN_REVIEW, Plan.State.ACTIVE)
        at_hand = self.filter(state__in=states, version__withdrawn_at__isnull=True, version__isnull=False)
        return at_hand.filter(~Q(in_force=F("version")) | Q(in_force__isnull=True))

    def running(self):
        return self.exclude(state=Plan.State.CLOSED)


def _as_text(column):
    # SQLite would put JSON into JSON as a string, PostgreSQL as what it is.
    return Cast(column, models.TextField())


class Plan(models.Model):
    """A student's learning plan for one term. `state` is kept with the Steps, which say who and when; `step` is the
    last of them.

    `version` is the last one that was made ready to sign, `in_force` the last one that became active.
    `order_version` counts every change of the items' order.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        IN_REVIEW = "in_review", _("in review")
        ACTIVE = "active", _("active")
        CLOSED = "closed", _("closed")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="plans")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    term = models.ForeignKey("schools.Term", models.PROTECT, related_name="plans")
    template = models.ForeignKey("plans.Template", models.PROTECT, related_name="plans")
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT)
    version = models.ForeignKey("plans.PlanVersion", models.PROTECT, null=True, editable=False, related_name="+")
    in_force = models.ForeignKey("plans.PlanVersion", models.PROTECT, null=True, editable=False, related_name="+")
    step = models.ForeignKey("plans.Step", models.PROTECT, null=True, editable=False, related_name="+")
    order_version = models.PositiveIntegerField(default=0)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-term__starts_on"]
        constraints = [
            models.UniqueConstraint(fields=["student", "term"], name="plans_one_a_student_and_term"),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "in_review", "active", "closed"]), name="plans_plan_state"
            ),
            models.CheckConstraint(
                condition=~Q(state="active") | Q(in_force__isnull=False), name="plans_active_has_version"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(version__isnull=False), name="plans_closed_has_version"
            ),
        ]
        indexes = [models.Index(fields=["school", "term", "state"], name="plan_by_school")]

    def __str__(self):
        return f"{self.student}: {self.term}"

    @property
    def is_closed(self) -> bool:
        return self.state == self.State.CLOSED

    @property
    def is_open(self) -> bool:
        return not self.is_closed

    @property
    def can_be_signed(self) -> bool:
        """Whether there is a version that somebody may sign, asked for or (when it is active already) not."""
        is_at_hand = self.state in (self.State.IN_REVIEW, self.State.ACTIVE) and self.version_id is not None
        return is_at_hand and self.version.withdrawn_at is None

    @property
    def is_out(self) -> bool:
        """Whether the last version waits for signatures."""
        return self.can_be_signed and self.version_id != self.in_force_id


class Section(models.Model):
    """A part of one plan that people write together. Title and guidance are those of its template, frozen; who may
    read and write it is its text's, and live."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    key = models.SlugField(max_length=40)
    title = models.CharField(_("title"), max_length=120)
    guidance = models.TextField(blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    text = models.OneToOneField("coedit.Text", models.PROTECT, related_name="plan_section")

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["plan", "key"], name="plans_plan_section_once")]

    def __str__(self):
        return in_my_language(self.title)


class Step(models.Model):
    """A step of a plan's life: who took it and when. Never changed; the plan's `state` follows from the last one."""

    class Kind(models.TextChoices):
        SUBMITTED = "submitted", _("review asked for")
        RETURNED = "returned", _("sent back")
        ACTIVATED = "activated", _("active")
        CLOSED = "closed", _("closed")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="steps")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.ForeignKey("plans.PlanVersion", models.PROTECT, null=True, related_name="steps")
    words = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["plan"], condition=Q(kind="closed"), name="plans_closed_once"),
            models.UniqueConstraint(
                fields=["version"], condition=Q(kind="activated"), name="plans_version_active_once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["submitted", "returned"]) | Q(version__isnull=False),
                name="plans_step_has_version",
            ),
        ]

    def __str__(self):
        return f"{self.plan}: {self.get_kind_display()}"
