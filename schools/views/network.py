from django.db.models import Prefetch
from django.shortcuts import render

from schools import totals
from schools.access import for_network, networks_of
from schools.models import Term


@for_network
def network(request, network):
    """The network's schools, with totals that tell nobody's name."""
    schools = list(network.schools.prefetch_related(Prefetch("terms", Term.objects.order_by("starts_on"))))
    numbers, sums = totals.tell(school.pk for school in schools)
    labels = totals.labels()
    rows = [
        {"school": school, "term": _term(school), "numbers": list(zip(labels, numbers[school.pk], strict=True))}
        for school in schools
    ]
    context = {
        "network": network, "others": [other for other in networks_of(request) if other != network], "rows": rows,
        "labels": labels, "sums": list(zip(labels, sums, strict=True)), "fewest": totals.FEWEST,
    }  # fmt: skip
    return render(request, "schools/network.html", context)


def _term(school):
    day = school.today()
    return next((term for term in school.terms.all() if term.holds(day)), None)
