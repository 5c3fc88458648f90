from dashboards.homes.part import Part
from dashboards.homes.with_plans import with_plans


def parts(request, hats) -> list[Part]:
    """One card a child: whose turn it is, and what a parent can do now."""
    if not hats.parent:
        return []
    return [Part("dashboards/homes/_family.html", {"children": with_plans(hats.parent, request.user)})]
