from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from common.forms import refuse
from exhibitions.actions import rehearsals as actions
from exhibitions.actions.rehearsals import RehearsalError
from exhibitions.forms.afterwards import FeedbackForm
from exhibitions.models import Rehearsal
from exhibitions.peers import fellows


def show(request, rehearsal_id):
    """What a fellow student of the advisory says of a rehearsal: 404 to everybody else."""
    rows = Rehearsal.objects.select_related("exhibition__window", "exhibition__student__user")
    rehearsal = rows.select_related("exhibition__student__school").filter(pk=rehearsal_id).first()
    if rehearsal is None or not _is_fellow(request.user, rehearsal.exhibition.student):
        raise Http404
    mine = rehearsal.feedback.filter(by=request.user).first()
    form = FeedbackForm(request.POST or None, instance=mine)
    if request.method == "POST" and form.is_valid():
        try:
            actions.say(rehearsal=rehearsal, by=request.user, now=timezone.now(), **form.cleaned_data)
        except RehearsalError as error:
            refuse(form, error, error.field)
        else:
            name = rehearsal.exhibition.student.user.called
            messages.success(request, _("Thank you. %(name)s can read it now.") % {"name": name})
            return redirect("exhibitions:rehearsal", rehearsal.pk)
    context = {"rehearsal": rehearsal, "student": rehearsal.exhibition.student, "form": form, "mine": mine}
    return render(request, "exhibitions/rehearsal.html", context)


def _is_fellow(user, student) -> bool:
    return any(one.user_id == user.pk for one in fellows(student, student.school.today()))
