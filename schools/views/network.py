from django.contrib import messages
from django.db.models import Prefetch
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.actions import record
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


@require_POST
@for_network
def sharing(request, network):
    """Whether the network's schools see each other's organisations."""
    network.shares_organisations = "share" in request.POST
    network.save(update_fields=["shares_organisations"])
    record("schools.network.sharing", by=request.user, subject=network, shares=network.shares_organisations)
    messages.success(request, _("Saved. It holds from now on."))
    return redirect("schools:network", network.pk)
