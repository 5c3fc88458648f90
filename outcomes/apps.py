from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from common.addresses import address
from schools.roles import Permission
from students import tabs


class OutcomesConfig(AppConfig):
    name = "outcomes"

    def ready(self):
        tabs.add(_("Background"), "outcomes:background", Permission.BACKGROUND_SEE, order=62)
        slots.fill("school.settings", load=_background_of, template="outcomes/_background_on_settings.html", order=60)
        self._leavers()
        self._figures()

    def _leavers(self):
        """Who has left, what became of them, and who stays in touch."""
        from accounts import links
        from outcomes.actions.asking import ALUMNI
        from outcomes.contacts import causes as alumni
        from students import causes, navigation

        causes.describe("alumni", alumni)
        links.register(ALUMNI, "outcomes:alumni_link")
        tabs.add(_("After school"), "outcomes:destinations", Permission.DESTINATION_SEE, order=80)
        nav.add(_("Leavers"), _leavers_of_my_school, icon="people", order=48)
        nav.add(
            _("Stay in touch"), "outcomes:in_touch", icon="people", order=25, place=nav.ACCOUNT,
            show=navigation.works_at_a_school,
        )  # fmt: skip

    def _figures(self):
        nav.add(_("Outcomes"), _outcomes_of_mine, icon="chart", order=47)
        slots.fill("home.school", load=_outcomes_on_home, template="outcomes/_on_home.html", order=40)
        slots.fill("network.actions", load=lambda network, request: {}, template="outcomes/_on_network.html")


def _background_of(school, request):
    return {"school": school} if Permission.SCHOOL_BACKGROUND in request.can else None


def _leavers_of_my_school(request) -> str | None:
    from schools.access import schools_where

    schools = schools_where(request, Permission.SCHOOL_DESTINATIONS)
    return address("outcomes:leavers", schools[0].pk) if schools else None


def _outcomes_of_mine(request) -> str | None:
    """Of the school whose figures one may see; of the network for its leads."""
    from schools.access import networks_of, schools_where

    if schools := schools_where(request, Permission.SCHOOL_OUTCOMES):
        return address("outcomes:dashboard", schools[0].pk)
    networks = networks_of(request)
    return address("outcomes:network_dashboard", networks[0].pk) if networks else None


def _outcomes_on_home(shows, request):
    from schools.roles import GRANTS

    may = any(Permission.SCHOOL_OUTCOMES in GRANTS[row.role] for row in shows["roles"])
    return {"school": shows["school"]} if may else None
