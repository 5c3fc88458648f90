from dashboards.homes.part import Part


def parts(request, hats) -> list[Part]:
    """One card a child: whose turn it is, and what a parent can do now."""
    if not hats.parent:
        return []
    return [Part("dashboards/homes/_family.html", {"children": hats.parent})]
