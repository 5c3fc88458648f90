from bpl.tests.access import Row
from outcomes.models import Destination
from outcomes.tests.factories import a_destination, a_leaver, a_survey


def school(cast):
    return {"school_id": cast.school.pk}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def of_kind(cast):
    return sam(cast) | {"kind": "work"}


def a_row(cast):
    found = Destination.objects.first() or a_destination(cast, "sam", starts_on=cast.term.starts_on)
    return sam(cast) | {"destination_id": found.pk}


def left(cast):
    return {"student_id": a_leaver(cast, "kit").student_id}


def survey(cast):
    return left(cast) | {"survey_id": a_survey(cast, "kit").pk}


SEES = "sam ada cover coordinator lead"
NOT_SEES = "rosa grandma mo specialist safeguarding"
RECORDS = "ada cover coordinator lead"
NOT_RECORDS = f"{NOT_SEES} sam"


ROWS = [
    *(
        Row(f"outcomes:{name}", kwargs=school, ok="coordinator lead", may_not="ada ben cover specialist safeguarding")
        for name in ("leavers", "leavers_csv")
    ),
    Row("outcomes:in_touch", signed_in=True),
    Row("outcomes:destinations", kwargs=sam, ok=SEES, may_not=NOT_SEES),
    # The one to speak of asking them is also the student.
    Row("outcomes:contact_consent", method="post", kwargs=sam, ok=SEES, may_not=NOT_SEES),
    *(
        Row(f"outcomes:{name}", method=method, kwargs=kwargs, ok=RECORDS, may_not=NOT_RECORDS)
        for name, method, kwargs in (
            ("destination_record", "get", of_kind),
            ("destination_record", "post", of_kind),
            ("destination_correct", "get", a_row),
            ("destination_correct", "post", a_row),
            ("destination_withdraw", "post", a_row),
        )
    ),
    # Kit has left: the family sees nothing more, the adviser of the last day stays in touch.
    Row("outcomes:leaver_how", method="post", kwargs=left, ok="ben coordinator lead", may_not="kit safeguarding"),
    Row("outcomes:survey", kwargs=survey, ok="kit ben coordinator lead", may_not="safeguarding"),
    Row("outcomes:survey", method="post", kwargs=survey, ok="kit ben coordinator lead", may_not="safeguarding"),
    Row("outcomes:survey_send", method="post", kwargs=survey, ok="ben coordinator lead", may_not="kit safeguarding"),
    # Without the link's secret everybody is sent to the page that says so.
    *(
        Row("outcomes:alumni_link", method=method, kwargs=lambda cast: {"link_id": 1}, public=True)
        for method in ("get", "post")
    ),
]
