from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import mailbox, nav, slots


class NoticesConfig(AppConfig):
    name = "notices"

    def ready(self):
        from notices.access import email_settings, unread_count
        from notices.actions.mail import deliver

        mailbox.register(deliver)
        nav.add(_("Notices"), "notices:index", icon="bell", place=nav.BELL, badge=unread_count)
        slots.fill("me.settings", load=email_settings, template="notices/_settings.html")
