"""The policy table: who may do what. A school lead can read it in docs/access.md, which is printed from here.

A person's permissions on a student are those of every role they hold on the student's team today, and of every
whole-school role they hold in the student's school today. Permissions on a school come from staff roles alone.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(models.TextChoices):
    # On one student.
    STUDENT_SEE = "student_see", _("see name, photo, schedule and emergency contact")
    STUDENT_OVERVIEW = "student_overview", _("see the student's own page: enrolment, advisory, attendance, interests")
    STUDENT_EDIT = "student_edit", _("change names and enrolment")
    INTERESTS_WRITE = "interests_write", _("write down what the student cares about")
    PARENTS_DECIDE = "parents_decide", _("decide, from the age the school sets, whether parents stay on the team")
    TEAM_SEE = "team_see", _("see who is on the team")
    TEAM_EDIT = "team_edit", _("put people on the team and take them off")
    GUARDIANS_SEE = "guardians_see", _("see guardians' contact data and homes")
    GUARDIANS_EDIT = "guardians_edit", _("add and change guardians and their rights")
    CONTACTS_SEE = "contacts_see", _("see contacts with the family")
    CONTACTS_LOG = "contacts_log", _("log a contact with the family")
    ATTENDANCE_SEE = "attendance_see", _("see attendance")
    ATTENDANCE_MARK = "attendance_mark", _("mark attendance")
    ONE_TO_ONE_SEE = "one_to_one_see", _("see one-to-ones and their shared notes")
    ONE_TO_ONE_HOLD = "one_to_one_hold", _("hold one-to-ones and write private notes")
    NOTES_STAFF = "notes_staff", _("read and write staff notes")
    NOTES_RESTRICTED = "notes_restricted", _("read and write restricted notes")
    NOTES_SAFEGUARDING = "notes_safeguarding", _("read and write safeguarding notes and concerns")
    CONCERN_RAISE = "concern_raise", _("pass a concern to the safeguarding lead")
    PLAN_SEE = "plan_see", _("see the learning plan, as far as it is opened to the role")
    PLAN_WRITE = "plan_write", _("write the sections that are opened to the role")
    PLAN_ITEMS = "plan_items", _("add, order and change work items and own goals")
    PLAN_COMMENT = "plan_comment", _("comment on the plan")
    PLAN_SUBMIT = "plan_submit", _("ask for the plan's review, call and lead its meetings")
    PLAN_MANAGE = "plan_manage", _("make a plan ready to sign, activate and close it, witness signatures")
    PLAN_SIGN = "plan_sign", _("sign the learning plan")
    OPPORTUNITIES_SEE = "opportunities_see", _("browse opportunities for an internship, with what fits the student")
    INTERNSHIP_SEE = "internship_see", _("see which places are pursued, and how far that is")
    INTERNSHIP_ASK = "internship_ask", _("ask to pursue a place, propose a new one, and give one up")
    INTERNSHIP_ADVISE = "internship_advise", _("say as the adviser whether a place may be pursued")
    INTERNSHIP_COORDINATE = "internship_coordinate", _("say as the coordinator whether a place may be pursued")
    PLACEMENT_SEE = "placement_see", _("see the placement, its days and hours; a mentor their own")
    PLACEMENT_ARRANGE = "placement_arrange", _("arrange, change and end placements, and prepare their agreements")
    AGREEMENT_CONSENT = "agreement_consent", _("consent as a parent to a shadow day and to a placement")
    DAYS_CHECK_IN = "days_check_in", _("check in and out on site, write the journal there")
    DAYS_EXCUSE = "days_excuse", _("say that the student cannot come to the placement, and why")
    DAYS_CONFIRM = "days_confirm", _("confirm a week on site, correct its hours, give feedback")
    DAYS_KEEP = "days_keep", _("enter days on site from paper, correct them, arrange make-up days")
    JOURNAL_SEE = "journal_see", _("read the journal and the feedback of the placement")
    PROJECT_WRITE = "project_write", _("write the project proposal and do the first tasks of a placement")
    PROJECT_APPROVE = "project_approve", _("approve the project of a placement")
    VISITS_LOG = "visits_log", _("log visits and contacts with the mentor")
    EVIDENCE_SEE = "evidence_see", _("see the student's evidence that is ready; a mentor that of their own placement")
    EVIDENCE_ADD = "evidence_add", _("add evidence: files, links and words")
    EXHIBITION_SEE = "exhibition_see", _("see the student's exhibitions, their outline and what is shown")
    EXHIBITION_PREPARE = "exhibition_prepare", _("prepare an exhibition: its title, outline and what is shown")
    EXHIBITION_LEAD = "exhibition_lead", _("put people on a panel, write down what it agrees on, decide a gateway")
    NARRATIVE_SEE = "narrative_see", _("read released narratives")
    NARRATIVE_WRITE = "narrative_write", _("write the narrative of a term, begin it and hand it on")
    NARRATIVE_PROOF = "narrative_proof", _("proof-read narratives: accept them or give them back")
    NARRATIVE_RELEASE = "narrative_release", _("release narratives to the family, and correct them")
    PROFILE_SEE = "profile_see", _("see the student's learner profile")
    PROFILE_CURATE = "profile_curate", _("choose what is in the learner profile, and share it by a link")
    BACKGROUND_SEE = "background_see", _("see what the school holds of the student's background: meals, care, language")
    BACKGROUND_EDIT = "background_edit", _("write down the student's background")
    DESTINATION_SEE = "destination_see", _("see what became of the student after school")
    DESTINATION_RECORD = "destination_record", _("write down what became of the student, and ask them")
    # On a school.
    SCHOOL_PEOPLE = "school_people", _("see the school's people and add students and families")
    SCHOOL_ADVISORIES = "school_advisories", _("form advisories and move students between them")
    SCHOOL_STAFF = "school_staff", _("add staff, give and end their roles")
    SCHOOL_SETTINGS = "school_settings", _("change terms, templates, codes and settings")
    SCHOOL_MENTORS = "school_mentors", _("add organisations and mentors")
    SCHOOL_CLEARANCES = "school_clearances", _("say which clearances of organisations and mentors they have seen")
    SCHOOL_PLACEMENTS = "school_placements", _("propose placements for many students at once")
    SCHOOL_PLANS = "school_plans", _("see how far the school's plans are")
    SCHOOL_PROGRAMME = "school_programme", _("see the programme of exhibitions, and how far one's own students are")
    SCHOOL_EXHIBITIONS = "school_exhibitions", _("open windows for exhibitions, make their timetable")
    SCHOOL_AUDIT = "school_audit", _("read who did what")
    SCHOOL_OUTCOMES = "school_outcomes", _("see the school's figures and gaps, without small groups")
    SCHOOL_DESTINATIONS = "school_destinations", _("take over clearinghouse files, see whose destination is not known")
    SCHOOL_BACKGROUND = (
        "school_background",
        _("see small groups too, choose what is held of students' background"),
    )
    # On a network.
    NETWORK_SEE = "network_see", _("see the network's schools and suppressed totals, say what its schools share")


class Role(models.TextChoices):
    STUDENT = "student", _("student")
    PARENT = "parent", _("parent")
    MENTOR = "mentor", _("mentor")
    ADVISER = "adviser", _("adviser")
    COVER = "cover", _("cover")
    SPECIALIST = "specialist", _("specialist")
    ALUMNI_CONTACT = "alumni_contact", _("alumni contact")
    PANELLIST = "panellist", _("panellist")
    COMMISSIONER = "commissioner", _("commissioner")
    COORDINATOR = "coordinator", _("coordinator")
    LEAD = "lead", _("school lead")
    SAFEGUARDING = "safeguarding", _("safeguarding lead")
    NETWORK_LEAD = "network_lead", _("network lead")


P = Permission

_EVERYDAY = {
    P.STUDENT_SEE, P.STUDENT_OVERVIEW, P.TEAM_SEE, P.GUARDIANS_SEE, P.CONTACTS_SEE, P.CONTACTS_LOG, P.ATTENDANCE_SEE,
    P.NOTES_STAFF, P.CONCERN_RAISE, P.PLAN_SEE, P.PLAN_COMMENT, P.PLACEMENT_SEE, P.EVIDENCE_SEE,
    P.EXHIBITION_SEE, P.NARRATIVE_SEE, P.PROFILE_SEE,
}  # fmt: skip
_ADVISING = _EVERYDAY | {
    P.INTERESTS_WRITE, P.ATTENDANCE_MARK, P.ONE_TO_ONE_SEE, P.ONE_TO_ONE_HOLD, P.PLAN_WRITE, P.PLAN_ITEMS,
    P.PLAN_SUBMIT, P.PLAN_MANAGE, P.OPPORTUNITIES_SEE, P.INTERNSHIP_SEE, P.INTERNSHIP_ASK, P.INTERNSHIP_ADVISE,
    P.PLACEMENT_ARRANGE, P.DAYS_EXCUSE, P.DAYS_KEEP, P.JOURNAL_SEE, P.PROJECT_WRITE, P.PROJECT_APPROVE, P.VISITS_LOG,
    P.EVIDENCE_ADD, P.EXHIBITION_PREPARE, P.EXHIBITION_LEAD, P.NARRATIVE_WRITE, P.NARRATIVE_RELEASE,
    P.DESTINATION_SEE, P.DESTINATION_RECORD,
}  # fmt: skip

GRANTS: dict[str, frozenset[str]] = {
    Role.STUDENT: frozenset({
        P.STUDENT_SEE, P.STUDENT_OVERVIEW, P.INTERESTS_WRITE, P.PARENTS_DECIDE, P.TEAM_SEE, P.ATTENDANCE_SEE,
        P.ONE_TO_ONE_SEE,
        P.PLAN_SEE, P.PLAN_WRITE, P.PLAN_ITEMS, P.PLAN_COMMENT, P.PLAN_SUBMIT, P.PLAN_SIGN, P.OPPORTUNITIES_SEE,
        P.INTERNSHIP_SEE, P.INTERNSHIP_ASK, P.PLACEMENT_SEE, P.DAYS_CHECK_IN, P.DAYS_EXCUSE, P.JOURNAL_SEE,
        P.PROJECT_WRITE, P.EVIDENCE_SEE, P.EVIDENCE_ADD, P.EXHIBITION_SEE, P.EXHIBITION_PREPARE,
        P.NARRATIVE_SEE, P.NARRATIVE_WRITE, P.PROFILE_SEE, P.PROFILE_CURATE, P.DESTINATION_SEE,
    }),
    Role.PARENT: frozenset({
        P.STUDENT_SEE, P.STUDENT_OVERVIEW, P.TEAM_SEE, P.ATTENDANCE_SEE,
        P.PLAN_SEE, P.PLAN_WRITE, P.PLAN_COMMENT, P.PLAN_SIGN, P.OPPORTUNITIES_SEE, P.INTERNSHIP_SEE,
        P.PLACEMENT_SEE, P.AGREEMENT_CONSENT, P.DAYS_EXCUSE, P.JOURNAL_SEE, P.EVIDENCE_SEE, P.EVIDENCE_ADD,
        P.EXHIBITION_SEE, P.NARRATIVE_SEE, P.PROFILE_SEE,
    }),
    Role.MENTOR: frozenset({
        P.STUDENT_SEE, P.CONCERN_RAISE, P.PLAN_SEE, P.PLAN_WRITE, P.PLAN_COMMENT, P.PLAN_SIGN, P.PLACEMENT_SEE,
        P.DAYS_EXCUSE, P.DAYS_CONFIRM, P.JOURNAL_SEE, P.PROJECT_WRITE, P.EVIDENCE_SEE, P.EVIDENCE_ADD,
        P.EXHIBITION_SEE,
    }),
    Role.ADVISER: frozenset(_ADVISING | {
        P.STUDENT_EDIT, P.TEAM_EDIT, P.GUARDIANS_EDIT, P.NOTES_RESTRICTED, P.PLAN_SIGN,
        P.SCHOOL_PEOPLE, P.SCHOOL_MENTORS, P.SCHOOL_PROGRAMME,
    }),
    Role.COVER: frozenset(_ADVISING | {P.PLAN_SIGN}),
    Role.SPECIALIST: frozenset(_EVERYDAY | {P.PLAN_WRITE, P.ONE_TO_ONE_SEE, P.NARRATIVE_PROOF}),
    # Who stays in touch with somebody who has left.
    Role.ALUMNI_CONTACT: frozenset({P.STUDENT_SEE, P.DESTINATION_SEE, P.DESTINATION_RECORD}),
    Role.PANELLIST: frozenset({P.STUDENT_SEE}),
    Role.COMMISSIONER: frozenset({P.STUDENT_SEE, P.ATTENDANCE_SEE, P.PLAN_SEE}),
    Role.COORDINATOR: frozenset(_EVERYDAY | {
        P.TEAM_EDIT, P.ATTENDANCE_MARK, P.OPPORTUNITIES_SEE, P.INTERNSHIP_SEE, P.INTERNSHIP_COORDINATE,
        P.PLACEMENT_ARRANGE, P.DAYS_EXCUSE, P.DAYS_KEEP, P.JOURNAL_SEE, P.VISITS_LOG,
        P.EXHIBITION_LEAD, P.NARRATIVE_PROOF,
        P.SCHOOL_PEOPLE, P.SCHOOL_MENTORS, P.SCHOOL_CLEARANCES, P.SCHOOL_PLACEMENTS, P.SCHOOL_PLANS,
        P.SCHOOL_PROGRAMME, P.SCHOOL_EXHIBITIONS,
        P.DESTINATION_SEE, P.DESTINATION_RECORD, P.SCHOOL_OUTCOMES, P.SCHOOL_DESTINATIONS,
    }),
    Role.LEAD: frozenset(_EVERYDAY | {
        P.STUDENT_EDIT, P.INTERESTS_WRITE, P.TEAM_EDIT, P.GUARDIANS_EDIT, P.ATTENDANCE_MARK, P.ONE_TO_ONE_SEE,
        P.NOTES_RESTRICTED, P.PLAN_MANAGE, P.OPPORTUNITIES_SEE, P.INTERNSHIP_SEE, P.INTERNSHIP_ASK,
        P.INTERNSHIP_ADVISE, P.INTERNSHIP_COORDINATE, P.PLACEMENT_ARRANGE, P.DAYS_EXCUSE, P.DAYS_KEEP, P.JOURNAL_SEE,
        P.PROJECT_APPROVE, P.VISITS_LOG, P.EXHIBITION_LEAD, P.NARRATIVE_PROOF, P.NARRATIVE_RELEASE,
        P.SCHOOL_PEOPLE, P.SCHOOL_ADVISORIES, P.SCHOOL_STAFF, P.SCHOOL_SETTINGS, P.SCHOOL_MENTORS,
        P.SCHOOL_CLEARANCES, P.SCHOOL_PLACEMENTS, P.SCHOOL_PLANS, P.SCHOOL_PROGRAMME,
        P.SCHOOL_EXHIBITIONS, P.SCHOOL_AUDIT,
        P.BACKGROUND_SEE, P.BACKGROUND_EDIT, P.DESTINATION_SEE, P.DESTINATION_RECORD,
        P.SCHOOL_OUTCOMES, P.SCHOOL_DESTINATIONS, P.SCHOOL_BACKGROUND,
    }),
    Role.SAFEGUARDING: frozenset(_EVERYDAY | {
        P.NOTES_RESTRICTED, P.NOTES_SAFEGUARDING, P.SCHOOL_PEOPLE, P.SCHOOL_PROGRAMME, P.BACKGROUND_SEE,
    }),
    Role.NETWORK_LEAD: frozenset({P.NETWORK_SEE}),
}  # fmt: skip

STAFF_ROLES = (Role.ADVISER, Role.SPECIALIST, Role.COORDINATOR, Role.LEAD, Role.SAFEGUARDING, Role.NETWORK_LEAD)
WHOLE_SCHOOL_ROLES = (Role.COORDINATOR, Role.LEAD, Role.SAFEGUARDING)

SCHOOL_PERMISSIONS = frozenset(p for p in Permission if p.startswith("school_"))
NETWORK_PERMISSIONS = frozenset(p for p in Permission if p.startswith("network_"))
STUDENT_PERMISSIONS = frozenset(Permission) - SCHOOL_PERMISSIONS - NETWORK_PERMISSIONS

# A guardian's rights can be narrower than the role's: one may read without writing, or write without signing.
NEEDS_WRITING = frozenset({
    P.PLAN_WRITE, P.PLAN_ITEMS, P.PLAN_COMMENT, P.PLAN_SUBMIT, P.PROJECT_WRITE, P.DAYS_EXCUSE, P.EVIDENCE_ADD,
    P.EXHIBITION_PREPARE, P.NARRATIVE_WRITE, P.PROFILE_CURATE,
})  # fmt: skip
NEEDS_SIGNING = frozenset({P.PLAN_SIGN, P.AGREEMENT_CONSENT})


def roles_granting(permission: str) -> list[str]:
    return [role for role, permissions in GRANTS.items() if permission in permissions]
