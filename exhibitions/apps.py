from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from schools.roles import Permission
from students import tabs


class ExhibitionsConfig(AppConfig):
    name = "exhibitions"

    def ready(self):
        tabs.add(_("Evidence"), "exhibitions:evidence", Permission.EVIDENCE_SEE, order=20)
