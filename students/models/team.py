from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period
from schools.roles import STAFF_ROLES, WHOLE_SCHOOL_ROLES, Role

TEAM_ROLES = [role for role in Role if role not in WHOLE_SCHOOL_ROLES and role != Role.NETWORK_LEAD]
TEAM_STAFF_ROLES = [role for role in STAFF_ROLES if role in TEAM_ROLES] + [Role.COVER]


class TeamMember(Period):
    """Somebody's place on a student's team, for one `cause` ("advisory:3", "guardian:7", "placement:12").

    Access is any open row, so the end of one cause leaves another's access alone. Written only by actions, in
    the transaction that writes the cause. `may_write` and `may_sign` narrow what the role grants.
    """

    student = models.ForeignKey("students.Student", models.PROTECT, related_name="team")
    school = models.ForeignKey("schools.School", models.PROTECT, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="teams")
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in TEAM_ROLES])
    cause = models.CharField(max_length=60)
    may_write = models.BooleanField(default=True)
    may_sign = models.BooleanField(default=True)

    no_overlap = NoOverlap("student", "user", "cause")

    class Meta(Period.Meta):
        ordering = ["starts_on", "id"]
        indexes = [
            models.Index(fields=["user", "starts_on"], name="team_by_user"),
            models.Index(fields=["student", "starts_on"], name="team_by_student"),
            models.Index(fields=["cause"], name="team_by_cause"),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
