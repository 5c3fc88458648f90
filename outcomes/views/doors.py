"""The doors of the pages that a school and a network both have: the view receives a Place."""

from functools import wraps

from outcomes.places import Place
from schools.access import for_network, for_school


def at_school(permission):
    def decorate(view):
        @for_school(permission)
        @wraps(view)
        def through_the_door(request, school, *args, **kwargs):
            return view(request, Place(school=school, can=request.can), *args, **kwargs)

        return through_the_door

    return decorate


def at_network(view):
    @for_network
    @wraps(view)
    def through_the_door(request, network, *args, **kwargs):
        return view(request, Place(network=network), *args, **kwargs)

    return through_the_door
