from dashboards.homes.part import Part


def parts(request, hats) -> list[Part]:
    """How many former students one stays in touch with, from the team rows that the page has anyway: who of them waits
    to be asked is said by a notice, and on the page."""
    return [Part("dashboards/homes/_alumni.html", {"count": len(hats.alumni)})] if hats.alumni else []
