"""Who may open what shows figures."""

from bpl.tests.access import Row
from bpl.tests.cast import NOW
from outcomes.actions.saved import keep
from outcomes.actions.snapshots import freeze
from outcomes.models import FigureTable
from outcomes.places import Place
from outcomes.tests.factories import a_leaver_row, a_table

MAY = "coordinator lead"
MAY_NOT = "ada ben cover specialist safeguarding"


def school(cast):
    return {"school_id": cast.school.pk}


def network(cast):
    return {"network_id": cast.network.pk}


def figure(cast):
    key = "graduated"
    for of, owner in ((cast.school, {"school": cast.school}), (cast.network, {"network": cast.network})):
        if not FigureTable.objects.filter(figure=key, cohort="2026", **owner).exists():
            a_table(of, key, "2026")
    return key


def of_figure(owner):
    return lambda cast: owner(cast) | {"key": figure(cast)}


def behind(cast):
    if not cast.student("omar").leavers.exists():
        a_leaver_row(cast)
    return of_figure(school)(cast)


def rule(cast):
    return school(cast) | {"rule": "placement"}


def one_to_one(cast):
    return school(cast) | {"rule": "one_to_one"}


def view(owner):
    """The lead's own."""

    def made(cast):
        place, by = _place(owner, cast)
        found = keep(place=place, name="Mine", page="dashboard", choices={}, by=by)
        return owner(cast) | {"view_id": found.pk}

    return made


def snapshot(owner, **more):
    def made(cast):
        key = figure(cast)
        place, by = _place(owner, cast)
        found = freeze(place=place, name="Report", by=by, now=NOW)
        return owner(cast) | {"snapshot_id": found.pk} | ({"key": key} if more else {})

    return made


def _place(owner, cast):
    if owner is school:
        return Place(school=cast.school), cast.lead
    return Place(network=cast.network), cast.network_lead


def both(name, method, kwargs, ok=MAY, may_not=MAY_NOT, query=""):
    """A page at its two addresses."""
    return [
        Row(f"outcomes:{name}", method=method, kwargs=kwargs(school), ok=ok, may_not=may_not, query=query),
        Row(f"outcomes:network_{name}", method=method, kwargs=kwargs(network), ok="network_lead", query=query),
    ]


def itself(owner):
    return owner


def in_snapshot(owner):
    return snapshot(owner, key=True)


NOT_LEADS = f"coordinator {MAY_NOT}"
ROWS = [
    *both("dashboard", "get", itself),
    *both("dashboard", "get", itself, query="?small=1"),
    *both("dashboard_csv", "get", itself),
    *both("dashboard_pdf", "get", itself),
    *both("figure", "get", of_figure),
    *both("figure", "get", of_figure, query="?small=1&cut=all"),
    *both("figure_csv", "get", of_figure),
    Row("outcomes:behind", kwargs=behind, query="?cohort=2026&said=unknown", ok=MAY, may_not=MAY_NOT),
    Row("outcomes:attention", kwargs=rule, ok=MAY, may_not=MAY_NOT),
    # A coordinator sees no one-to-ones, so there is no such list for them.
    Row("outcomes:attention", kwargs=one_to_one, query="?page=1", ok="lead", may_not=MAY_NOT),
    Row("outcomes:refresh", method="post", kwargs=school, ok=MAY, may_not=MAY_NOT),
    Row("outcomes:publish", method="post", kwargs=school, ok="lead", may_not=NOT_LEADS),
    *both("saved", "get", itself),
    *both("saved", "post", itself),
    # A view is its owner's alone: whoever may see figures finds nothing there.
    *both("saved_open", "get", view, ok="lead"),
    *both("saved_change", "post", view, ok="lead"),
    *both("saved_remove", "post", view, ok="lead"),
    *both("snapshots", "get", itself),
    *both("snapshot_add", "post", itself, ok="lead", may_not=NOT_LEADS),
    *both("snapshot", "get", snapshot),
    *both("snapshot_figure", "get", in_snapshot),
    *both("snapshot_csv", "get", snapshot),
    *both("snapshot_pdf", "get", snapshot),
]
