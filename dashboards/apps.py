from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav
from schools.roles import Permission
from students import tabs


class DashboardsConfig(AppConfig):
    name = "dashboards"

    def ready(self):
        nav.add(_("Home"), "dashboards:home", icon="home", order=10)
        tabs.add(_("Overview"), "dashboards:student", Permission.STUDENT_SEE, order=5)
