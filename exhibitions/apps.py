from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from common.addresses import address
from schools.roles import Permission
from students import tabs


class ExhibitionsConfig(AppConfig):
    name = "exhibitions"

    def ready(self):
        from accounts import links
        from coedit import erasing
        from exhibitions import overview, suggested
        from exhibitions.access import may_go_on
        from exhibitions.actions import narrative
        from exhibitions.actions.exhibitions import forget_words
        from exhibitions.actions.narrative import NARRATIVE
        from exhibitions.seats import PANEL
        from files import doors
        from plans import brought

        doors.ask(may_go_on)
        links.register(PANEL, "exhibitions:panel_link")
        links.register(NARRATIVE, "exhibitions:narrative_link")
        brought.along("suggestion_rows", suggested.suggestion_rows)
        slots.fill("plan.aside", load=suggested.suggested_for, template="exhibitions/_on_plan.html", order=20)
        slots.fill("home.student", load=overview.on_home, template="exhibitions/_on_home.html", order=20)
        slots.fill("home.family", load=overview.on_family_home, template="exhibitions/_on_home.html")
        slots.fill("home.mentor", load=overview.on_family_home, template="exhibitions/_on_home.html", order=20)
        slots.fill("home.school", load=overview.waiting_at_school, template="exhibitions/_waiting.html")
        slots.fill("school.settings", load=_settings_of, template="exhibitions/_on_settings.html")
        nav.add(_("Panels"), "exhibitions:seats", icon="eye", order=20, place=nav.ACCOUNT)
        erasing.on_erase(forget_words)
        erasing.on_erase(narrative.forget_words)
        nav.add(_("Exhibitions"), _exhibitions_of_my_school, icon="chart", order=45)
        tabs.add(_("Evidence"), "exhibitions:evidence", Permission.EVIDENCE_SEE, order=20)
        tabs.add(_("Exhibitions"), "exhibitions:index", Permission.EXHIBITION_SEE, order=22)
        tabs.add(_("Learner profile"), "exhibitions:profile", Permission.PROFILE_SEE, order=24)


def _settings_of(school, request):
    return {"school": school} if Permission.SCHOOL_SETTINGS in request.can else None


def _exhibitions_of_my_school(request) -> str | None:
    from schools.access import schools_where

    schools = schools_where(request, Permission.SCHOOL_PROGRAMME)
    return address("exhibitions:windows", schools[0].pk) if schools else None
