"""The short questions of check-in and of the mentor's week, from 1 to 5: one at a time, every other week.

Relation to the mentor, relevance and excitement are what the network's schools ask (PRACTICE 1.2, IMB1).
"""

import datetime

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from internships.models import Question

USUAL = [
    (Question.Of.STUDENT, _("How well do you get on with your mentor?")),
    (Question.Of.STUDENT, _("How much does what you do there matter to you?")),
    (Question.Of.STUDENT, _("How excited are you about it?")),
    (Question.Of.MENTOR, _("How well did the week go?")),
    (Question.Of.MENTOR, _("How much of the work was the student's own?")),
]


def take_over(school) -> None:
    """Give the school the usual questions, in its language; those that it has already stay."""
    has = set(Question.objects.filter(school=school).values_list("text", flat=True))
    with translation.override(school.language):
        for order, (of, text) in enumerate(USUAL):
            if str(text) not in has:
                Question.objects.create(school=school, of=of, text=str(text), order=order)


def question_for(school, of: str, date: datetime.date) -> Question | None:
    """What is asked on this day: in odd weeks of the calendar, another one each day; None in the others."""
    if date.isocalendar().week % 2 == 0:
        return None
    questions = list(Question.objects.filter(school=school, of=of, retired_on__isnull=True))
    return questions[date.toordinal() % len(questions)] if questions else None
