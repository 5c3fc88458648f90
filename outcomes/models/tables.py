from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

OF_ONE = Q(school__isnull=False, network__isnull=True) | Q(school__isnull=True, network__isnull=False)


class FigureTable(models.Model):
    """One figure of one cohort of a school or a network: the counts as they are, and the one table that is published.

    Both are what outcomes/tables.py writes and reads. `counts` is for whoever may see small groups; pages, exports and
    frozen reports for everybody else read `published`, which changes once a month (docs/decisions/0021). `head` and
    `inner` are the whole and the two sides of the gap alone, of `published` and of `counts`.
    """

    school = models.ForeignKey("schools.School", models.CASCADE, null=True, related_name="+")
    network = models.ForeignKey("schools.Network", models.CASCADE, null=True, related_name="+")
    figure = models.CharField(max_length=60)
    # A term's first day, or the year of a class.
    cohort = models.CharField(max_length=12)
    cohort_name = models.CharField(max_length=100)
    counts = models.JSONField()
    inner = models.JSONField()
    as_of = models.DateTimeField()
    published = models.JSONField(null=True)
    head = models.JSONField(null=True)
    published_on = models.DateField(null=True)

    class Meta:
        ordering = ["figure", "cohort"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="outcomes_table_of_one"),
            models.UniqueConstraint(fields=["school", "figure", "cohort"], name="outcomes_table_of_school_once"),
            models.UniqueConstraint(fields=["network", "figure", "cohort"], name="outcomes_table_of_network_once"),
        ]

    def __str__(self):
        return f"{self.figure} {self.cohort}"


class Refresh(models.Model):
    """When the tables of a school or a network were last worked out, and whether somebody waits for it."""

    school = models.OneToOneField("schools.School", models.CASCADE, null=True, related_name="+")
    network = models.OneToOneField("schools.Network", models.CASCADE, null=True, related_name="+")
    asked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    day = models.DateField(null=True)
    # The month whose tables are published, by its first day.
    published_on = models.DateField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=OF_ONE, name="outcomes_refresh_of_one")]

    def __str__(self):
        return f"{self.school or self.network}"


class Attention(models.Model):
    """A student on a list of who needs something, with the rule that put them there, as of the last refresh."""

    school = models.ForeignKey("schools.School", models.CASCADE, related_name="+")
    student = models.ForeignKey("students.Student", models.CASCADE, related_name="+")
    rule = models.CharField(max_length=30)
    # How urgent within the rule: the greater, the sooner; and what the rule saw, for its sentence.
    weight = models.IntegerField(default=0)
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["rule", "-weight", "id"]
        constraints = [models.UniqueConstraint(fields=["school", "rule", "student"], name="outcomes_attention_once")]

    def __str__(self):
        return f"{self.rule}: {self.student}"


class SavedView(models.Model):
    """Choices on the dashboard that somebody keeps under a name; they hold no data, and open what they may see then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    school = models.ForeignKey("schools.School", models.CASCADE, null=True, related_name="+")
    network = models.ForeignKey("schools.Network", models.CASCADE, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=80)
    page = models.CharField(max_length=60)
    choices = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=OF_ONE, name="outcomes_view_of_one"),
            models.UniqueConstraint(fields=["user", "school", "name"], name="outcomes_view_name_once_school"),
            models.UniqueConstraint(fields=["user", "network", "name"], name="outcomes_view_name_once_network"),
        ]

    def __str__(self):
        return self.name


class Snapshot(models.Model):
    """What was published on a day, frozen with its definitions, so that what was reported can be shown again."""

    school = models.ForeignKey("schools.School", models.PROTECT, null=True, related_name="+")
    network = models.ForeignKey("schools.Network", models.PROTECT, null=True, related_name="+")
    name = models.CharField(_("name"), max_length=120)
    content = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.UUIDField(null=True, unique=True)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.CheckConstraint(condition=OF_ONE, name="outcomes_snapshot_of_one")]

    def __str__(self):
        return self.name
