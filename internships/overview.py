"""What this room shows on pages of the rooms below: each loader asks the door and answers None to show nothing."""

from django.db.models import Exists, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from common.json_rows import json_rows
from internships.access import permissions_for
from internships.contact import days_since_contact
from internships.expected import expected_on
from internships.hours import in_words
from internships.models import Opportunity, Placement, Project, Rules, SiteDay
from internships.projecting import standings_of
from plans.models import WorkItem
from schools.roles import Permission
from students.models import Student


def my_day(student, request):
    """Where the student is expected today, on their home; nothing on other days."""
    found = expected_on(Placement.objects.filter(student=student), student.school.today())
    return {"student": student, "days": found} if found else None


def learning_at(placement, request):
    """Journal, feedback and contacts on a placement's page, to whoever may read them."""
    if Permission.JOURNAL_SEE not in request.can:
        return None
    # A student reads what the school has said with the mentor from the school, not here.
    sees_visits = bool(request.can & {Permission.VISITS_LOG, Permission.DAYS_CONFIRM})
    visits = placement.visits.select_related("contact__by", "contact__mentor__user")[:5] if sees_visits else []
    goals = list(placement.school.goals.all())
    feedback = placement.feedback.filter(superseded_by__isnull=True).select_related("by")
    return {
        "placement": placement, "visits": visits,
        "journal": placement.journal.select_related("by").prefetch_related("photos__file")[:10],
        "feedback": [(one, one.goal_lines(goals)) for one in feedback],
        "sees_visits": sees_visits, "days": days_since_contact(placement, request.day) if sees_visits else None,
        "contact_days": Rules.of(placement.school).contact_days, "can": request.can,
    }  # fmt: skip


def begun_with(placement, request):
    """First tasks and projects on a placement's page, to whoever may read its journal."""
    if Permission.JOURNAL_SEE not in request.can or placement.begun_at is None:
        return None
    return {
        "placement": placement, "tasks": list(placement.first_tasks.select_related("done_by")),
        "projects": standings_of(placement.projects.all(), request.day), "can": request.can,
    }  # fmt: skip


def project_rows():
    """Read with a plan: the projects that are some of its work, or run while it is open. See plans/brought.py."""
    of_plan = Exists(WorkItem.objects.filter(plan=OuterRef(OuterRef("pk")), projects=OuterRef("pk")))
    running = Q(ended_at__isnull=True, placement__ended_at__isnull=True)
    found = Project.objects.filter(of_plan | running, placement__student=OuterRef("student"))
    place = Coalesce("placement__organisation__merged_into__name", "placement__organisation__name")
    return json_rows(
        found.annotate(at=place, tied=of_plan), "placement__student", id="id", title="title",
        placement="placement_id", at="at", ending="ending", tied="tied",
    )  # fmt: skip


def projects_of(plan, request):
    """Beside a plan: the projects that it ties to its work, and the one that runs; a mentor's own alone."""
    found = [
        row | {"ending": Project.Ending(row["ending"]).label if row["ending"] else ""}
        for row in plan.project_rows or []
        if (row["tied"] or plan.is_open)
        and Permission.JOURNAL_SEE in permissions_for(f"placement:{row['placement']}", request.standing)
    ]
    return {"projects": sorted(found, key=lambda row: -row["id"]), "student_id": plan.student_id} if found else None


def mentored(one, request):
    """On a mentor's home: the placement that this place on the team comes from."""
    kind, _colon, key = one.row.cause.partition(":")
    if kind != "placement":
        return None
    return {"student": one.student, "placement_id": key}


def hosted_by(organisation, request):
    """Who was at an organisation over the years, and how it went: names of those alone whom the reader may see."""
    if Permission.SCHOOL_MENTORS not in request.can:
        return None
    placements = Placement.objects.filter(organisation__in=organisation.all_its_rows()).begun()
    minutes = SiteDay.objects.filter(placement=OuterRef("pk"), confirmed_at__isnull=False).order_by()
    total = minutes.values("placement").annotate(sum=Sum("minutes")).values("sum")
    rows = placements.annotate(minutes=Subquery(total)).select_related("student__user")
    seen = Student.objects.open_to(request.user, Permission.PLACEMENT_SEE, organisation.school.today())
    shown = set(seen.filter(placements__in=rows).values_list("pk", flat=True))
    lines = [(row, row.student_id in shown, in_words(row.minutes or 0)) for row in rows]
    return {"lines": lines} if lines else None


def offered_by(organisation, request):
    """What an organisation offers, on its own page."""
    if Permission.SCHOOL_MENTORS not in request.can:
        return None
    rows = Opportunity.objects.filter(organisation__in=organisation.all_its_rows())
    offered = rows.offered(organisation.school.today()).select_related("mentor__user")
    return {"organisation": organisation, "opportunities": offered}
