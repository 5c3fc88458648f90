"""What a new school begins with, in the network's published words; all of it is the school's own to change."""

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schools.models import AttendanceCode, LearningGoal, School

Counts = AttendanceCode.Counts
# The fifth goal's key; what it is called is a setting of the school.
QUALITIES = "qualities"

# Heads and sub-areas: Big Picture Learning's published learning goals (PRACTICE: WKC3, NBM2, BPG).
GOALS = [
    ("empirical", _("Empirical reasoning"), _("How do I prove it?"),
     _("What is my question?\nWhat do others already know?\nWhat do I expect, and why?\nHow will I test it?\n"
       "What do my results say, and how sure am I?")),
    ("quantitative", _("Quantitative reasoning"), _("How do I measure, compare or represent it?"),
     _("What can I count or estimate?\nWhich formula or graph shows it?\nWhat trend do I see?\nWhat do I predict?")),
    ("communication", _("Communication"), _("How do I take in and express ideas?"),
     _("Who is my audience?\nWhat will I read, write, listen to and say?\nWhich technology or art will I use?\n"
       "Could I say it in another language?")),
    ("social", _("Social reasoning"), _("What do other people have to say about this?"),
     _("What is the history of this?\nWho sees it differently, and why?\nWho gains and who loses?\n"
       "What is the right thing to do?")),
    (QUALITIES, _("Social qualities"), _("What do I bring to this process?"),
     _("How do I show respect and responsibility?\nWhat do I do when it gets hard?\nHow do I organise my time?\n"
       "How do I lead?")),
]  # fmt: skip
SIXTH_GOAL = (
    "learning", _("Knowing how to learn"), _("How do I learn best, and how do I know?"),
    _("What helps me to begin?\nWhom do I ask?\nHow do I check that I understood?"),
)  # fmt: skip
# Other schools' name of the fifth.
PERSONAL_QUALITIES = _("Personal qualities")
CODES = {
    School.System.UNITED_STATES: [
        ("P", _("Present"), Counts.PRESENT, ""), ("T", _("Late"), Counts.LATE, ""),
        ("I", _("At internship"), Counts.ELSEWHERE, ""), ("E", _("Absent, excused"), Counts.EXCUSED, ""),
        ("A", _("Absent"), Counts.ABSENT, ""),
    ],
    # National codes since 19 August 2024: SI 2024/208, regulation 10.
    School.System.ENGLAND: [
        ("/", _("Present"), Counts.PRESENT, "/"), ("L", _("Late"), Counts.LATE, "L"),
        ("W", _("Work experience"), Counts.ELSEWHERE, "W"), ("B", _("Educated off site"), Counts.ELSEWHERE, "B"),
        ("K", _("Provision arranged by the authority"), Counts.ELSEWHERE, "K"),
        ("D", _("Dual registered"), Counts.ELSEWHERE, "D"),
        ("I", _("Ill"), Counts.EXCUSED, "I"), ("M", _("Medical appointment"), Counts.EXCUSED, "M"),
        ("C", _("Other authorised absence"), Counts.EXCUSED, "C"),
        ("N", _("No reason yet"), Counts.ABSENT, "N"), ("O", _("Unauthorised absence"), Counts.ABSENT, "O"),
    ],
}  # fmt: skip
SHIPPED = [
    PERSONAL_QUALITIES,
    *(words for goal in (*GOALS, SIXTH_GOAL) for words in goal[1:]),
    *(name for codes in CODES.values() for _code, name, *_rest in codes),
]


def equip(school: School) -> None:
    """Give a new school its goals and attendance codes, in its own language; what it has already stays."""
    LearningGoal.objects.bulk_create(
        [
            LearningGoal(
                school=school,
                key=key,
                question=question,
                prompts=prompts,
                order=order,
                name=school.qualities_name if key == QUALITIES else name,
            )
            for order, (key, name, question, prompts) in enumerate(_in_language_of(school, GOALS))
        ],
        ignore_conflicts=True,
    )
    AttendanceCode.objects.bulk_create(
        [
            AttendanceCode(school=school, code=code, name=name, counts=counts, national_code=national, order=order)
            for order, (code, name, counts, national) in enumerate(_in_language_of(school, CODES[school.system]))
        ],
        ignore_conflicts=True,
    )


def _in_language_of(school, rows):
    with translation.override(school.language):
        return [tuple(map(str, row)) for row in rows]
