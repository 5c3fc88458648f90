"""Two taps, two processes, two people in the same moment: one answer, one question, one row."""

import uuid

import pytest

from accounts.models import Link
from bpl.tests.cast import NOW, TODAY
from notices.models import Email
from outcomes.actions import asking
from outcomes.actions.leaving import came_back
from outcomes.actions.survey import answer
from outcomes.models import Destination, Survey
from outcomes.tests.factories import YES, a_destination, a_leaver, a_survey
from outcomes.tests.test_survey import said
from rosters.tests.test_at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_survey_is_answered_once(cast):
    survey = a_survey(cast, consent=YES)

    def tap():
        facts = said(survey, studies="no", works="no")
        answer(survey=survey, said=facts, source="self", by=cast.omar, on=TODAY, now=NOW)

    assert at_once(tap, tap, tap) == []
    assert Destination.objects.count() == 1


def test_a_survey_is_asked_once(cast):
    a_survey(cast, consent=YES)

    def morning():
        asking.ask_due(school=cast.school, on=TODAY, now=NOW)

    assert at_once(morning, morning) == []
    assert Link.objects.filter(purpose="alumni").count() == 1
    assert Email.objects.filter(address="mine@example.org").count() == 1


def test_nobody_is_asked_who_comes_back_in_that_moment(cast):
    survey = a_survey(cast, consent=YES)
    raised = at_once(
        lambda: asking.ask_due(school=cast.school, on=TODAY, now=NOW),
        lambda: came_back(student=survey.student, by=cast.lead, now=NOW),
    )
    assert raised == [] and not Link.objects.filter(purpose="alumni").usable(NOW).exists()
    assert not Survey.objects.filter(asked_at__isnull=True).exists()


def test_a_form_sent_twice_at_once_is_one_row(cast):
    a_leaver(cast)
    key = uuid.uuid4()
    assert at_once(*[lambda: a_destination(cast, key=key)] * 3) == []
    assert Destination.objects.count() == 1
