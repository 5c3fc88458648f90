from celery import shared_task
from django.utils import timezone

from internships.actions.expiry import look_at_papers
from schools.models import School


@shared_task(name="internships.look_at_clearances")
def look_at_clearances() -> int:
    """Each school's day has its own night; looked at hourly, it is found soon after its midnight."""
    now = timezone.now()
    return sum(look_at_papers(school=school, on=school.today(), now=now) for school in School.objects.all())
