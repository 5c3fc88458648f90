from functools import cache

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from common.prepared import Prepared, padded
from internships.models import Placement
from outcomes import cohorts, cuts, figures, groups, needs, rows, tables
from outcomes.cuts import Cut
from outcomes.figure import Stage
from outcomes.places import Place
from schools.roles import Permission
from students.models import Student

# What a list may be of: how the address calls it, and what the figure says of each on it.
SAID = {"yes": True, "no": False, "unknown": None}
P = Permission
# Whoever may see of one student what the figure says may see a list of them.
SEEN_BY = {
    "plan_signed": P.PLAN_SEE, "meetings_held": P.PLAN_SEE, "attendance": P.ATTENDANCE_SEE,
    "one_to_one": P.ONE_TO_ONE_SEE, "placed": P.PLACEMENT_SEE, "days_on_site": P.PLACEMENT_SEE,
    "hours_on_site": P.PLACEMENT_SEE, "no_show": P.PLACEMENT_SEE, "mentor_met": P.VISITS_LOG,
}  # fmt: skip
OTHERS_SEEN_BY = {Stage.HERE: P.EXHIBITION_SEE, Stage.AFTER: P.DESTINATION_SEE}
A_PAGE = 50
# Of those it counts, the list says through which internship.
THROUGH = "job_through_internship"


def show(request, place: Place, key):
    """The students behind a figure, asked anew of those whom the reader may see: as of now, not of the table."""
    school = place.school
    figure, said = figures.FIGURES.get(key), request.GET.get("said", "unknown")
    if figure is None or figure not in figures.of_school(school) or said not in SAID:
        raise Http404
    today = school.today()
    cohort = next((one for one in _cohorts(figure, school, today) if one.key == request.GET.get("cohort")), None)
    if cohort is None:
        raise Http404
    facts = figures.FACTS[figure.stage](cohort)
    answers = figure.say(facts)
    group = _group(request.GET.get("group", ""))
    if group:
        answers = _of_group(answers, cohort, *group)
    permission = SEEN_BY.get(key) or OTHERS_SEEN_BY[figure.stage]
    found = _seen(permission)(user=request.user.pk, day=today, school=school.pk, ids=padded(answers)) if answers else []
    if answers and not found:
        # An empty list would say that there is nobody.
        raise PermissionDenied
    of_said = {
        name: [row for row in found if answers[row[0]].counts is value] for name, value in SAID.items()
    }  # fmt: skip
    page = Paginator(of_said[said], A_PAGE).get_page(request.GET.get("page"))
    to = needs.destinations_url if figure.stage == Stage.AFTER else needs.student_url
    through = _through(facts, [pk for pk, *_parts in page]) if (key, said) == (THROUGH, "yes") else {}
    people = [(needs.name_of(*parts), to(pk), through.get(pk, "")) for pk, *parts in page]
    context = {
        "place": place, "figure": figure, "cohort": cohort, "said": said, "page": page,
        "people": rows.people_to_write_of(people, writes=said == "unknown"),
        "lists": [(name, _names()[name], len(of_said[name])) for name in SAID],
        "query": f"&cohort={cohort.key}&said={said}{_in_address(group)}", "group": group and _words(school, *group),
        "of_group": _in_address(group),
        "may_bring": said == "unknown" and figure.stage == Stage.AFTER and place.may_bring_files,
    }  # fmt: skip
    return render(request, "outcomes/behind.html", context)


@cache
def _seen(permission) -> Prepared:
    """Ids and names of those whom somebody may see with this permission."""
    return Prepared(
        lambda user, day, school, ids: (
            Student.objects.open_to(user, permission, day).filter(school=school, pk__in=ids)
            .values_list("pk", *(f"user__{part}" for part in needs.NAMES))
        )
    )  # fmt: skip


def _group(asked: str) -> tuple[str, str] | None:
    """A grade or an advisory, which everybody who may see a student may know of them. Who somebody is at home is asked
    on no list: their name on it would tell."""
    if not asked:
        return None
    cut, key = groups.split(asked)
    if cut not in groups.LISTED:
        raise Http404
    return cut, key


def _of_group(answers, cohort, cut, key) -> dict:
    group_of = cuts.groups_of(cohort.school, cohort.stage, list(answers), cohort.day, [])[cut]
    return {pk: said for pk, said in answers.items() if group_of[pk] == key}


def _in_address(group) -> str:
    return f"&{urlencode({'group': ':'.join(group)})}" if group else ""


def _words(school, cut, key) -> str:
    named = tables.in_order(cut, [key], cuts.labels(school) if cut == Cut.ADVISORY else {})
    return f"{Cut(cut).label}: {named[0][1]}"


def _through(facts, ids: list[int]) -> dict[int, str]:
    """The internship that led to the job, of those of whom it is known which."""
    led = {job.placement_id: pk for pk in ids for job in facts.jobs(pk) if job.placement_id}
    found = Placement.objects.filter(pk__in=led).select_related("organisation__merged_into")
    return {led[one.pk]: _("through the internship at %(place)s") % {"place": one.place} for one in found}


def _cohorts(figure, school, today):
    return cohorts.terms(school, today) if figure.stage == Stage.HERE else cohorts.classes(school, today)


def _names() -> dict:
    return {"yes": _("Counted"), "no": _("Not counted"), "unknown": _("Not known")}
