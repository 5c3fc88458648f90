from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from common.addresses import address


class MentorsConfig(AppConfig):
    name = "mentors"

    def ready(self):
        from mentors import overview
        from mentors.causes import mentorships
        from students import causes

        nav.add(_("Mentors"), _mentors_of_my_school, icon="briefcase", order=40, within=("mentors",))
        slots.fill("student.aside", load=overview.mentors_of, template="mentors/_on_student.html", order=30)
        slots.fill("student.team.actions", load=overview.way_to_mentors, template="mentors/_to_mentors.html")
        causes.describe("mentorship", mentorships)


def _mentors_of_my_school(request) -> str | None:
    from schools.access import schools_where
    from schools.roles import Permission

    schools = schools_where(request, Permission.SCHOOL_MENTORS)
    return address("mentors:index", schools[0].pk) if schools else None
