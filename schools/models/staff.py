from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from common.constraints import NoOverlap
from common.periods import Period
from schools.roles import STAFF_ROLES, Role


class StaffRole(Period):
    """A dated role in a school, or in a network for network leads. Written only by schools/actions.py."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff_roles")
    school = models.ForeignKey("schools.School", models.PROTECT, null=True, blank=True, related_name="staff_roles")
    network = models.ForeignKey("schools.Network", models.PROTECT, null=True, blank=True, related_name="staff_roles")
    role = models.CharField(_("role"), max_length=20, choices=[(role.value, role.label) for role in STAFF_ROLES])

    no_overlap = NoOverlap("user", "school", "role")

    class Meta(Period.Meta):
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["school", "role", "starts_on"], name="staffrole_by_school")]
        constraints = [
            *Period.Meta.constraints,
            models.CheckConstraint(
                condition=Q(role=Role.NETWORK_LEAD, network__isnull=False, school__isnull=True)
                | (~Q(role=Role.NETWORK_LEAD) & Q(network__isnull=True, school__isnull=False)),
                name="schools_staffrole_where",
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
