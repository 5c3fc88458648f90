from celery import shared_task
from django.utils import timezone

from rosters.actions.apply import apply
from rosters.actions.drift import report
from rosters.models import Import
from schools.models import School


@shared_task(name="rosters.apply_import")
def apply_import(imported_id: int) -> None:
    apply(imported_id=imported_id, now=timezone.now())


@shared_task(name="rosters.resume_imports")
def resume_imports() -> None:
    """Go on with imports whose process died or never began. Safe to run beside one that is at work."""
    for imported_id in Import.objects.unfinished().values_list("pk", flat=True):
        apply(imported_id=imported_id, now=timezone.now())


@shared_task(name="rosters.report_drift")
def report_drift() -> None:
    """Compare every school's teams with their causes, each on its own day."""
    for school in School.objects.all():
        report(school=school, on=school.today())
