from django.core.paginator import Page, Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit.actions import record_read
from common.prepared import Prepared
from common.spreadsheet import download
from outcomes import leaver_rows
from outcomes.forms.leavers import LeaversForm
from outcomes.known import not_known, put_last_words, with_last_word
from outcomes.models import Leaver
from outcomes.touch import lines, teams_of, with_words
from schools.access import for_school
from schools.roles import Permission

# Fewer than on other lists: of each line the last word is looked up.
A_PAGE = 40


@for_school(Permission.SCHOOL_DESTINATIONS)
def leavers(request, school):
    """Who has left, by class, with what is known of each last."""
    form = LeaversForm(request.GET, school=school)
    page, unknown = _page(form, school)
    context = {
        "school": school, "form": form, "page": page, "is_narrowed": form.is_narrowed, "query": form.query,
        "not_known": unknown, "body": leaver_rows.body(page.object_list),
    }  # fmt: skip
    return render(request, "outcomes/leavers.html", context)


def _page(form, school) -> tuple[Page, int]:
    """One page of them, and of how many in all it is not known; a page beyond the end is the first. The list that
    nobody has narrowed yet is the one that is opened most."""
    of = {"school": school.pk, "day": school.today()}
    if form.is_narrowed:
        found = form.narrowed(_of(**of))
        total, unknown = found.count(), not_known(found).count()
    else:
        total, unknown = form.total, sum(_unknown(**of))
    number = form.number if (form.number - 1) * A_PAGE < total else 1
    is_first = number == 1 and not form.is_narrowed
    rows = _first(**of) if is_first else list(_rows(form.narrowed(_of(**of)), number))
    return Page(rows, number, Paginator(range(total), A_PAGE)), unknown


def _of(school, day):
    """`school` as such, or by id."""
    rows = Leaver.objects.standing().filter(school=school, left_on__lte=day)
    return with_last_word(rows).order_by("-class_of", "student__user__search_name", "pk")


def _rows(found, number):
    return leaver_rows.read(found)[(number - 1) * A_PAGE : number * A_PAGE]


_first = Prepared(lambda school, day: _rows(_of(school, day), 1))
_unknown = Prepared(
    lambda school, day: (
        not_known(Leaver.objects.standing().filter(school=school, left_on__lte=day))
        .order_by().values("school").annotate(count=Count("pk")).values_list("count", flat=True)
    )
)  # fmt: skip


@for_school(Permission.SCHOOL_DESTINATIONS)
def as_csv(request, school):
    """The same rows as a table. Who took it out is written down."""
    form = LeaversForm(request.GET, school=school)
    rows = list(form.narrowed(_of(school, school.today())).select_related("student__user", "advisory"))
    put_last_words(rows)
    record_read("outcomes.leavers.exported", by=request.user, subject=school, school_id=school.pk, rows=len(rows))
    return download([_titles(), *map(_cells, rows)], "leavers.csv")


def _titles():
    # fmt: off
    return [
        _("Class of"), _("Name"), _("School's own number"), _("Advisory"), _("Last day"), _("How they left"),
        _("Known since they left"), _("What is known last"), _("Kind of place"), _("Where"),
        _("Course, job or credential"), _("Hours a week"), _("Through an internship"), _("From"),
        _("Last day there"), _("As of"), _("Who says so"), _("How sure"),
    ]
    # fmt: on


def _cells(row):
    yes_no = {True: _("yes"), False: _("no"), None: ""}
    student, last = row.student, row.last
    yield from (row.class_of, student.name, student.number, row.advisory or "", row.last_day, row.get_how_display())
    yield yes_no[row.is_known]
    if last is not None:
        yield from (last.get_kind_display(), last.get_level_display(), last.where, last.what, last.hours_a_week or "")
        yield from (yes_no[last.through_internship], last.starts_on, last.ends_on or "", last.said_on)
        yield from (last.get_source_display(), last.get_confidence_display())


def in_touch(request):
    """Those with whom the signed-in person stays in touch, who waits to be asked first."""
    found = with_words(lines(teams_of(request.user)))
    waiting = [line for line in found if line.waits]
    context = {"waiting": waiting, "others": [line for line in found if not line.waits]}
    return render(request, "outcomes/in_touch.html", context)
