from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from common import nav, slots
from schools.roles import Permission
from students import tabs


class StudentsConfig(AppConfig):
    name = "students"

    def ready(self):
        from notices import doors
        from students import causes, navigation, overview
        from students.models import Student

        # Nobody is told more of a student whom they no longer see.
        doors.register(
            lambda user, ids: (
                Student.objects.open_to(user, Permission.STUDENT_SEE).filter(pk__in=ids).order_by()
                .values_list("pk", flat=True)
            )
        )  # fmt: skip
        nav.add(_("Students"), "students:index", icon="people", order=20, show=navigation.works_at_a_school)
        nav.add(
            _("Concerns"), "students:concerns", icon="shield", order=80, show=navigation.keeps_students_safe,
            badge=navigation.waiting_concerns,
        )  # fmt: skip
        tabs.add(_("Team"), "students:team", Permission.TEAM_SEE, order=30)
        tabs.add(_("Attendance"), "students:attendance", Permission.ATTENDANCE_SEE, order=50)
        tabs.add(_("Interests"), "students:interests", Permission.STUDENT_OVERVIEW, order=55)
        tabs.add(_("Family"), "students:guardians", Permission.GUARDIANS_SEE, order=60)
        tabs.add(_("Contacts"), "students:contacts", Permission.CONTACTS_SEE, order=65)
        tabs.add(_("Notes"), "students:notes", Permission.NOTES_STAFF, order=70)
        tabs.add(_("Enrolment"), "students:enrolment", Permission.STUDENT_OVERVIEW, order=75)
        slots.fill("student.overview", load=overview.interests, template="students/_interests.html", order=10)
        slots.fill("student.aside", load=overview.family, template="students/_family.html", order=20)
        slots.fill("student.aside", load=overview.concern, template="students/_concern.html", order=90)
        causes.describe("guardian", causes.guardians)
        causes.describe("student", causes.students)
        causes.describe("staff", causes.colleagues)
