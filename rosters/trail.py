"""What entries of the log mean, for the page that shows who did what; and how it finds and names students."""

from django.utils.translation import gettext_lazy as _

from students.listing import narrowed
from students.models import Student

ACTIONS = {
    "rosters.import.kept": _("pasted a table of people"),
    "rosters.import.dropped": _("dropped a table of people"),
    "rosters.import.confirmed": _("confirmed a table of people"),
    "rosters.import.finished": _("brought in a table of people"),
    "rosters.student.left": _("ended a student's time at the school"),
    "rosters.student.leaving_taken_back": _("took back a student's leaving"),
    "rosters.staff.left": _("ended somebody's work at the school"),
    "rosters.drift.put_right": _("put teams right"),
    "students.enrolled": _("enrolled a student"),
    "students.moved_up": _("moved a student up a grade"),
    "students.record.changed": _("corrected a student's record"),
    "students.team.joined": _("put somebody on the team"),
    "students.team.left": _("took somebody off the team"),
    "students.guardian.added": _("linked somebody of the family"),
    "students.guardian.changed": _("changed a link to the family"),
    "students.guardian.ended": _("ended a link to the family"),
    "students.guardians.read": _("read a family's data"),
    "students.family.decided": _("decided who of the family stays on the team"),
    "students.home.added": _("added a home"),
    "students.home.changed": _("changed a home"),
    "students.interest.added": _("wrote down an interest"),
    "students.interest.dropped": _("dropped an interest"),
    "students.contact.logged": _("logged a contact with the family"),
    "students.contact.changed": _("changed what was said in a contact"),
    "students.contact.taken_back": _("took back a contact with the family"),
    "students.note.written": _("wrote a note"),
    "students.note.corrected": _("corrected a note"),
    "students.notes.read": _("read restricted notes"),
    "students.attendance.corrected": _("corrected attendance"),
    "mentors.organisation.added": _("added an organisation"),
    "mentors.organisation.changed": _("changed an organisation"),
    "mentors.mentor.added": _("added a mentor"),
    "mentors.mentor.changed": _("changed a mentor's record"),
    "mentors.mentor.left": _("ended a mentor's time"),
    "mentors.mentorship.began": _("put a mentor on a team"),
    "mentors.mentorship.ended": _("took a mentor off a team"),
    "advisories.opened": _("opened an advisory"),
    "advisories.closed": _("closed an advisory"),
    "advisories.seated": _("seated a student"),
    "advisories.unseated": _("ended a student's seat"),
    "advisories.charge.taken": _("gave somebody an advisory"),
    "advisories.charge.ended": _("took an advisory from somebody"),
    "advisories.circle.held": _("held a circle"),
    "advisories.one_to_one.held": _("held a one-to-one"),
}


def names_of_students(ids) -> dict[int, str]:
    return {student.pk: student.name for student in Student.objects.filter(pk__in=ids).select_related("user")}


def students_matching(school, words: str):
    """Students of the school, here or gone, with these words in their names or with this number."""
    return narrowed(Student.objects.filter(school=school), school.today(), q=words, who="all").values("pk")
