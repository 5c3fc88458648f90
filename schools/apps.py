from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, shipped


class SchoolsConfig(AppConfig):
    name = "schools"

    def ready(self):
        from accounts import senders
        from schools import defaults, navigation, rubrics, trail, words

        senders.register(navigation.sender)
        trail.say(words.ACTIONS)
        shipped.add(defaults.SHIPPED)
        shipped.add(rubrics.SHIPPED)
        nav.add(_("School"), "schools:index", icon="gear", order=90, show=navigation.has_settings)
        nav.add(_("Network"), navigation.network, icon="chart", order=40)
        nav.add(_("Who may do what"), "schools:policy", icon="eye", order=50, place=nav.ACCOUNT)
