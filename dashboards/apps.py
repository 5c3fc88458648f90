from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav
from schools.roles import Permission
from students import tabs


class DashboardsConfig(AppConfig):
    name = "dashboards"

    def ready(self):
        from dashboards import navigation

        nav.add(_("Home"), "dashboards:home", icon="home", order=10)
        nav.add_several(navigation.own_links, order=20)
        tabs.add(_("Overview"), "dashboards:student", Permission.STUDENT_SEE, order=5)
