from dashboards.homes.part import Part
from dashboards.homes.with_plans import with_plans


def parts(request, hats) -> list[Part]:
    """The students I mentor, and my part of their plans."""
    if not hats.mentor:
        return []
    return [Part("dashboards/homes/_mentor.html", {"rows": with_plans(hats.mentor, request.user)})]
