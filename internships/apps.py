from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from common.addresses import address
from schools.roles import Permission
from students import tabs


class InternshipsConfig(AppConfig):
    name = "internships"

    def ready(self):
        from accounts import links
        from coedit import erasing
        from common import shipped
        from internships import overview, prompts
        from internships.actions.learning import FEEDBACK
        from internships.actions.meeting import SHADOW
        from internships.actions.projects import forget_words
        from internships.actions.weeks import WEEK
        from internships.agreeing import AGREEMENT
        from internships.causes import placements
        from plans import brought
        from students import causes

        pre_migrate.connect(unguard_placements, sender=self)
        post_migrate.connect(guard_placements, sender=self)
        causes.describe("placement", placements)
        brought.along("project_rows", overview.project_rows)
        erasing.on_erase(forget_words)
        shipped.add(prompts.shipped())
        links.register(AGREEMENT, "internships:agreement_link")
        links.register(FEEDBACK, "internships:feedback_link")
        links.register(SHADOW, "internships:shadow_link")
        links.register(WEEK, "internships:week_link")
        nav.add(_("Internships"), _internships_of_my_school, icon="briefcase", order=35)
        tabs.add(_("Opportunities"), "internships:browse", Permission.OPPORTUNITIES_SEE, order=57)
        tabs.add(_("Finding a place"), "internships:pursuits", Permission.INTERNSHIP_SEE, order=58)
        tabs.add(_("Internship"), "internships:placements", Permission.PLACEMENT_SEE, order=56)
        slots.fill("placement.page", load=overview.learning_at, template="internships/_learning.html")
        slots.fill("placement.page", load=overview.begun_with, template="internships/_first_weeks.html", order=40)
        slots.fill("plan.aside", load=overview.projects_of, template="internships/_on_plan.html")
        slots.fill("home.student", load=overview.my_day, template="internships/_on_home.html")
        slots.fill("home.mentor", load=overview.mentored, template="internships/_on_mentor_home.html")
        slots.fill("organisation.page", load=overview.hosted_by, template="internships/_hosted.html", order=60)
        slots.fill("organisation.page", load=overview.offered_by, template="internships/_on_organisation.html")


def unguard_placements(sender, using, **kwargs):
    from internships.guard import remove

    remove(using)


def guard_placements(sender, using, **kwargs):
    from internships.guard import install

    install(using)


def _internships_of_my_school(request) -> str | None:
    from schools.access import schools_where

    schools = schools_where(request, Permission.SCHOOL_MENTORS)
    return address("internships:today", schools[0].pk) if schools else None
