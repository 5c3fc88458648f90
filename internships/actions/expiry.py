"""The night: what has run out suspends its placements; what will is told to all whom it concerns, in time."""

import datetime

from django.db import transaction

from internships import news
from internships.actions.placements import go_on, rest
from internships.models import PaperWarning, Placement, Rules, Suspension
from internships.papers import papers_of_each
from mentors.models import Clearance
from schools.models import School

State = Clearance.State
LAST_WEEK = datetime.timedelta(days=7)


def look_at_papers(*, school: School, on: datetime.date, now: datetime.datetime) -> int:
    """Suspend the school's placements of which a clearance lacks on `on`, and tell of those that run out soon.

    Safe to run twice a night. One that rests only for a clearance goes on as soon as that has been seen again.
    Returns how many were suspended.
    """
    rules, count = Rules.of(school), 0
    running = list(Placement.objects.running(on).filter(school=school, ended_at__isnull=True).with_place())
    of_each = papers_of_each(running, rules, on)
    for placement in running:
        found, resting = of_each[placement.pk], placement.suspension_on(on)
        missing = [paper for paper in found if paper.state in (State.EXPIRED, State.MISSING)]
        if missing and resting is None:
            kinds = sorted({paper.kind for paper in missing})
            rest(placement=placement, by=None, on=on, now=now, kinds=kinds, why=Suspension.Why.CLEARANCE)
            count += 1
        elif not missing and resting is not None and resting.why == Suspension.Why.CLEARANCE:
            go_on(placement=placement, by=None, on=on)
        for paper in found:
            if paper.state == State.RUNS_OUT:
                _warn(placement, paper.last, on, now)
    return count


@transaction.atomic
def _warn(placement, clearance, on, now):
    """Once when it comes in sight and once a week before: a night that is looked at twice tells nobody twice."""
    is_near = clearance.expires_on - on <= LAST_WEEK
    stage = PaperWarning.Stage.LAST_WEEK if is_near else PaperWarning.Stage.IN_SIGHT
    _row, is_new = PaperWarning.objects.get_or_create(
        placement=placement, clearance=clearance, stage=stage, defaults={"at": now}
    )
    if is_new:
        news.placement(placement, "runs_out", None, on, key=f"{clearance.pk}:{stage}")
