from celery import shared_task
from django.utils import timezone

from outcomes.actions import refresh
from outcomes.models import Refresh
from schools.models import Network, School


@shared_task(name=refresh.TASK)
def refresh_school(school_id: int) -> None:
    """Work out the tables of one school. Its network's follow at night: what is published of them changes no sooner."""
    refresh.refresh_school(school=School.objects.get(pk=school_id), now=timezone.now())


@shared_task(name="outcomes.refresh_all")
def refresh_all() -> None:
    """Every night: every school, then every network."""
    for school in School.objects.order_by("pk"):
        refresh.refresh_school(school=school, now=timezone.now())
    for network in Network.objects.order_by("pk"):
        refresh.refresh_network(network=network, now=timezone.now())


@shared_task(name="outcomes.resume_refreshes")
def resume_refreshes() -> None:
    """Those that somebody waits for and whose task was lost with a process."""
    for pk in Refresh.objects.filter(asked_at__isnull=False, school__isnull=False).values_list("school", flat=True):
        refresh_school(pk)
