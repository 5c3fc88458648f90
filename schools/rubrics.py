"""The rubric that we ship: four levels, the school's learning goals, and three things beside them.

The names of the levels are those that South Burlington's panels use (PRACTICE 3.6). The descriptors are ours; a
school changes what it likes.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from schools.models import LearningGoal, School

LEVELS = [_("Emerging"), _("Developing"), _("Proficient"), _("Accomplished")]

# What each level looks like, for the learning goals by key.
OF_GOALS = {
    "empirical": [
        _("Says what happened; a question and a way to test it are still missing."),
        _("Asks a question that can be tested and has gathered something; what follows from it is not clear yet."),
        _("Tests an idea with data, says how, and draws a conclusion that the data bear."),
        _("Plans the test so that others could repeat it, weighs other explanations, and says what is open."),
    ],
    "quantitative": [
        _("Uses single numbers without saying what they mean for the work."),
        _("Counts or measures, and shows it in a table or drawing; some of it does not fit the question."),
        _("Chooses measures and pictures that fit, calculates correctly, and explains what they say."),
        _("Compares models, estimates how sure the numbers are, and uses them to decide something real."),
    ],
    "communication": [
        _("Tells what was done; whom it is for and what matters most stays open."),
        _("Speaks or writes to an audience in an order that can be followed, with help from notes."),
        _("Makes a point, supports it, listens to questions and answers them in own words."),
        _("Moves an audience outside the school: form, language and medium are chosen for it, and criticism is used."),
    ],
    "social": [
        _("Sees the work from one side."),
        _("Names others whom it touches and what they may think."),
        _("Has asked people with different views, explains where these come from, and takes them into account."),
        _("Weighs interests, history and what is fair, and has changed something with others because of it."),
    ],
    "qualities": [
        _("Begins when others ask; gives up or waits when it gets hard."),
        _("Keeps some agreements and says when help is needed."),
        _("Keeps agreements, goes on when it gets hard, and treats people with respect."),
        _("Takes responsibility for the work and for others, and helps them to do better."),
    ],
    "learning": [
        _("Cannot say yet what helps to learn."),
        _("Knows one or two ways that help and uses them when reminded."),
        _("Chooses how to learn something new, checks whether it worked, and changes the way when it did not."),
        _("Plans own learning over months, finds people and sources alone, and can teach others how."),
    ],
}  # fmt: skip

BESIDE = [
    ("understanding", _("Understanding"), _("Does the student know what is behind the work?"), [
        _("Repeats what was read or heard."),
        _("Explains parts of it; questions show gaps."),
        _("Explains it in own words, and why it is so, and uses it in the work."),
        _("Connects it with other fields, sees where it ends, and asks new questions."),
    ]),
    ("motivation", _("Motivation"), _("Whose work is it, and what drives it?"), [
        _("Does what was asked for."),
        _("Has found a part that matters and tells of it."),
        _("Has chosen the work, goes on without being asked, and says why it matters."),
        _("Goes well beyond what was planned, and draws others in."),
    ]),
    ("behaviours", _("Behaviors"), _("How does the student work, alone and with others?"), [
        _("Needs to be reminded of times, tools and agreements."),
        _("Is prepared and on time mostly, and corrects it when told."),
        _("Is prepared, on time, careful with people and tools, and learns from mistakes."),
        _("Sets the standard for others, at the school and at work."),
    ]),
]  # fmt: skip

SHIPPED = [
    *LEVELS,
    *(words for of_goal in OF_GOALS.values() for words in of_goal),
    *(words for _key, name, question, levels in BESIDE for words in (name, question, *levels)),
]


@dataclass(frozen=True)
class CriterionWords:
    """A criterion of a rubric that is not written yet; `words` by level, the first first, "" where nothing is said."""

    key: str
    name: str
    question: str
    words: tuple[str, ...]
    goal: LearningGoal | None = None


@dataclass(frozen=True)
class RubricWords:
    levels: tuple[str, ...]
    criteria: tuple[CriterionWords, ...]


def shipped_for(school: School) -> RubricWords:
    """Our rubric with this school's learning goals, in its language."""
    with translation.override(school.language):
        levels = tuple(map(str, LEVELS))
        empty = ("",) * len(levels)
        goals = [
            CriterionWords(
                goal.key, goal.name, goal.question, tuple(map(str, OF_GOALS.get(goal.key, empty))), goal
            )
            for goal in LearningGoal.objects.filter(school=school, retired_on__isnull=True)
        ]  # fmt: skip
        beside = [
            CriterionWords(key, str(name), str(question), tuple(map(str, words)))
            for key, name, question, words in BESIDE
        ]
    return RubricWords(levels, (*goals, *beside))


def words_of(rubric) -> RubricWords:
    """A rubric as it is written; three queries."""
    levels = list(rubric.levels.all())
    criteria = [
        CriterionWords(
            one.key, one.name, one.question,
            tuple(next((d.words for d in one.descriptors.all() if d.level_id == level.pk), "") for level in levels),
            one.goal,
        )
        for one in rubric.criteria.select_related("goal").prefetch_related("descriptors")
    ]  # fmt: skip
    return RubricWords(tuple(level.name for level in levels), tuple(criteria))
