"""The plan template that a school begins with: the field's real questions (cover sheet, family review, mentor's
part) in plain words of our own. All of it is the school's to change."""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

from plans.models import Need
from schools.models import School
from schools.roles import Role

R = Role

# Everybody who can open a plan at all. Cover is let in wherever the adviser is.
EVERYBODY = [
    R.STUDENT, R.PARENT, R.MENTOR, R.ADVISER, R.SPECIALIST, R.COMMISSIONER, R.COORDINATOR, R.LEAD, R.SAFEGUARDING,
]  # fmt: skip
NOT_OUTSIDE = [role for role in EVERYBODY if role not in (R.MENTOR, R.COMMISSIONER)]
# Work items are written by those who may order and change them.
ITEM_WRITERS = [R.STUDENT, R.ADVISER]

TEMPLATE_NAME = gettext_noop("Learning plan")

SIGNING = {
    R.STUDENT: {"need": Need.ONE, "again": True},
    R.PARENT: {"need": Need.ONE, "again": True},
    R.MENTOR: {"need": Need.IF_ANY, "again": True},
    R.ADVISER: {"need": Need.ONE, "again": True},
}


@dataclass(frozen=True)
class SectionSpec:
    """One section as a template holds it."""

    key: str
    title: str
    guidance: str
    readers: tuple[str, ...]
    writers: tuple[str, ...]


def _spec(key, title, guidance, readers, writers):
    return SectionSpec(key, title, guidance, tuple(readers), tuple(writers))


SECTIONS = [
    _spec(
        "who_i_am", _("Who I am and what I care about"),
        _("What do you do when nobody tells you to?\nWhat would your friends come to you for?\n"
          "What makes you angry, curious or proud?\nWhich people and places matter to you?"),
        EVERYBODY, [R.STUDENT, R.PARENT, R.ADVISER],
    ),
    _spec(
        "life_goals", _("Life goals and priorities"),
        _("Where would you like to be in five years? It may change.\n"
          "What do you want from this term more than anything?\nWhat comes first, and what can wait?\n"
          "Which places of work would you like to see from the inside?"),
        EVERYBODY, [R.STUDENT, R.PARENT, R.MENTOR, R.ADVISER],
    ),
    _spec(
        "how_i_learn", _("How I learn and what I need"),
        _("When did you last learn something fast? What helped?\n"
          "What gets in the way: mornings, noise, reading, worry?\n"
          "What do you need from us, in school and at your internship?\n"
          "Mentors read this too; keep what is private for a one-to-one."),
        EVERYBODY, [R.STUDENT, R.PARENT, R.ADVISER, R.SPECIALIST],
    ),
    _spec(
        "five_goals", _("Where I stand in the learning goals"),
        _("Take each learning goal. What can you do already, and how could you show it?\n"
          "Where are you weakest? Which goal do you want to move this term?\n"
          "How do the goals meet the work you care about?"),
        EVERYBODY, [R.STUDENT, R.MENTOR, R.ADVISER, R.SPECIALIST],
    ),
    _spec(
        "family", _("The family's part"),
        _("What are you proud of this term? What worries you?\n"
          "Does this plan fit what you know of your child's strengths and wishes after school?\n"
          "What will you do at home to help it along? What do you need from the school?"),
        NOT_OUTSIDE, [R.STUDENT, R.PARENT, R.ADVISER],
    ),
    _spec(
        "mentor", _("The mentor's part"),
        _("What real work can the student help with, and what would make a difference to your place?\n"
          "What should the student be able to do by the end?\nWhich of the learning goals does your work touch?\n"
          "When do the two of you sit down together?"),
        EVERYBODY, [R.STUDENT, R.MENTOR, R.ADVISER],
    ),
]  # fmt: skip

# What a plan in English alternative provision holds besides; any school can add them.
ENGLAND = [
    _spec(
        "attendance_target", _("Attendance target"),
        _("What is attendance now, and what shall it be by the end of the term?\nWhat makes it hard to come, and what "
          "have we agreed to do about it?\nOn which dates do we look at it again?"),
        EVERYBODY, [R.STUDENT, R.PARENT, R.ADVISER],
    ),
    _spec(
        "workplace_skills", _("Workplace skills"),
        _("Which skills that employers ask for do you want to show: being on time, asking, working in a team, safety?\n"
          "Which qualification, if any, are you working towards?\nHow will your mentor and adviser know?"),
        EVERYBODY, [R.STUDENT, R.MENTOR, R.ADVISER, R.SPECIALIST],
    ),
    _spec(
        "next_step", _("Going back to school, or the next step"),
        _("Where do you go from here: back to your school, college, an apprenticeship, work?\n"
          "What has to be true before that, who does what, and by when?\nWho from your school follows this plan?"),
        [*NOT_OUTSIDE, R.COMMISSIONER], [R.STUDENT, R.PARENT, R.ADVISER],
    ),
]  # fmt: skip


# Also as the notes' title was stored in the language of whoever called the meeting.
NOTES_TITLE = _("Notes of the plan meeting")
SHIPPED = [NOTES_TITLE, *(words for spec in (*SECTIONS, *ENGLAND) for words in (spec.title, spec.guidance))]


def sections_for(school: School) -> list[SectionSpec]:
    """The default sections in the school's language; with those of England where the school is there."""
    return in_language_of(school, SECTIONS + (ENGLAND if school.system == School.System.ENGLAND else []))


def in_language_of(school: School, specs) -> list[SectionSpec]:
    with translation.override(school.language):
        return [
            SectionSpec(spec.key, str(spec.title), str(spec.guidance), spec.readers, spec.writers) for spec in specs
        ]


def name_for(school: School) -> str:
    with translation.override(school.language):
        return translation.gettext(TEMPLATE_NAME)


# How the school's five learning goals and the student's own checks read before somebody signs.
BEFORE_SIGNING = [
    _("Is this something you really care about?"),
    _("Are you comfortable with it, and a little excited?"),
    _("Can it be done in the time there is?"),
    _("Will it stretch you?"),
]
