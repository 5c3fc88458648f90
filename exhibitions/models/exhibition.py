import datetime

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
    # When exhibitions begin on each of the days, as the school's clock says: ["09:00", "10:00"].
    times = models.JSONField(default=list)
    # Of which kinds (Seat.As) at least one must be there: ["adviser", "parent"].
    needs = models.JSONField(default=list)
    rubric = models.ForeignKey("schools.Rubric", models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    # Somebody wants everybody to be told of the timetable, and not everybody is yet.
    telling_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    telling_asked_at = models.DateTimeField(null=True, blank=True)

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


class ExhibitionQuerySet(models.QuerySet):
    def lock(self, exhibition) -> "Exhibition":
        """It, as it is once others who write about it are done; they wait until the transaction ends."""
        around = ("window__school", "window__term", "window__rubric", "told_room", "student__user", "student__school")
        return self.select_for_update(of=("self",)).select_related(*around).get(pk=exhibition.pk)


class Exhibition(models.Model):
    """One student's exhibition in a window: what it is about, what is shown in which order, when and where it is.

    `starts_at` and `room` are the timetable as it is being made; the `told_` ones are what people were told.
    """

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    window = models.ForeignKey(Window, models.PROTECT, related_name="exhibitions")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="exhibitions")
    title = models.CharField(_("what is it called?"), max_length=200, blank=True)
    outline = models.OneToOneField("coedit.Text", models.PROTECT, related_name="exhibition")
    gateway = models.ForeignKey(
        "exhibitions.Gateway", models.PROTECT, null=True, blank=True, related_name="exhibitions"
    )
    starts_at = models.DateTimeField(null=True, blank=True)
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    is_pinned = models.BooleanField(default=False)
    told_starts_at = models.DateTimeField(null=True, blank=True)
    told_room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="+")
    # How long it was to be when people were told; empty is as long as the window says.
    told_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    # Counted up with each change that people were told: the sequence of their calendar files.
    told_times = models.PositiveIntegerField(default=0)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()

    objects = ExhibitionQuerySet.as_manager()

    class Meta:
        ordering = ["window", "student__user__search_name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["window", "student"], name="exhibitions_one_a_student_and_window"),
            models.UniqueConstraint(
                fields=["room", "starts_at"], condition=Q(starts_at__isnull=False), name="exhibitions_room_taken_once"
            ),
            models.CheckConstraint(
                condition=Q(starts_at__isnull=True, room__isnull=True) | Q(starts_at__isnull=False, room__isnull=False),
                name="exhibitions_time_and_room",
            ),
        ]

    def __str__(self):
        return self.title or str(self.window)

    @property
    def is_to_tell(self) -> bool:
        """Whether the timetable says something else than people were told."""
        is_longer = self.starts_at is not None and self.told_minutes not in (None, self.window.slot_minutes)
        return self.is_moved or is_longer

    @property
    def is_moved(self) -> bool:
        """Whether it is at another time or in another room than people were told."""
        return (self.starts_at, self.room_id) != (self.told_starts_at, self.told_room_id)

    @property
    def told_lasts(self) -> int:
        """Minutes, as people were told."""
        return self.told_minutes or self.window.slot_minutes

    @property
    def told_ends_at(self) -> datetime.datetime:
        return self.told_starts_at + datetime.timedelta(minutes=self.told_lasts)


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
