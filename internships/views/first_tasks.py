from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from internships.actions.first_tasks import ChangedMeanwhile, TaskError, add_task, do_task, drop_task
from internships.forms.projects import DoneForm, TaskForm
from internships.views.placements import placement_seen
from schools.roles import Permission
from students.access import for_student


@for_student(Permission.PROJECT_WRITE)
def add(request, student, placement_id):
    """Another first task on site."""
    placement = placement_seen(request, student, placement_id)
    form = TaskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            add_task(placement=placement, by=request.user, **form.cleaned_data)
        except TaskError as error:
            refuse(form, error, error.field)
        else:
            messages.success(request, _("Added."))
            return redirect("internships:placement", student.pk, placement.pk)
    context = {"student": student, "placement": placement, "form": form}
    return render(request, "internships/first_task_form.html", context)


@for_student(Permission.PROJECT_WRITE)
def show(request, student, placement_id, task_id):
    """Do it: say what was found out. Or take it out, where it makes no sense here."""
    placement = placement_seen(request, student, placement_id)
    task = placement.first_tasks.filter(pk=task_id).first()
    if task is None:
        return _gone(request, placement)
    form = DoneForm(request.POST if "words" in request.POST else None, task=task)
    try:
        if "drop" in request.POST:
            drop_task(task=task, by=request.user)
            return redirect("internships:placement", student.pk, placement.pk)
        if request.method == "POST" and form.is_valid():
            do_task(task=task, by=request.user, now=timezone.now(), **form.cleaned_data)
            messages.success(request, _("Well done. It stands with your placement."))
            return redirect("internships:placement", student.pk, placement.pk)
    except ChangedMeanwhile as error:
        # Sent once more, it is meant: what the other wrote stands beside it now.
        task.refresh_from_db()
        form.data = form.data.copy()
        form.data["seen"] = task.version
        refuse(form, error, error.field)
    except TaskError as error:
        if "drop" in request.POST:
            messages.error(request, str(error))
        else:
            refuse(form, error, error.field)
    context = {"student": student, "placement": placement, "task": task, "form": form}
    return render(request, "internships/first_task.html", context)


def _gone(request, placement):
    """Somebody has taken the task out: whoever was writing has their words back."""
    typed = request.POST.get("words", "").strip()
    if not typed:
        raise Http404
    words = _("This task was taken out while you wrote. You wrote: “%(words)s”") % {"words": typed}
    messages.error(request, words)
    return redirect("internships:placement", placement.student_id, placement.pk)
