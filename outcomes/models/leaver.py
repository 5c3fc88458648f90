import calendar
import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

YEARS_IN_TOUCH = 3


class LeaverQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not taken back."""
        return self.filter(taken_back_at__isnull=True)

    def asked(self):
        """The list's side of `is_asked`."""
        return self.standing().exclude(how__in=(Leaver.How.DIED, Leaver.How.MOVED))


class Leaver(models.Model):
    """That a student left the school, and how. Opened and taken back together with the leaving itself (rosters).

    `class_of` is the year in which the school year ended in which they left: whoever is gone by 31 August 2026 is of
    2026. `how` is corrected where it was not known; who said so is in the audit.
    """

    class How(models.TextChoices):
        GRADUATED = "graduated", _("graduated, or completed the programme")
        MOVED = "moved", _("moved to another school")
        STOPPED = "stopped", _("left without finishing")
        DIED = "died", _("died")
        NOT_KNOWN = "not_known", _("not known")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="leavers")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    left_on = models.DateField(_("first day without"))
    class_of = models.PositiveSmallIntegerField(_("class of"))
    how = models.CharField(_("how"), max_length=10, choices=How, default=How.NOT_KNOWN)
    grade = models.CharField(max_length=20, blank=True)
    advisory = models.ForeignKey("advisories.Advisory", models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = LeaverQuerySet.as_manager()

    class Meta:
        ordering = ["-left_on", "-id"]
        indexes = [models.Index(fields=["school", "class_of"], name="leaver_by_class")]
        constraints = [
            models.UniqueConstraint(
                fields=["student"], condition=Q(taken_back_at__isnull=True), name="outcomes_left_once"
            ),
        ]

    def __str__(self):
        return f"{self.student} {self.left_on}"

    @property
    def cause(self) -> str:
        """What the team rows of who stays in touch name as their reason."""
        return f"alumni:{self.pk}"

    @property
    def last_day(self) -> datetime.date:
        return self.left_on - datetime.timedelta(days=1)

    @property
    def in_touch_until(self) -> datetime.date:
        """The first day on which nobody is there any more to stay in touch."""
        return months_after(self.left_on, 12 * YEARS_IN_TOUCH)

    @property
    def is_asked(self) -> bool:
        """Whether there is anybody to ask what became of them: who moved is another school's to ask."""
        return self.how not in (Leaver.How.DIED, Leaver.How.MOVED)


def class_of(left_on: datetime.date) -> int:
    """The year in which the school year ends that holds the last day at school; school years end on 31 August."""
    last = left_on - datetime.timedelta(days=1)
    return last.year + (last.month >= 9)


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later (or before), or the last of that month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return datetime.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


class ContactConsent(models.Model):
    """Whether somebody who leaves may be asked later how they are, and where. The last row holds."""

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="contact_consents")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    may_ask = models.BooleanField(_("may be asked"))
    # Their own, since the school's address ends with school.
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    said_on = models.DateField(_("said on"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["student", "-at"], name="consent_by_student")]

    def __str__(self):
        return f"{self.student}: {self.may_ask}"


class Survey(models.Model):
    """The question how somebody is who left so many months ago: asked by a one-purpose link, or by an adult."""

    MONTHS = (6, 12, 24)

    leaver = models.ForeignKey(Leaver, models.PROTECT, related_name="surveys")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="surveys")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    asked_at = models.DateTimeField(null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # As it was sent, whatever is made of it.
    answers = models.JSONField(default=dict)

    class Meta:
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["school", "due_on"], name="survey_by_school")]
        constraints = [
            models.UniqueConstraint(fields=["leaver", "months"], name="outcomes_survey_once"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True) | Q(answered_at__gte=F("asked_at")) | Q(asked_at__isnull=True),
                name="outcomes_survey_answered_after_asking",
            ),
        ]

    def __str__(self):
        return f"{self.student}, {self.months}"
