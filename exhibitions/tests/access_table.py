from bpl.tests.access import Row
from bpl.tests.cast import NOW, TODAY
from exhibitions.actions.exhibitions import put_in
from exhibitions.actions.gateways import make_one, write_gateway
from exhibitions.actions.judging import Saying, correct
from exhibitions.actions.rehearsals import arrange
from exhibitions.models import Exhibition
from exhibitions.sharing import secret_of
from exhibitions.tests.factories import (
    a_choice,
    a_file,
    a_narrative,
    a_share,
    a_window,
    an_exhibition,
    rated,
    seat_of,
)
from plans.models import Plan
from plans.tests.factories import a_plan

SEE = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"
ADD = "sam rosa mo ada cover"


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def evidence(cast):
    return sam(cast) | {"evidence_id": a_file(cast).pk}


def of_sam(name, method, ok, kwargs=sam, gone="", data=lambda cast: {}):
    """`gone` are those who may see the student's evidence and not this: a mentor sees that of their own placement."""
    may_not = " ".join(one for one in SEE.split() if one not in ok.split() and one not in gone.split())
    return Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok=ok, may_not=may_not, data=data)


def but_mo(names):
    return " ".join(one for one in names.split() if one != "mo")


def window(cast):
    return {"school_id": cast.school.pk, "window_id": a_window(cast).pk}


def school(cast):
    return {"school_id": cast.school.pk}


def exhibition(cast):
    return sam(cast) | {"exhibition_id": an_exhibition(cast).pk}


def placed(cast):
    found = an_exhibition(cast)
    return {"school_id": cast.school.pk, "window_id": found.window_id, "exhibition_id": found.pk}


def arranged(cast):
    return {"do": f"in:{a_file(cast).pk}"}


def said_of(cast):
    return sam(cast) | {"chosen_id": a_choice(cast).pk}


def shared(cast):
    return {"secret": secret_of(a_share(cast))}


def shared_file(cast):
    return shared(cast) | {"evidence_id": a_choice(cast).evidence_id}


def seat(cast):
    """Mo's, at Sam's exhibition."""
    return {"seat_id": seat_of(an_exhibition(cast), cast.mo).pk}


def told(cast):
    found = an_exhibition(cast)
    room = found.window.rooms.first()
    Exhibition.objects.filter(pk=found.pk).update(told_starts_at=NOW, told_room=room)
    return {"seat_id": seat_of(found, cast.mo).pk}


def shown(cast):
    found, photo = an_exhibition(cast), a_file(cast)
    put_in(exhibition=found, evidence=photo, by=cast.sam)
    return {"seat_id": seat_of(found, cast.mo).pk, "evidence_id": photo.pk}


def seat_on_panel(cast):
    return exhibition(cast) | seat(cast)


def narrative(cast):
    return exhibition(cast) | {"number": a_narrative(cast).number}


def released(cast):
    return exhibition(cast) | {"number": a_narrative(cast, released=True).number}


def begun(cast):
    a_narrative(cast)
    return exhibition(cast)


def given(cast):
    a_narrative(cast, released=True)
    return exhibition(cast) | {"user_id": cast.rosa.pk}


def gateway(cast):
    found = write_gateway(school=cast.school, name="Graduation", asks="A thesis", by=cast.lead)
    return school(cast) | {"gateway_id": found.pk}


def a_passage(cast):
    found = write_gateway(school=cast.school, name="Graduation", asks="A thesis", by=cast.lead)
    make_one(exhibition=an_exhibition(cast), gateway=found, by=cast.lead)
    return exhibition(cast)


def rehearsal(cast):
    return {"rehearsal_id": arrange(exhibition=an_exhibition(cast), held_on=TODAY, by=cast.sam, on=TODAY, now=NOW).pk}


def suggested(cast):
    found = an_exhibition(cast)
    who = rated(found, cast.ada)
    if not who.remarks.exists():
        correct(seat=who, sayings=[Saying("suggestion", None, "Go on")], device="a", now=NOW)
    plan = Plan.objects.filter(student=cast.student("sam")).first() or a_plan(cast, term=cast.next_term)
    return {"plan_id": plan.pk, "remark_id": who.remarks.get().pk}


PREPARE = "sam ada cover"
LEADING = "ada cover coordinator lead"
READ = but_mo(SEE)
PROOF = "specialist coordinator lead"
RELEASE = "ada cover lead"
SEE_PROFILE = but_mo(SEE)
STAFF_MAY_NOT = "ada ben cover specialist safeguarding"


ROWS = [
    *(
        Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok="coordinator lead", may_not=STAFF_MAY_NOT)
        for name, method, kwargs in (("windows", "post", school),)
    ),
    *(
        Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok="coordinator lead", may_not=STAFF_MAY_NOT)
        for name, method, kwargs in (
            ("window_change", "get", window),
            ("window_change", "post", window),
            ("window_remove", "post", window),
            ("begin_all", "post", window),
            ("ask_times", "post", window),
            ("timetable", "get", window),
            ("timetable_propose", "post", window),
            ("timetable_tell", "post", window),
            ("timetable_place", "get", placed),
            ("timetable_place", "post", placed),
        )
    ),
    *(
        Row(
            f"exhibitions:{name}", kwargs=kwargs, ok="coordinator lead ada ben cover safeguarding", may_not="specialist"
        )
        for name, kwargs in (("windows", school), ("window", window), ("programme", window), ("programme_pdf", window))
    ),
    of_sam("index", "get", SEE),
    Row(
        "exhibitions:begin",
        method="post",
        kwargs=sam,
        ok=PREPARE,
        data=lambda cast: {"window": a_window(cast).pk},
        may_not=" ".join(one for one in SEE.split() if one not in PREPARE.split()),
    ),
    of_sam("show", "get", SEE, exhibition),
    of_sam("name", "post", PREPARE, exhibition),
    Row(
        "exhibitions:arrange",
        method="post",
        kwargs=exhibition,
        ok=PREPARE,
        data=arranged,
        may_not=" ".join(one for one in SEE.split() if one not in PREPARE.split()),
    ),
    of_sam("rehearse", "post", PREPARE, exhibition),
    Row("exhibitions:rehearsal", kwargs=rehearsal, ok="lena"),
    Row("exhibitions:rehearsal", method="post", kwargs=rehearsal, ok="lena"),
    of_sam("panel", "get", LEADING, exhibition),
    of_sam("call_off", "post", PREPARE, lambda cast: exhibition(cast) | rehearsal(cast)),
    of_sam("panel_times", "get", LEADING, seat_on_panel),
    of_sam("panel_times", "post", LEADING, seat_on_panel),
    of_sam("panel_team", "post", LEADING, exhibition),
    of_sam("panel_person", "post", LEADING, exhibition),
    of_sam("panel_guest", "post", LEADING, exhibition),
    of_sam("panel_seat", "post", LEADING, seat_on_panel),
    of_sam("lead", "get", LEADING, exhibition),
    of_sam("lead", "post", LEADING, exhibition),
    Row("exhibitions:seats", signed_in=True),
    *(
        Row(f"exhibitions:seat{name}", method=method, kwargs=kwargs, ok="mo")
        for name, method, kwargs in (
            ("", "get", seat),
            ("_reply", "post", told),
            ("_times", "post", seat),
            ("_calendar", "get", told),
            ("_evidence", "get", shown),
            ("_file", "get", shown),
            ("_small", "get", shown),
            ("_judge", "get", seat),
            ("_judge", "post", seat),
            ("_save", "post", seat),
            ("_together", "get", seat),
            ("_consent", "post", seat),
        )
    ),
    # Without the link's secret everybody is sent to the page that says so.
    *(
        Row(
            f"exhibitions:panel_link{name}",
            method=method,
            kwargs=lambda cast, rest=rest: {"link_id": 1} | rest,
            public=True,
        )
        for name, method, rest in (
            ("", "get", {}),
            ("_reply", "post", {}),
            ("_times", "post", {}),
            ("_calendar", "get", {}),
            ("_evidence", "get", {"evidence_id": 1}),
            ("_file", "get", {"evidence_id": 1}),
            ("_small", "get", {"evidence_id": 1}),
            ("_judge", "get", {}),
            ("_judge", "post", {}),
            ("_save", "post", {}),
            ("_together", "get", {}),
            ("_consent", "post", {}),
        )
    ),
    Row("exhibitions:narrative_link", kwargs=lambda cast: {"link_id": 1}, public=True),
    Row("exhibitions:narrative_link", method="post", kwargs=lambda cast: {"link_id": 1}, public=True),
    # Before a narrative is released: one after the other, these make one exhibition go on.
    of_sam("decide", "get", LEADING, a_passage),
    of_sam("decide", "post", LEADING, a_passage),
    of_sam("narrative", "get", READ, exhibition),
    of_sam("narrative_number", "get", READ, released),
    of_sam("narrative_pdf", "get", READ, released),
    of_sam("narrative_begin", "post", PREPARE, exhibition),
    of_sam("narrative_ask", "post", PREPARE, begun),
    of_sam("narrative_accept", "post", PROOF, begun),
    of_sam("narrative_return", "post", PROOF, begun),
    of_sam("narrative_release", "post", RELEASE, begun),
    of_sam("narrative_correct", "post", RELEASE, begun),
    of_sam("narrative_drop", "post", RELEASE, begun),
    of_sam("narrative_given", "post", RELEASE, given),
    of_sam("gateway_make", "post", LEADING, exhibition),
    *(
        Row(f"exhibitions:{name}", method=method, kwargs=kwargs, ok="lead", may_not=STAFF_MAY_NOT + " coordinator")
        for name, method, kwargs in (
            ("gateways", "get", school),
            ("gateways", "post", school),
            ("gateway", "get", gateway),
            ("gateway", "post", gateway),
            ("gateway_retire", "post", gateway),
        )
    ),
    Row(
        "exhibitions:suggestion",
        method="post",
        kwargs=suggested,
        ok=PREPARE,
        may_not=" ".join(one for one in SEE.split() if one not in PREPARE.split()),
    ),
    of_sam("profile", "get", SEE_PROFILE),
    of_sam("profile_print", "get", SEE_PROFILE),
    of_sam("profile_pdf", "get", SEE_PROFILE),
    of_sam("profile_choose", "post", "sam", data=lambda cast: {"what": f"evidence:{a_file(cast).pk}"}),
    of_sam("profile_arrange", "post", "sam", data=lambda cast: {"do": f"out:{a_choice(cast).pk}"}),
    of_sam("profile_about", "post", "sam"),
    of_sam("profile_say", "post", "sam", said_of),
    of_sam("profile_share", "get", "sam"),
    of_sam("profile_share", "post", "sam"),
    of_sam("profile_revoke", "post", "sam", lambda cast: sam(cast) | {"share_id": a_share(cast).pk}),
    Row("exhibitions:profile_link", kwargs=shared, public=True),
    Row("exhibitions:profile_link_pdf", kwargs=shared, public=True),
    Row("exhibitions:profile_link_file", kwargs=shared_file, public=True),
    Row("exhibitions:profile_link_small", kwargs=shared_file, public=True),
    of_sam("evidence", "get", SEE),
    of_sam("evidence_add", "get", ADD),
    of_sam("evidence_add", "post", ADD),
    of_sam("evidence_send", "post", ADD),
    of_sam("evidence_upload", "post", ADD),
    of_sam("evidence_one", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_file", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_small", "get", but_mo(SEE), evidence, gone="mo"),
    of_sam("evidence_change", "get", "sam", evidence, gone="mo"),
    of_sam("evidence_change", "post", "sam", evidence, gone="mo"),
    of_sam("evidence_remove", "post", "sam", evidence, gone="mo"),
]
