from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from schools.roles import Permission
from students import tabs


class RostersConfig(AppConfig):
    name = "rosters"

    def ready(self):
        from rosters import counting, navigation, trail
        from schools import totals
        from schools import trail as log

        nav.add(_("People"), "rosters:index", icon="person", order=60, show=navigation.brings_people_in)
        tabs.add(_("Leaving"), "rosters:leave", Permission.STUDENT_EDIT, order=90)
        slots.fill("students.actions", load=navigation.add_link, template="rosters/_add_student.html")
        slots.fill("school.settings", load=navigation.on_settings, template="rosters/_on_settings.html", order=10)
        log.say(trail.ACTIONS)
        log.know_students(names=trail.names_of_students, matching=trail.students_matching)
        for label, count in counting.COUNTERS:
            totals.add(label, count)
