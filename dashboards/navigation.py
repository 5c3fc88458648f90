"""The links of people who do not work at a school: a student's own pages, the students of a parent or a mentor."""

from django.utils.translation import gettext as _

from common.addresses import address
from common.nav import Link
from dashboards.hats import hats_of
from schools.access import staff_roles

# More do not fit beside each other on a phone; the home page has them all.
STUDENTS_SHOWN = 3


def own_links(request) -> list[Link]:
    if staff_roles(request):
        return []
    hats = hats_of(request)
    mine = [link for row in hats.student for link in _links_of_a_student(row.student_id)]
    return mine + [_link_to(row.student) for row in [*hats.parent, *hats.mentor][:STUDENTS_SHOWN]]


def _links_of_a_student(student_id: int) -> list[Link]:
    return [
        Link(_("My plans"), address("plans:index", student_id), "plan", namespaces={"plans", "coedit"}),
        Link(_("My page"), address("dashboards:student", student_id), "person", namespaces={"advisories"}),
    ]


def _link_to(student) -> Link:
    return Link(student.user.called, address("dashboards:student", student.pk), "person")
