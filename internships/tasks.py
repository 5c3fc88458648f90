import datetime

from celery import shared_task
from django.utils import timezone

from internships.actions.days import tell_of_no_show
from internships.actions.expiry import look_at_papers
from internships.actions.learning import ask_for_due
from internships.actions.matching import work_out
from internships.actions.photos import forget_unsent
from internships.actions.weeks import ask_for_weeks
from internships.expected import expected_on
from internships.models import Matching, Placement, Rules
from schools.models import School

MORNING = 8


@shared_task(name="internships.look_at_clearances")
def look_at_clearances() -> int:
    """Each school's day has its own night; looked at hourly, it is found soon after its midnight."""
    now = timezone.now()
    return sum(look_at_papers(school=school, on=school.today(), now=now) for school in School.objects.all())


@shared_task(name="internships.ask_feedback")
def ask_feedback() -> int:
    """Ask mentors how it goes, on the review day and at the end; nobody is written to at night."""
    now = timezone.now()
    return sum(
        ask_for_due(placements=Placement.objects.filter(school=school), on=school.today(), now=now)
        for school in School.objects.all() if now.astimezone(school.zone).hour >= MORNING
    )  # fmt: skip


@shared_task(name="internships.ask_weeks")
def ask_weeks() -> int:
    """Ask mentors to confirm the weeks whose days are over."""
    now = timezone.now()
    return sum(
        ask_for_weeks(placements=Placement.objects.running(school.today()).filter(school=school), now=now)
        for school in School.objects.all()
    )


@shared_task(name="internships.look_for_no_shows")
def look_for_no_shows() -> int:
    """Tell of those who should be on site and of whom nobody has heard."""
    now, count = timezone.now(), 0
    for school in School.objects.all():
        rules, day = Rules.of(school), school.today()
        for one in expected_on(Placement.objects.filter(school=school), day):
            if one.is_no_show(now, rules) and not (one.day and one.day.no_show_told_at):
                count += tell_of_no_show(expected=one, rules=rules, on=day, now=now)
    return count


@shared_task(name="internships.work_out_matching")
def work_out_matching(matching_id: int) -> None:
    """Work out one proposal; it is loaded here and nowhere else."""
    matching = Matching.objects.select_related("school", "advisory").get(pk=matching_id)
    try:
        work_out(matching=matching, now=timezone.now())
    except Exception:
        Matching.objects.filter(pk=matching_id, state=Matching.State.WAITING).update(state=Matching.State.FAILED)
        raise


@shared_task(name="internships.resume_matchings")
def resume_matchings() -> None:
    """Proposals whose task was lost with a process."""
    old = timezone.now() - datetime.timedelta(minutes=3)
    for pk in Matching.objects.filter(state=Matching.State.WAITING, asked_at__lt=old).values_list("pk", flat=True):
        work_out_matching(pk)


@shared_task(name="internships.forget_unsent_photos")
def forget_unsent_photos() -> int:
    """Photos of journals that were never sent."""
    return forget_unsent(now=timezone.now())
