import datetime

from celery import shared_task
from django.utils import timezone

from exhibitions import news
from exhibitions.actions.timetable import remind, tell_as_asked, work_out
from exhibitions.models import Timetabling, Window
from schools.models import School
from students.models import Student

MORNING = 8


@shared_task(name="exhibitions.work_out_timetable")
def work_out_timetable(run_id: int) -> None:
    """Work out one timetable; the solver is loaded here and nowhere else."""
    run = Timetabling.objects.select_related("window__school").get(pk=run_id)
    try:
        work_out(run=run, now=timezone.now())
    except Exception:
        Timetabling.objects.filter(pk=run_id, state=Timetabling.State.WAITING).update(state=Timetabling.State.FAILED)
        raise


@shared_task(name="exhibitions.tell_window")
def tell_window(window_id: int) -> int:
    """Tell everybody on the panels of a window what has changed; each exhibition by itself."""
    window = Window.objects.select_related("school", "telling_asked_by").get(pk=window_id)
    return tell_as_asked(window=window, now=timezone.now())


@shared_task(name="exhibitions.resume_timetables")
def resume_timetables() -> None:
    """Timetables and tellings whose task was lost with a process."""
    old = timezone.now() - datetime.timedelta(minutes=3)
    lost = Timetabling.objects.filter(state=Timetabling.State.WAITING, asked_at__lt=old)
    for pk in lost.values_list("pk", flat=True):
        work_out_timetable(pk)
    for pk in Window.objects.filter(telling_asked_at__lt=old).values_list("pk", flat=True):
        tell_window(pk)


@shared_task(name="exhibitions.remind")
def remind_of_exhibitions() -> int:
    """Remind of tomorrow's exhibitions; nobody is written to at night."""
    now = timezone.now()
    return sum(
        remind(school=school, on=school.today(), now=now)
        for school in School.objects.all() if now.astimezone(school.zone).hour >= MORNING
    )  # fmt: skip


@shared_task(name="exhibitions.tell_of_window")
def tell_of_window(window_id: int) -> None:
    """Tell the school's students of a window that was opened; one that was removed meanwhile is told to nobody."""
    window = Window.objects.select_related("school", "opened_by").filter(pk=window_id).first()
    if window is not None:
        students = Student.objects.filter(school=window.school).enrolled(window.school.today())
        news.window_open(window, students.select_related("user"), window.opened_by)
