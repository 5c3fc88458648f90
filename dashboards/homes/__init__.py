"""A home for each hat: what is next, whose turn it is. `parts_for` puts together those that the person wears."""

from dashboards.hats import hats_of
from dashboards.homes import adviser, alumni, family, meetings, mentor, network, panels, school, student
from dashboards.homes.part import Part


def parts_for(request) -> list[Part]:
    hats = hats_of(request)
    makers = (meetings, panels, student, family, mentor, adviser, alumni, school, network)
    return [part for maker in makers for part in maker.parts(request, hats)]
