from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period, PeriodQuerySet


class MentorQuerySet(PeriodQuerySet):
    def with_names(self):
        return self.select_related("user", "organisation__merged_into")


class Mentor(Period):
    """A person's time as a mentor at one organisation. Who leaves and comes back has two rows; both stay readable."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="mentors")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mentor_records")
    organisation = models.ForeignKey("mentors.Organisation", models.PROTECT, related_name="mentors")
    job_title = models.CharField(_("job"), max_length=100, blank=True)

    objects = MentorQuerySet.as_manager()
    no_overlap = NoOverlap("user", "organisation")

    class Meta(Period.Meta):
        ordering = ["user__search_name", "id"]
        indexes = [
            models.Index(fields=["school", "starts_on"], name="mentor_by_school"),
            models.Index(fields=["organisation", "starts_on"], name="mentor_by_organisation"),
        ]

    def __str__(self):
        return f"{self.user}, {self.organisation.current}"

    @property
    def name(self) -> str:
        return self.user.name


class Mentorship(Period):
    """One mentor's time with one student: it gives the mentor their place on the student's team."""

    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    student = models.ForeignKey("students.Student", models.PROTECT, related_name="mentorships")
    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="mentorships")

    no_overlap = NoOverlap("student", "mentor")

    class Meta(Period.Meta):
        ordering = ["-starts_on", "-id"]
        indexes = [
            models.Index(fields=["student", "starts_on"], name="mentorship_by_student"),
            models.Index(fields=["mentor", "starts_on"], name="mentorship_by_mentor"),
        ]

    def __str__(self):
        return f"{self.mentor} of {self.student}"

    @property
    def cause(self) -> str:
        """What a team row names as its reason when this mentorship gives the access."""
        return f"mentorship:{self.pk}"
