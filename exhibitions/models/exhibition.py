from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Window(models.Model):
    """The days on which a school holds exhibitions, with how long one takes. Each student has one exhibition in it."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="exhibition_windows")
    term = models.ForeignKey("schools.Term", models.PROTECT, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    starts_on = models.DateField(_("first day"))
    last_on = models.DateField(_("last day"))
    # 45 to 60 for an exhibition before a panel, 15 at a fair (PRACTICE 3.6).
    slot_minutes = models.PositiveSmallIntegerField(
        _("minutes for one student"), default=45, validators=[MinValueValidator(10), MaxValueValidator(180)]
    )
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()

    class Meta:
        ordering = ["-starts_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(last_on__gte=F("starts_on")), name="exhibitions_window_ends_after_start"
            ),
            models.UniqueConstraint(fields=["school", "name"], name="exhibitions_window_name_once"),
        ]

    def __str__(self):
        return self.name

    def is_over(self, day) -> bool:
        return self.last_on < day


class Room(models.Model):
    """Where exhibitions of a window are held."""

    window = models.ForeignKey(Window, models.CASCADE, related_name="rooms")
    name = models.CharField(_("room"), max_length=60)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["window", "name"], name="exhibitions_room_once")]

    def __str__(self):
        return self.name


class Exhibition(models.Model):
    """One student's exhibition in a window: what it is about, what is shown in which order."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, related_name="exhibitions")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="exhibitions")
    title = models.CharField(_("what is it called?"), max_length=200, blank=True)
    outline = models.OneToOneField("coedit.Text", models.PROTECT, related_name="exhibition")
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    class Meta:
        ordering = ["window", "student__user__search_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["window", "student"], name="exhibitions_one_a_student_and_window")
        ]

    def __str__(self):
        return self.title or str(self.window)


class Shown(models.Model):
    """A piece of evidence at an exhibition, in its place."""

    exhibition = models.ForeignKey(Exhibition, models.CASCADE, related_name="shown")
    evidence = models.ForeignKey("exhibitions.Evidence", models.PROTECT, related_name="shown_at")
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["exhibition", "evidence"], name="exhibitions_shown_once")]

    def __str__(self):
        return str(self.evidence)
