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
    "rosters.letter.read": _("read a letter with a code"),
    "rosters.letter.made_elsewhere": _("printed a letter, at another school, for somebody who is on a team here too"),
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
    "plans.template.made": _("changed the plan's template"),
    "plans.begun": _("began a learning plan"),
    "plans.carried_over": _("carried unfinished work over"),
    "plans.section.opened": _("changed who reads or writes a section"),
    "plans.item.added": _("added a work item"),
    "plans.item.changed": _("changed a work item"),
    "plans.item.split": _("split a work item"),
    "plans.item.state": _("changed how far a work item is"),
    "plans.items.ordered": _("changed the order of the work"),
    "plans.own_goal.added": _("added an own goal"),
    "plans.own_goal.changed": _("changed an own goal"),
    "plans.submitted": _("asked for a plan's review"),
    "plans.sent_back": _("sent a plan back"),
    "plans.version.fixed": _("made a plan ready to sign"),
    "plans.words_erased": _("erased words from a plan's versions"),
    "plans.signed": _("signed a learning plan"),
    "plans.activated": _("activated a learning plan"),
    "plans.closed": _("closed a learning plan"),
    "plans.commented": _("commented on a plan"),
    "plans.thread.resolved": _("resolved a comment"),
    "plans.thread.reopened": _("reopened a comment"),
    "plans.meeting.called": _("called a plan meeting"),
    "plans.meeting.changed": _("changed a plan meeting"),
    "plans.meeting.called_off": _("called a plan meeting off"),
    "plans.meeting.came": _("wrote down who came to a plan meeting"),
    "coedit.opened": _("opened a shared text"),
    "coedit.frozen": _("froze a shared text"),
    "coedit.restored": _("restored an earlier version of a text"),
    "coedit.replaced": _("replaced a shared text"),
    "coedit.erased": _("erased somebody's words from a text"),
}


def names_of_students(ids) -> dict[int, str]:
    return {student.pk: student.name for student in Student.objects.filter(pk__in=ids).select_related("user")}


def students_matching(school, words: str):
    """Students of the school, here or gone, with these words in their names or with this number."""
    return narrowed(Student.objects.filter(school=school), q=words, who="all").values("pk")
