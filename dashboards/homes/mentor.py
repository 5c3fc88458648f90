from dashboards.homes.part import Part


def parts(request, hats) -> list[Part]:
    """The students I mentor, and my part of their plans."""
    if not hats.mentor:
        return []
    return [Part("dashboards/homes/_mentor.html", {"rows": hats.mentor})]
