from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from schools import closing
from schools.roles import Permission
from students import tabs


class PlansConfig(AppConfig):
    name = "plans"

    def ready(self):
        from plans import navigation, overview
        from plans.actions.close import before_term_closes, close_plans_of

        tabs.add(_("Plans"), "plans:index", Permission.PLAN_SEE, order=10)
        nav.add(
            _("Plans"), navigation.progress, icon="plan", order=40, show=navigation.follows_plans, within=("plans",)
        )
        slots.fill("school.settings", load=overview.template_now, template="plans/_on_settings.html", order=5)
        nav.put_under("students:index", "plans", "coedit")
        closing.before_close(before_term_closes)
        closing.on_close(close_plans_of)
