from django.contrib import messages
from django.core.exceptions import BadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from plans.access import for_plan
from plans.actions.hold import ChangedMeanwhile, PlanError
from plans.actions.items import add_item, change_item, set_item_state, split_item
from plans.actions.order import DOWN, UP, move_item, put_in_order
from plans.forms.work import ItemForm, SplitForm, StateForm
from plans.news import address
from plans.views.attempt import attempt
from schools.roles import Permission

P = Permission


def _load(plan, item_id):
    item = get_object_or_404(plan.items.select_related("changed_by"), pk=item_id)
    item.plan = plan
    return item


@for_plan(P.PLAN_ITEMS)
def new(request, plan):
    """A new piece of work."""
    day_first = plan.student.school.day_first
    form = ItemForm(request.POST or None, plan=plan, day_first=day_first, submit=_("Add the work"))
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            item = add_item(
                plan=plan,
                details=form.details(),
                by=request.user,
                at=timezone.now(),
                words=said["words"],
                key=said["key"],
            )
        except PlanError as error:
            refuse(form, error)
        else:
            return redirect(address(plan, f"item-{item.pk}"))
    return render(request, "plans/item.html", {"plan": plan, "form": form})


@for_plan(P.PLAN_ITEMS)
def edit(request, plan, item_id):
    """Change what is said of a piece of work beside its words."""
    item, theirs = _load(plan, item_id), None
    form = ItemForm(
        request.POST or None, plan=plan, item=item, day_first=plan.student.school.day_first, submit=_("Save the work")
    )
    if request.method == "POST" and form.is_valid():
        seen = form.cleaned_data["version"] or 0
        try:
            change_item(item=item, details=form.details(), version=seen, by=request.user)
        except ChangedMeanwhile as error:
            theirs = error.now
            refuse(form, error)
        except PlanError as error:
            refuse(form, error)
        else:
            messages.success(request, _("The work is saved."))
            return redirect(address(plan, f"item-{item.pk}"))
    return render(request, "plans/item.html", {"plan": plan, "item": item, "form": form, "theirs": theirs})


@for_plan(P.PLAN_ITEMS)
def split(request, plan, item_id):
    """Make two pieces of work of one."""
    item, theirs = _load(plan, item_id), None
    form = SplitForm(request.POST or None, item=item)
    if request.method == "POST" and form.is_valid():
        try:
            part = split_item(item=item, by=request.user, at=timezone.now(), **form.cleaned_data)
        except ChangedMeanwhile as error:
            theirs = error.now
            refuse(form, error)
        except PlanError as error:
            refuse(form, error)
        else:
            messages.success(request, _("Two pieces of work now. Cut each down to its own."))
            return redirect(address(plan, f"item-{part.pk}"))
    return render(request, "plans/split.html", {"plan": plan, "item": item, "form": form, "theirs": theirs})


@require_POST
@for_plan(P.PLAN_ITEMS)
def state(request, plan, item_id):
    item, form = _load(plan, item_id), StateForm(request.POST)
    if not form.is_valid():
        raise BadRequest
    words = form.cleaned_data["state"]
    return attempt(
        request, plan, lambda: set_item_state(item=item, state=words, by=request.user), anchor=f"item-{item.pk}"
    )


@require_POST
@for_plan(P.PLAN_ITEMS)
def order(request, plan):
    """One item a place up or down (`move` is "up:7"), or the whole order as it was dragged."""
    seen = _number(request.POST.get("version"))
    if move := request.POST.get("move"):
        direction, _colon, pk = move.partition(":")
        if direction not in (UP, DOWN):
            raise BadRequest
        item = _load(plan, _number(pk))
        return attempt(
            request, plan, lambda: move_item(item=item, direction=direction, seen=seen, by=request.user),
            anchor=f"item-{item.pk}",
        )  # fmt: skip
    ids = [_number(pk) for pk in request.POST.getlist("order")]
    return attempt(request, plan, lambda: put_in_order(plan=plan, ids=ids, seen=seen, by=request.user), anchor="work")


def _number(text) -> int:
    if not (text or "").isdecimal():
        raise BadRequest
    return int(text)
