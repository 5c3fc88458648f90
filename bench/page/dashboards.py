"""The pages of outcomes that are measured, who opens each and how many statements it costs; and what it costs to work
their figures out: printed as JSON.

Run as a module, in the environment of the server: python -m bench.page.dashboards pages|refresh
"""

import json
import resource
import sys
import time
from collections import Counter
from dataclasses import dataclass

import django

django.setup()

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accounts.models import User
from advisories.models import Advisory
from bench.page.people import seen
from outcomes.actions.refresh import refresh_network, refresh_school
from outcomes.models import Attention, FigureTable
from schools.models import Network, School, StaffRole
from schools.roles import Role

# Schools whose figures are worked out, from the middle of the network.
SCHOOLS = 3
BEHIND, OF_GROUP = "students behind", "dashboard of a group"
# How a page is found: its name, who opens it, and what its address is made of.
PAGES = [
    ("dashboard", "lead", "outcomes:dashboard", ["school"]),
    (OF_GROUP, "lead", "outcomes:dashboard", ["school"]),
    ("figure", "lead", "outcomes:figure", ["school", "figure"]),
    (BEHIND, "lead", "outcomes:behind", ["school", "figure"]),
    ("attention", "lead", "outcomes:attention", ["school", "rule"]),
    ("leavers", "lead", "outcomes:leavers", ["school"]),
    ("network", "network_lead", "outcomes:network_dashboard", ["network"]),
    ("figure of a network", "network_lead", "outcomes:network_figure", ["network", "figure"]),
]


@dataclass
class Middle:
    """A drawn school in the middle of its network, and who looks at it."""

    network: Network
    school: School

    @classmethod
    def find(cls) -> "Middle":
        network = Network.objects.order_by("pk").first()
        schools = list(network.schools.order_by("pk"))
        return cls(network, schools[len(schools) // 2])

    @property
    def lead(self) -> User:
        return StaffRole.objects.on(self.school.today()).filter(school=self.school, role=Role.LEAD).first().user

    @property
    def network_lead(self) -> User:
        return StaffRole.objects.get(network=self.network, role=Role.NETWORK_LEAD).user

    @property
    def queries(self) -> dict[str, str]:
        """What the addresses of some pages ask for besides: the students not known of a cohort, an advisory."""
        advisory = Advisory.objects.filter(school=self.school).order_by("pk").first()
        behind = f"?cohort={self._row.cohort}&said=unknown" if self._row else ""
        return {BEHIND: behind, OF_GROUP: f"?group=advisory:{advisory.pk}" if advisory else ""}

    @property
    def _row(self) -> FigureTable | None:
        """A figure of those who left, of their latest class."""
        classes = FigureTable.objects.filter(school=self.school, cohort__in=map(str, range(1990, 2100)))
        return classes.order_by("cohort", "figure").last()

    def address(self, kinds: list[str]) -> list:
        """The rule is that with the most students."""
        found = {"school": self.school.pk, "network": self.network.pk}
        if row := self._row:
            found["figure"] = row.figure
        rules = Attention.objects.filter(school=self.school).values_list("rule", flat=True)
        if common := Counter(rules).most_common(1):
            found["rule"] = common[0][0]
        return [found[kind] for kind in kinds if kind in found]


def pages() -> list[dict]:
    middle, found = Middle.find(), []
    for page, who, name, kinds in PAGES:
        try:
            path = reverse(name, args=middle.address(kinds)) + middle.queries.get(page, "")
        except NoReverseMatch:
            print(f"{page}: there is no {name} with {kinds} yet; left out.", file=sys.stderr)
            continue
        found.append({"page": page, "path": path} | seen(getattr(middle, who), path))
    return found


def refresh() -> list[dict]:
    """Seconds and statements of working out the figures of a school, and of the network; nothing of it is kept."""
    middle, now = Middle.find(), timezone.now()
    schools = middle.network.schools.filter(pk__gte=middle.school.pk).order_by("pk")[:SCHOOLS]
    found = [_worked_out("school", lambda one=one: refresh_school(school=one, now=now)) for one in schools]
    found.append(_worked_out("network", lambda: refresh_network(network=middle.network, now=now)))
    return found


def _worked_out(what, work) -> dict:
    before = _peak()
    began = time.perf_counter()
    with transaction.atomic():
        work()
        transaction.set_rollback(True)
    seconds = time.perf_counter() - began
    with transaction.atomic(), CaptureQueriesContext(connection) as queries:
        work()
        transaction.set_rollback(True)
    return {"of": what, "seconds": seconds, "statements": len(queries), "memory more": _peak() - before}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    print(json.dumps({"pages": pages, "refresh": refresh}[sys.argv[1]]()))
