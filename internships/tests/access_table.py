from accounts.actions.links import make_link
from bpl.tests.access import Row
from bpl.tests.cast import NOW, TODAY
from internships.actions.learning import write_journal
from internships.actions.projects import add_checkpoint, begin_project
from internships.models import (
    AgreementForm,
    FirstTask,
    Matching,
    MatchLine,
    Placement,
    PlacementMentor,
    Project,
    ProjectDraft,
    SiteDay,
)
from internships.tests.factories import a_begun_placement, a_photo, a_pursuit, an_opportunity

# Who may work with a school's mentors, and the rest of its staff.
OK, MAY_NOT = "ada ben cover coordinator lead", "specialist safeguarding"


def school(cast):
    return {"school_id": cast.school.pk}


def a_prompt(cast):
    return school(cast) | {"of": "task", "order": 0}


def organisation(cast):
    return school(cast) | {"organisation_id": cast.boatyard.pk}


def opportunity(cast):
    return school(cast) | {"opportunity_id": an_opportunity(cast).pk}


def sam(cast):
    return {"student_id": cast.student("sam").pk}


def for_sam(cast):
    return sam(cast) | {"opportunity_id": an_opportunity(cast).pk}


def of_school(name, kwargs, methods=("get", "post")):
    return [Row(f"internships:{name}", method=method, kwargs=kwargs, ok=OK, may_not=MAY_NOT) for method in methods]


def browsed(name, kwargs):
    ok, may_not = "sam rosa grandma ada cover coordinator lead", "mo specialist safeguarding"
    return Row(f"internships:{name}", method="get", kwargs=kwargs, ok=ok, may_not=may_not)


def pursuit(cast):
    return sam(cast) | {"pursuit_id": a_pursuit(cast).pk}


SEE, ASK, SAY = "sam rosa grandma ada cover coordinator lead", "sam ada cover lead", "ada cover coordinator lead"
TEAM = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"


def of_sam(name, method, ok, kwargs=sam):
    may_not = " ".join(one for one in TEAM.split() if one not in ok.split())
    return Row(f"internships:{name}", method=method, kwargs=kwargs, ok=ok, may_not=may_not)


def placement(cast):
    # A row is asked for by several tests on one database; a student has one placement on a weekday.
    found = cast.student("sam").placements.first() or a_begun_placement(cast)
    return sam(cast) | {"placement_id": found.pk}


def agreement_form(cast):
    found = placement(cast)
    form = AgreementForm.objects.get(placement=found["placement_id"], kind="student")
    AgreementForm.objects.filter(pk=form.pk).update(person=cast.sam)
    return found | {"form_id": form.pk}


def agreement_link(cast):
    link, _secret = make_link(
        user=cast.mo, purpose="agreement", way="email", by=cast.ada, now=NOW, subject="0", school_id=cast.school.pk
    )
    return {"link_id": link.pk}


def site_person(cast):
    found = placement(cast)
    return found | {"row_id": PlacementMentor.objects.get(placement=found["placement_id"]).pk}


def site_day(cast):
    found = placement(cast)
    facts = {"placement_id": found["placement_id"], "date": TODAY}
    day, _new = SiteDay.objects.get_or_create(**facts, defaults={"school": cast.school, "student": cast.student("sam")})
    return found | {"day_id": day.pk}


def week_link(cast):
    link, _secret = make_link(
        user=cast.mo, purpose="site_week", way="email", by=cast.ada, now=NOW, subject="0:2026-11-23",
        school_id=cast.school.pk,
    )  # fmt: skip
    return {"link_id": link.pk}


def feedback_link(cast):
    link, _secret = make_link(
        user=cast.mo, purpose="site_feedback", way="email", by=cast.ada, now=NOW, subject="0:end",
        school_id=cast.school.pk,
    )  # fmt: skip
    return {"link_id": link.pk}


def shadow_link(cast):
    link, _secret = make_link(
        user=cast.mo, purpose="shadow_host", way="email", by=cast.ada, now=NOW, subject="0:before",
        school_id=cast.school.pk,
    )  # fmt: skip
    return {"link_id": link.pk}


def matching(cast):
    found = Matching.objects.filter(school=cast.school).first() or Matching.objects.create(
        school=cast.school, starts_on=TODAY, asked_by=cast.lead, asked_at=NOW, state="solved"
    )
    return school(cast) | {"matching_id": found.pk}


def match_line(cast):
    found = matching(cast)
    line, _new = MatchLine.objects.get_or_create(
        matching_id=found["matching_id"], student=cast.student("sam"), defaults={"why_not": "none"}
    )
    return found | {"line_id": line.pk}


def of_placers(name, kwargs, methods=("get", "post")):
    may_not = f"{MAY_NOT} ada ben cover"
    return [
        Row(f"internships:{name}", method=method, kwargs=kwargs, ok="coordinator lead", may_not=may_not)
        for method in methods
    ]


def project(cast):
    found = placement(cast)
    begun = begin_project(
        placement=Placement.objects.get(pk=found["placement_id"]), title="A bench for the yard", by=cast.sam, at=NOW
    )
    return found | {"project_id": begun.pk}


def checkpoint(cast):
    found = project(cast)
    begun = Project.objects.get(pk=found["project_id"])
    row = begun.checkpoints.first() or add_checkpoint(project=begun, title="A drawing", due_on=TODAY, by=cast.sam)
    return found | {"checkpoint_id": row.pk}


def project_draft(cast):
    found = project(cast)
    ProjectDraft.objects.get_or_create(
        project_id=found["project_id"], number=1,
        defaults={"marks": {}, "handed_in_by": cast.sam, "handed_in_at": NOW},
    )  # fmt: skip
    return found | {"number": 1}


def first_task(cast):
    found = placement(cast)
    task = FirstTask.objects.filter(placement=found["placement_id"], done_at__isnull=True).first()
    return found | {"task_id": task.pk}


def photo(cast):
    found = placement(cast)
    place = Placement.objects.get(pk=found["placement_id"])
    entry = place.journal.first() or write_journal(placement=place, date=TODAY, text="Hull.", by=cast.sam, now=NOW)
    return found | {"photo_id": a_photo(entry).pk}


WRITE, READ = "sam mo ada cover", "sam rosa grandma mo ada cover coordinator lead"

EXCUSE, KEEP = "sam rosa mo ada cover coordinator lead", "ada cover coordinator lead"
SEE_PLACEMENT = "sam rosa grandma mo ada cover specialist coordinator lead safeguarding"


ROWS = [
    of_sam("placements", "get", SEE_PLACEMENT),
    of_sam("placement", "get", SEE_PLACEMENT, placement),
    of_sam("agreement", "get", SEE, placement),
    of_sam("agreement_send", "post", SAY, placement),
    of_sam("agreement_form", "get", "sam ada cover coordinator lead", agreement_form),
    of_sam("agreement_form", "post", "sam ada cover coordinator lead", agreement_form),
    of_sam("agreement_again", "post", SAY, agreement_form),
    of_sam("placement_new", "get", SAY, sam),
    of_sam("placement_new", "post", SAY, sam),
    of_sam("placement_begin", "post", SAY, placement),
    of_sam("placement_on", "post", SAY, placement),
    of_sam("placement_rest", "post", SAY, placement),
    of_sam("placement_schedule", "get", SAY, placement),
    of_sam("placement_schedule", "post", SAY, placement),
    of_sam("placement_person", "post", SAY, placement),
    of_sam("placement_drop", "post", SAY, site_person),
    of_sam("placement_away", "post", SAY, site_person),
    of_sam("placement_change", "get", SAY, placement),
    of_sam("placement_change", "post", SAY, placement),
    of_sam("placement_end", "get", SAY, placement),
    of_sam("placement_end", "post", SAY, placement),
    of_sam("today_mine", "get", "sam", sam),
    of_sam("check_in", "post", "sam", placement),
    of_sam("check_out", "post", "sam", placement),
    of_sam("absence", "get", EXCUSE, placement),
    of_sam("absence", "post", EXCUSE, placement),
    of_sam("absence_back", "post", EXCUSE, site_day),
    of_sam("make_up", "get", KEEP, placement),
    of_sam("make_up", "post", KEEP, placement),
    of_sam("week", "get", f"mo {KEEP}", placement),
    of_sam("week", "post", f"mo {KEEP}", placement),
    of_sam("journal", "get", "sam", placement),
    of_sam("journal", "post", "sam", placement),
    *(of_sam("project_new", method, WRITE, placement) for method in ("get", "post")),
    of_sam("project", "get", READ, project),
    *(of_sam("project_change", method, WRITE, project) for method in ("get", "post")),
    of_sam("checkpoint_add", "post", WRITE, project),
    *(of_sam("checkpoint", method, WRITE, checkpoint) for method in ("get", "post")),
    of_sam("checkpoint_mark", "post", WRITE, checkpoint),
    of_sam("project_hand_in", "post", WRITE, project),
    of_sam("project_draft", "get", READ, project_draft),
    of_sam("project_say", "post", "ada cover lead", project_draft),
    of_sam("project_end", "post", f"{WRITE} lead", project),
    *(of_sam("first_task_add", method, WRITE, placement) for method in ("get", "post")),
    *(of_sam("first_task", method, WRITE, first_task) for method in ("get", "post")),
    *(
        Row(
            f"internships:{name}",
            method=method,
            kwargs=kwargs,
            ok="lead",
            may_not=f"{MAY_NOT} ada ben cover coordinator",
        )
        for name, kwargs in (("prompts", school), ("prompt", a_prompt))
        for method in ("get", "post")
    ),
    of_sam("photo", "get", READ, photo),
    of_sam("photo_small", "get", READ, photo),
    of_sam("photo_drop", "post", "sam ada cover coordinator lead", photo),
    of_sam("visit", "get", SAY, placement),
    of_sam("visit", "post", SAY, placement),
    of_sam("feedback", "get", f"mo {KEEP}", placement),
    of_sam("feedback", "post", f"mo {KEEP}", placement),
    of_sam("feedback_ask", "post", SAY, placement),
    Row("internships:feedback_link", kwargs=feedback_link, public=True),
    Row("internships:feedback_link", method="post", kwargs=feedback_link, public=True),
    *of_school("not_contacted", school, ["get"]),
    of_sam("meeting", "get", SEE, pursuit),
    *(of_sam(name, "post", ASK, pursuit) for name in ("interview", "interview_held", "shadow", "shadow_student")),
    of_sam("shadow_parent", "post", "rosa ada cover coordinator lead", pursuit),
    of_sam("shadow_host", "post", SAY, pursuit),
    of_sam("set_up", "post", SAY, pursuit),
    Row("internships:shadow_link", kwargs=shadow_link, public=True),
    Row("internships:shadow_link", method="post", kwargs=shadow_link, public=True),
    *of_placers("matchings", school),
    *of_placers("matching", matching, ["get"]),
    *of_placers("matching_again", matching, ["post"]),
    *of_placers("match_lock", match_line, ["post"]),
    *of_placers("match_accept", match_line, ["post"]),
    *of_placers("match_change", match_line),
    of_sam("sheet", "get", SEE_PLACEMENT, placement),
    Row("internships:week_link", kwargs=week_link, public=True),
    Row("internships:week_link", method="post", kwargs=week_link, public=True),
    *of_school("today", school, ["get"]),
    *of_school("site_week", school, ["get"]),
    *of_school("map", school, ["get"]),
    Row("internships:questions", kwargs=school, ok="lead", may_not=f"{MAY_NOT} ada ben cover coordinator"),
    Row(
        "internships:questions", method="post", kwargs=school, ok="lead", may_not=f"{MAY_NOT} ada ben cover coordinator"
    ),
    Row("internships:agreement_link", kwargs=agreement_link, public=True),
    Row("internships:agreement_link", method="post", kwargs=agreement_link, public=True),
    Row(
        "internships:rules_ready",
        method="post",
        kwargs=school,
        ok="lead",
        may_not=f"{MAY_NOT} ada ben cover coordinator",
    ),
    *of_school("opportunities", school, ["get"]),
    *of_school("opportunity", opportunity, ["get"]),
    *of_school("opportunity_add", organisation),
    *of_school("opportunity_change", opportunity),
    *of_school("opportunity_withdraw", opportunity, ["post"]),
    *of_school("opportunity_again", opportunity, ["post"]),
    browsed("browse", sam),
    browsed("browse_one", for_sam),
    of_sam("browse_one", "post", ASK, for_sam),
    of_sam("pursuits", "get", SEE),
    of_sam("pursuit", "get", SEE, pursuit),
    of_sam("travel", "post", "sam ada cover coordinator lead"),
    of_sam("propose", "get", ASK),
    of_sam("propose", "post", ASK),
    of_sam("decide", "post", SAY, pursuit),
    of_sam("end", "post", ASK, pursuit),
    of_sam("again", "post", ASK, pursuit),
    *of_school("pipeline", school, ["get"]),
    *(
        Row(
            "internships:rules", method=method, kwargs=school, ok="lead", may_not=f"{MAY_NOT} ada ben cover coordinator"
        )
        for method in ("get", "post")
    ),
]
