from django.http import Http404
from django.shortcuts import render

from outcomes import needs, rows
from outcomes.places import Place
from outcomes.views.dashboard import number_in, refresh_of


def show(request, place: Place, rule):
    """Everybody whom one rule put on its list, the most urgent first."""
    rules = needs.rules_for(request, place.school)
    if rule not in rules:
        raise Http404
    school, here = place.school, rules[rule]
    page = needs.page_of(school, request.user, school.today(), here, number_in(request.GET))
    context = {
        "place": place, "rule": here, "page": page, "people": rows.people(page.object_list),
        "refresh": refresh_of(place),
    }  # fmt: skip
    return render(request, "outcomes/attention.html", context)
