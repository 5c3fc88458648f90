from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from coedit.access import may_read
from common.forms import refuse
from plans.access import for_plan
from plans.actions.comments import answer, open_thread, reopen, resolve
from plans.actions.hold import PlanError
from plans.forms.talk import CommentForm
from plans.mentions import mentioned
from plans.models import Section
from plans.news import address
from plans.page import may_see_thread, threads_of
from plans.views.attempt import attempt
from schools.roles import Permission

P = Permission


@for_plan(P.PLAN_COMMENT)
def on_section(request, plan, section_id):
    section = get_object_or_404(plan.sections.select_related("text"), pk=section_id)
    if not may_read(section.text, request.standing):
        raise Http404
    return _on(request, plan, section)


@for_plan(P.PLAN_COMMENT)
def on_item(request, plan, item_id):
    return _on(request, plan, get_object_or_404(plan.items, pk=item_id))


def _on(request, plan, part):
    """A first comment on a section or a piece of work."""
    part.plan = plan
    said = {"on": part, "by": request.user, "at": timezone.now(), "team": request.team}
    return _comment(request, plan, lambda words, key: open_thread(words=words, key=key, **said), {"part": part})


@for_plan(P.PLAN_SEE)
def thread(request, plan, thread_id):
    """A thread on a page of its own; one more comment in it."""
    found = _load(request, plan, thread_id)
    if request.method == "POST" and P.PLAN_COMMENT not in request.can:
        raise PermissionDenied
    said = {"thread": found, "by": request.user, "at": timezone.now(), "team": request.team}
    shown = next(one for one in threads_of(plan, request.team) if one.pk == found.pk)
    return _comment(
        request, plan, lambda words, key: answer(words=words, key=key, **said), {"thread": shown, "part": found.part}
    )


def _load(request, plan, thread_id):
    found = get_object_or_404(plan.threads.select_related("section__text", "item"), pk=thread_id)
    found.plan = plan
    if not may_see_thread(found, request.standing):
        raise Http404
    return found


def _comment(request, plan, act, context):
    form = CommentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            comment = act(form.cleaned_data["words"], form.cleaned_data["key"])
        except PlanError as error:
            refuse(form, error, "words")
        else:
            _say_who_was_not_told(request, comment)
            return redirect(address(plan, f"thread-{comment.thread_id}"))
    is_section = isinstance(context["part"], Section)
    return render(request, "plans/comment.html", {"plan": plan, "form": form, "is_section": is_section, **context})


def _say_who_was_not_told(request, comment):
    """Somebody was named who may not read this section: then they were not told, and the writer should know."""
    told = set(comment.mentions.values_list("pk", flat=True))
    for person in mentioned(comment.words, [row.user for row in request.team.members]):
        if person.pk not in told and person != request.user:
            messages.warning(request, _("%(name)s may not read this section and was not told.") % {"name": person.name})


@require_POST
@for_plan(P.PLAN_COMMENT)
def settle(request, plan, thread_id):
    """Resolve a thread."""
    found = _load(request, plan, thread_id)
    return attempt(
        request, plan, lambda: resolve(thread=found, by=request.user, at=timezone.now()), _("Resolved."),
        f"thread-{found.pk}",
    )  # fmt: skip


@require_POST
@for_plan(P.PLAN_COMMENT)
def open_again(request, plan, thread_id):
    found = _load(request, plan, thread_id)
    return attempt(request, plan, lambda: reopen(thread=found, by=request.user), _("Open again."), f"thread-{found.pk}")
