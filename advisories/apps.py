from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav


class AdvisoriesConfig(AppConfig):
    name = "advisories"

    def ready(self):
        from schools.access import staff_roles

        nav.add(
            _("Advisories"), "advisories:index", icon="circle", order=30,
            show=lambda request: any(row.school_id for row in staff_roles(request)),
        )  # fmt: skip
