import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class ImportQuerySet(models.QuerySet):
    def unfinished(self):
        """Confirmed and not done: the process that did it may have died."""
        return self.filter(confirmed_at__isnull=False, finished_at__isnull=True)


class Import(models.Model):
    """A table of people as somebody pasted it, what they changed in it, and what came of every row.

    Cells are kept as they were typed (columns of passwords are not), so that nothing is lost whatever happens next.
    """

    class Kind(models.TextChoices):
        STUDENTS = "students", _("students and their families")
        STAFF = "staff", _("staff")

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="imports")
    kind = models.CharField(_("what is in it"), max_length=10, choices=Kind, default=Kind.STUDENTS)
    text = models.TextField(_("table"))
    # What each column of the text is: keys of rosters/tables/columns.py, "" for one that is not used.
    columns = models.JSONField(default=list)
    # What holds for rows that do not say it themselves: grade, advisory, role.
    usual = models.JSONField(default=dict)
    day = models.DateField(_("changes from"))
    # Row number -> column -> what was typed in the preview.
    fixes = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    key = models.UUIDField(null=True, unique=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    # Numbers of the rows that were right when it was confirmed, and what came of each.
    wanted = models.JSONField(default=list)
    report = models.JSONField(default=dict)
    finished_at = models.DateTimeField(null=True)
    dropped_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    dropped_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["school", "-made_at"], name="import_by_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True)
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
                name="rosters_import_confirmed_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True, dropped_by__isnull=True)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, confirmed_at__isnull=True),
                name="rosters_import_dropped_before_it_began",
            ),
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(confirmed_at__isnull=False),
                name="rosters_import_finished_after_it_began",
            ),
        ]

    def __str__(self):
        return f"{self.get_kind_display()}, {self.made_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be changed, confirmed or dropped."""
        return self.confirmed_at is None and self.dropped_at is None

    @property
    def done_count(self) -> int:
        return len(self.report)


class Leaving(models.Model):
    """A student's time at the school ended on a day. What ended with it is kept, so that it can be taken back."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="leavings")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    on = models.DateField(_("first day without"))
    reason = models.CharField(_("where to, or why"), max_length=200, blank=True)
    grade = models.CharField(max_length=20)
    # What ended: the advisory's id, and ids of guardianships, mentorships and places on the team given by hand.
    ended = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["school", "-at"], name="leaving_by_school")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True, taken_back_by__isnull=True)
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False),
                name="rosters_leaving_taken_back_by_somebody",
            ),
            models.UniqueConstraint(
                fields=["student", "on"], condition=Q(taken_back_at__isnull=True), name="rosters_leaving_once"
            ),
        ]

    def __str__(self):
        return f"{self.student} {self.on}"

    @property
    def last_day(self) -> datetime.date:
        return self.on - datetime.timedelta(days=1)
