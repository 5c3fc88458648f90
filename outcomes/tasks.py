from celery import shared_task
from django.utils import timezone

from outcomes.actions import asking, clearinghouse, clearinghouse_applying, clearinghouse_reading, refresh
from outcomes.models import ClearinghouseFile, Refresh
from schools.models import Network, School

# Nobody is written to at night.
MORNING = 8


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


@shared_task(name="outcomes.ask_alumni")
def ask_alumni() -> int:
    """Ask those who left half a year, a year and two years ago how they are, each school in its morning."""
    now = timezone.now()
    return sum(
        asking.ask_due(school=school, on=school.today(), now=now)
        for school in School.objects.order_by("pk") if now.astimezone(school.zone).hour >= MORNING
    )  # fmt: skip


# The clearinghouse's files.


@shared_task(name=clearinghouse.READ)
def read_clearinghouse_file(file_id: int) -> None:
    """Read a file that was brought."""
    clearinghouse_reading.read_file(file_id=file_id, clock=timezone.now)


@shared_task(name=clearinghouse.APPLY)
def apply_clearinghouse_file(file_id: int) -> None:
    """Take over what a file says, as a whole."""
    clearinghouse_applying.apply_file(file_id=file_id, now=timezone.now())


@shared_task(name=clearinghouse.UNDO)
def undo_clearinghouse_file(file_id: int) -> None:
    """Take back what came of a file, as a whole."""
    clearinghouse_applying.undo_file(file_id=file_id, now=timezone.now())


@shared_task(name=clearinghouse_reading.TIDY)
def tidy_clearinghouse_file(file_id: int) -> None:
    """Forget the rows of it that nobody needs."""
    clearinghouse_applying.tidy(file_id=file_id)


@shared_task(name="outcomes.resume_clearinghouse_files")
def resume_clearinghouse_files() -> None:
    """Go on with files whose task was lost with a process. Safe to run beside one that is at work."""
    states = ClearinghouseFile.State
    for pk in ClearinghouseFile.objects.filter(state=states.READING).values_list("pk", flat=True):
        read_clearinghouse_file(pk)
    for pk in ClearinghouseFile.objects.filter(state=states.APPLYING).values_list("pk", flat=True):
        apply_clearinghouse_file(pk)
    undone = ClearinghouseFile.objects.filter(state=states.APPLIED, undone_at__isnull=False)
    for pk in undone.values_list("pk", flat=True):
        undo_clearinghouse_file(pk)
    gone = ClearinghouseFile.objects.filter(state__in=(states.DROPPED, states.REFUSED), lines__isnull=False)
    for pk in gone.values_list("pk", flat=True).distinct():
        tidy_clearinghouse_file(pk)
