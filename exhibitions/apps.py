from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from common import nav
from schools.roles import Permission
from students import tabs


class ExhibitionsConfig(AppConfig):
    name = "exhibitions"

    def ready(self):
        from accounts import links
        from coedit import erasing
        from exhibitions.access import may_go_on
        from exhibitions.actions.exhibitions import forget_words
        from exhibitions.seats import PANEL
        from files import doors

        doors.ask(may_go_on)
        links.register(PANEL, "exhibitions:panel_link")
        erasing.on_erase(forget_words)
        nav.add(_("Exhibitions"), _exhibitions_of_my_school, icon="chart", order=45)
        tabs.add(_("Evidence"), "exhibitions:evidence", Permission.EVIDENCE_SEE, order=20)
        tabs.add(_("Exhibitions"), "exhibitions:index", Permission.EXHIBITION_SEE, order=22)


def _exhibitions_of_my_school(request) -> str | None:
    from schools.access import schools_where

    schools = schools_where(request, Permission.SCHOOL_EXHIBITIONS)
    return reverse("exhibitions:windows", args=[schools[0].pk]) if schools else None
