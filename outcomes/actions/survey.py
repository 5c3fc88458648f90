"""What somebody answers who was asked how they are, by themselves or through somebody of the school."""

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from outcomes import news
from outcomes.actions import asking, consent, destinations
from outcomes.answers import YES, as_sent, facts_of
from outcomes.consents import consent_of
from outcomes.models import Destination, Survey
from students.models import Student

# The field of the form beside which a day is refused.
SINCE = {
    Destination.Kind.ENROLLED: "studies_since", Destination.Kind.WORK: "works_since",
    Destination.Kind.CREDENTIAL: "finished_on",
}  # fmt: skip


@transaction.atomic
def answer(*, survey: Survey, said: dict, source: str, by, on: datetime.date, now: datetime.datetime) -> Survey:
    """What they said is known from now on, each thing by itself. The first answer stands: twice is once.

    Raises SurveyError, with the field of the form.
    """
    Student.objects.lock(survey.student)
    survey = Survey.objects.select_related("student__user", "school", "leaver").get(pk=survey.pk)
    if survey.answered_at is not None:
        return survey
    if survey.leaver.taken_back_at is not None:
        raise asking.SurveyError(_("They are at the school again: there is nothing to ask."))
    facts = facts_of(said, on)
    if not facts:
        raise asking.SurveyError(_("Please answer at least one of the first two questions."), "studies")
    survey.answers, survey.answered_at = as_sent(said), now
    survey.save(update_fields=["answers", "answered_at"])
    for one in facts:
        _keep(one, survey, source, by, on, now)
    _say_consent(survey, said, by, on, now)
    asking.write_down("answered", survey, by, source=source)
    news.answered(survey, by, on)
    return survey


def _keep(facts, survey, source, by, on, now):
    sure = Destination.Confidence.CERTAIN if source == Destination.Source.SELF else Destination.Confidence.LIKELY
    try:
        destinations.record(
            student=survey.student, by=by, on=on, now=now, survey=survey, said_on=on, source=source, confidence=sure,
            **facts,
        )  # fmt: skip
    except destinations.DestinationError as error:
        field = SINCE.get(facts["kind"]) if error.field == "starts_on" else error.field
        raise asking.SurveyError(str(error), field) from error


def _say_consent(survey, said, by, on, now):
    if not said["may_ask"]:
        return
    last = consent_of(survey.student)
    consent.say(
        student=survey.student, may_ask=said["may_ask"] == YES, email=said["email"] or (last.email if last else ""),
        phone=last.phone if last else "", by=by, on=on, now=now,
    )  # fmt: skip
