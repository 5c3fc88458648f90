from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav
from schools.roles import Permission
from students import tabs


class AdvisoriesConfig(AppConfig):
    name = "advisories"

    def ready(self):
        from advisories.causes import advisories
        from students import causes

        causes.describe("advisory", advisories)
        nav.add(_("Advisories"), "advisories:index", icon="circle", order=30, show=_works_in_a_school)
        tabs.add(_("One-to-ones"), "advisories:one_to_ones", Permission.ONE_TO_ONE_SEE, order=40)
        tabs.add(_("Advisories"), "advisories:seats", Permission.STUDENT_OVERVIEW, order=80)


def _works_in_a_school(request):
    from schools.access import staff_roles

    return any(row.school_id for row in staff_roles(request))
