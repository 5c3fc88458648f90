"""What is asked of everybody on site: the usual first tasks and the parts of a proposal, until a school has its own.

The tasks are the field's two (PRACTICE 3.3: an anthropology of the workplace, an interview with the mentor); the parts
are the five A's with an introduction before them (PRACTICE 3.4, form A), in plain words of our own.
"""

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from internships.models import Prompt
from schools.models import School

USUAL = {
    Prompt.Of.TASK: [
        (
            _("Interview your mentor"),
            _("How did they come to this work? What did they want to be at your age? What is hard about it, and what "
              "would they not want to miss? Write down three answers that surprised you."),
        ),
        (
            _("Draw the place"),
            _("Who works where, with whom do they talk, what is on the walls, what are people proud of? Draw a map or "
              "take a photo, and say what somebody new should know."),
        ),
    ],
    Prompt.Of.PART: [
        (
            _("What and why"),
            _("What will you make or find out? Which question is behind it? Why does it matter to you?"),
        ),
        (
            _("Authenticity: who needs it"),
            _("What will be there at the end that can be used? Who has a use for it: the place, other people, you?"),
        ),
        (
            _("Academic rigour: what you will know"),
            _("Which questions must you answer on the way? How will you prove, measure, ask and explain? Tick the "
              "learning goals above that it serves."),
        ),
        (
            _("Active exploration: what you will do"),
            _("Which steps will you take, where, with what? How do you keep a record of what you do?"),
        ),
        (
            _("Adult relationships: who helps you"),
            _("Which adults know what you need? How often do you talk with them, and who arranges it?"),
        ),
        (
            _("Assessment: how you know that it is good"),
            _("What does good work of this kind look like? Who looks at your drafts, and how many will there be? What "
              "will you show at your exhibition?"),
        ),
    ],
}  # fmt: skip


def shipped() -> list:
    """All words above, for common/shipped.py."""
    return [words for pairs in USUAL.values() for pair in pairs for words in pair]


def prompts_of(school: School, of: str) -> list[Prompt]:
    """What this school asks; the usual ones, not kept, where it has never changed them."""
    rows = list(Prompt.objects.filter(school=school, of=of))
    return [row for row in rows if row.retired_on is None] if rows else _usual(school, of)


@transaction.atomic
def take_over(school: School, of: str) -> None:
    """Keep the usual ones as the school's own, so that it can change them; once, whoever is first."""
    School.objects.select_for_update().get(pk=school.pk)
    if not Prompt.objects.filter(school=school, of=of).exists():
        Prompt.objects.bulk_create(_usual(school, of))


@transaction.atomic
def add(school: School, *, of: str, title: str, guidance: str) -> Prompt:
    """Another one, last; one that asks the same already is the same one."""
    take_over(school, of)
    rows = Prompt.objects.filter(school=school, of=of)
    if same := rows.filter(title=title, guidance=guidance, retired_on__isnull=True).first():
        return same
    order = 1 + max(rows.values_list("order", flat=True), default=-1)
    return Prompt.objects.create(school=school, of=of, title=title, guidance=guidance, order=order)


def _usual(school, of):
    with translation.override(school.language):
        return [
            Prompt(school=school, of=of, title=str(title), guidance=str(guidance), order=order)
            for order, (title, guidance) in enumerate(USUAL[of])
        ]
