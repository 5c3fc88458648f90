import hashlib

from django.conf import settings
from django.core.cache import caches
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from audit.actions import record_read
from common.pdf import pdf
from common.prepared import Prepared
from common.spreadsheet import download
from outcomes import beside, export, groups, needs, rows, sheets, who
from outcomes.board import CHOSEN_BY, Board
from outcomes.cuts import Cut
from outcomes.groups import Group
from outcomes.models import Refresh, SavedView
from outcomes.places import Place
from outcomes.series import Series
from outcomes.sheets import Sheets

# By which name a page's address chooses the group for which it is read.
GROUP = "group"
# Of these a report has charts, if there is room beside those whose gap is clear.
MAIN = ("accepted", "enrolled_first_autumn", "job_through_internship", "attendance", "placed", "graduated")
MOST_CHARTS = 6
# Seconds. What changes without the tables (an advisory's name, words of a new version) is seen after that.
KEPT_FOR = 10 * 60

_refreshes = {
    "school": Prepared(lambda of: Refresh.objects.filter(school=of)),
    "network": Prepared(lambda of: Refresh.objects.filter(network=of)),
}
_views = {
    "school": Prepared(lambda user, of: SavedView.objects.filter(user=user, school=of).values_list("pk", "name")),
    "network": Prepared(lambda user, of: SavedView.objects.filter(user=user, network=of).values_list("pk", "name")),
}


def show(request, place: Place):
    """Are we all right, where not, who needs what now."""
    small, refresh = wants_small(request, place), refresh_of(place)
    shown = _shown(request.GET, place, small, refresh)
    context = {
        "place": place, "shown": shown, "small": small, "refresh": refresh, "page": "dashboard",
        "views": views_of(request.user, place), "urls": _urls(place, shown["query"]),
    }  # fmt: skip
    if place.school:
        context["needs"] = needs.first_of_each(
            place.school, request.user, place.school.today(), needs.rules_for(request, place.school)
        )
    return render(request, "outcomes/dashboard.html", context)


def _shown(asked, place: Place, small: bool, refresh: Refresh | None) -> dict:
    """What the tables say, as the page has it. It is the same for everybody until they are worked out anew, so it is
    kept until then: reading and writing it is most of the page's work. Small groups are kept nowhere."""
    if small or refresh is None or refresh.done_at is None:
        return _made(asked, place, small)
    chosen = [asked.get(name, "")[:40] for name in (*CHOSEN_BY.values(), GROUP)]
    said = (
        place.kind,
        place.whole.pk,
        refresh.done_at,
        refresh.asked_at,
        get_language(),
        day_at(place),
        place.may_see_small,
        place.may_bring_files,
        *chosen,
    )
    key = "outcomes:" + hashlib.sha256(repr(said).encode()).hexdigest()
    copies = caches[settings.SESSION_CACHE_ALIAS]
    shown = copies.get(key)
    if shown is None:
        # The moment of the tables was read before the tables: newer ones under an older moment do no harm.
        shown = _made(asked, place, small)
        copies.set(key, shown, KEPT_FOR)
    return shown


def _made(asked, place: Place, small: bool) -> dict:
    found = sheets.heads(place, small=small)
    chosen = chosen_in(asked, found, day_at(place))
    known = _groups_known(place, chosen, small)
    group, is_gone = group_in(asked, known)
    if group:
        found = sheets.whole(place, small=small)
    board = Board(found, chosen, *_addresses(place, small, group), group=group)
    query = query_of(chosen, group)
    context = {
        "place": place, "board": board, "parts": parts_of(board), "small": small, "query": query, "groups": known,
        "group_is_gone": is_gone, "source": beside.SOURCE,
        "who": None if group else who.composition(place, board, small=small),
    }  # fmt: skip
    return {
        "stages": [(part.stage.value, str(part.stage.label)) for part in board.parts],
        "choices": render_to_string("outcomes/_choices.html", context) if board.parts else "",
        "board": render_to_string("outcomes/_board.html", context) if board.parts else "",
        "kept": _choices(chosen, group),
        "query": query, "group": str(group) if group else "", "published_on": found.published_on,
    }  # fmt: skip


def _urls(place: Place, query: str) -> dict:
    return {
        "pdf": place.url("dashboard_pdf") + query, "csv": place.url("dashboard_csv"), "saved": place.url("saved"),
        "snapshots": place.url("snapshots"),
    }  # fmt: skip


def to_csv(request, place: Place):
    return csv_response(sheets.whole(place), str(place), cut_names(), f"{place}-{_('outcomes')}")


def to_pdf(request, place: Place):
    found = sheets.whole(place)
    chosen = chosen_in(request.GET, found, day_at(place))
    group, is_gone = group_in(request.GET, groups.in_cohorts(found, chosen.values(), cut_names()))
    board = Board(found, chosen, group=group)
    facts = {
        "of": str(place), "paper": sheets.paper(place), "threshold": sheets.threshold(place), "group_is_gone": is_gone,
    }  # fmt: skip
    return pdf_response(request, found, board, facts, f"{place}-{_('outcomes')}")


# What the pages of figures and of snapshots need, too ------------------------------------------------------------


def wants_small(request, place: Place) -> bool:
    """Small groups are for those who may see them and ask on the page; that they were read is written down."""
    if not place.may_see_small or request.GET.get("small") != "1":
        return False
    record_read("outcomes.small_groups.read", by=request.user, school_id=place.school.pk, page=request.path)
    return True


def day_at(place: Place):
    return place.school.today() if place.school else timezone.now().date()


def chosen_in(asked, found: Sheets, today) -> dict[str, str]:
    """The cohort of each stage: as asked, where there is such a one."""
    chosen = {}
    for stage, name in CHOSEN_BY.items():
        known = found.cohorts(stage)
        asked_for = asked.get(name)
        key = asked_for if asked_for in known else sheets.default_cohort(stage, known, today)
        if key:
            chosen[stage] = key
    return chosen


def _groups_known(place: Place, chosen: dict, small: bool) -> list[Group]:
    cohorts = sorted(chosen.values())
    return groups.in_cohorts(sheets.of_cohorts(place, cohorts, small=small), cohorts, cut_names()) if cohorts else []


def group_in(asked, known: list[Group]) -> tuple[Group | None, bool]:
    """The group that is asked for, of those there are; and whether it is asked for one that is not among them."""
    address = asked.get(GROUP, "")
    group = next((one for one in known if (one.cut, one.key) == groups.split(address)), None)
    return group, bool(address) and group is None


def query_of(chosen: dict, group: Group | None = None) -> str:
    return "?" + urlencode(_choices(chosen, group))


def _choices(chosen, group) -> dict:
    of_group = {GROUP: group.address} if group else {}
    return {CHOSEN_BY[stage]: key for stage, key in chosen.items()} | of_group


def _addresses(place: Place, small: bool, group: Group | None):
    """Of a figure's page, and of the students of whom it is not known; put together here, since there are many."""
    begins, more = place.url("figure", "figure").removesuffix("figure/"), "&small=1" if small else ""
    split = f"&cut={group.cut}" if group else ""
    of_group = f"&{urlencode({GROUP: group.address})}" if group else ""

    def url_of(figure, cohort) -> str:
        return f"{begins}{figure}/?cohort={cohort}{split}{more}"

    def unknown_at(figure, cohort) -> str:
        return f"{begins}{figure}/students/?cohort={cohort}&said=unknown{of_group}"

    has_lists = place.school and (group is None or group.is_listed)
    return (url_of, unknown_at) if has_lists else (url_of,)


def parts_of(board: Board) -> list:
    """Each part with the bodies of its table."""
    return [(part, rows.body(part, of_group=board.group is not None)) for part in board.parts]


def views_of(user, place: Place) -> list[tuple[int, str]]:
    """The reader's own, by id and name."""
    return _views[place.kind](user=user.pk, of=place.whole.pk)


def refresh_of(place: Place) -> Refresh | None:
    return next(iter(_refreshes[place.kind](of=place.whole.pk)), None)


def number_in(asked) -> int:
    """The page of a list that the address asks for; the first, where it asks for none."""
    typed = asked.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) < 6 else 1


def csv_response(found: Sheets, of: str, cuts: dict, name: str) -> HttpResponse:
    return download(export.rows(found, of, cuts), f"{slugify(name) or 'outcomes'}.csv")


def pdf_response(request, found: Sheets, board: Board, facts: dict, name: str) -> HttpResponse:
    context = facts | {"board": board, "sheets": found, "method": export.method(), "source": beside.SOURCE}
    if board.group is None:
        context |= {"charts": _charts(found, board), "who": who.of_sheets(found, board), "beside": _beside(found)}
    document = pdf(render_to_string("outcomes/report_pdf.html", context, request=request))
    headers = {"Content-Disposition": f'inline; filename="{slugify(name) or "outcomes"}.pdf"'}
    return HttpResponse(document, content_type="application/pdf", headers=headers)


def _charts(found: Sheets, board: Board) -> list[Series]:
    shown = {line.about.key for line in board.lines if line.share}
    wanted = dict.fromkeys([line.about.key for line in board.behind] + [key for key in MAIN if key in shown])
    return [Series.of(found, key) for key in list(wanted)[:MOST_CHARTS]]


def _beside(found: Sheets) -> list:
    return [(found.about[key], one) for key, one in beside.FIGURES.items() if key in found.by_figure]


def cut_names() -> dict:
    return {cut.value: str(cut.label) for cut in Cut}
