from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from outcomes.suppression import THRESHOLD


class BackgroundQuerySet(models.QuerySet):
    def current(self):
        """What holds: neither corrected nor taken back."""
        return self.filter(superseded_by__isnull=True, is_withdrawn=False)


class Background(models.Model):
    """One fact of who a student is at home, as the school holds it from a day on. A change of circumstances is a new
    row with a later day; a correction is a row that supersedes.

    Kinds and values are those of the field: free or reduced-price meals in the United States; in England free meals in
    the past six years, and care. What makes somebody disadvantaged is worked out of them (outcomes/cuts.py).
    """

    class Kind(models.TextChoices):
        MEALS = "meals", _("school meals")
        CARE = "care", _("care experience")
        ABSENT = "absent", _("mother or father absent from the household")
        LANGUAGE = "language", _("language at home")
        NEEDS = "needs", _("special educational needs")

    class Meals(models.TextChoices):
        FREE = "free", _("free meals")
        REDUCED = "reduced", _("reduced-price meals")
        PAST = "past", _("free meals in the past six years")
        NO = "no", _("not eligible")

    class Care(models.TextChoices):
        LOOKED_AFTER = "looked_after", _("looked after, now or before")
        LEFT = "left", _("left care by adoption or another order")
        NO = "no", _("never in care")

    class Absent(models.TextChoices):
        FATHER = "father", _("father")
        MOTHER = "mother", _("mother")
        BOTH = "both", _("both")
        NO = "no", _("neither")

    class Language(models.TextChoices):
        SCHOOL = "school", _("the school's language")
        OTHER = "other", _("another language")

    class Needs(models.TextChoices):
        PLAN = "plan", _("with a legal plan (IEP, EHCP)")
        SUPPORT = "support", _("support without a legal plan")
        NO = "no", _("none known")

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="background")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    kind = models.CharField(_("what"), max_length=10, choices=Kind)
    value = models.CharField(_("is"), max_length=20)
    since = models.DateField(_("since"))
    source = models.CharField(_("who says so"), max_length=100, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="superseded_by")
    # A correction that takes back and puts nothing in its place.
    is_withdrawn = models.BooleanField(default=False)

    objects = BackgroundQuerySet.as_manager()

    class Meta:
        ordering = ["student", "kind", "-since", "-id"]
        indexes = [models.Index(fields=["school", "kind"], name="background_by_school")]

    def __str__(self):
        return f"{self.kind}: {self.value}"

    VALUES = {
        Kind.MEALS: Meals, Kind.CARE: Care, Kind.ABSENT: Absent, Kind.LANGUAGE: Language, Kind.NEEDS: Needs,
    }  # fmt: skip

    @property
    def in_words(self) -> str:
        return str(self.VALUES[self.kind](self.value).label)


class Held(models.Model):
    """What a school chooses to hold of its students' background, and how small a group it does not show."""

    school = models.OneToOneField("schools.School", models.CASCADE, related_name="held")
    kinds = models.JSONField(default=list)
    threshold = models.PositiveSmallIntegerField(
        _("groups of fewer students than this are not shown"),
        default=THRESHOLD,
        validators=[MinValueValidator(5), MaxValueValidator(50)],
    )

    class Meta:
        verbose_name_plural = "held"

    def __str__(self):
        return f"{self.school}"

    @classmethod
    def of(cls, school) -> "Held":
        return cls.objects.filter(school=school).first() or cls(school=school)
