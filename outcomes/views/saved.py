from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from common.forms import refuse
from outcomes.actions import saved as actions
from outcomes.actions.saved import SavedViewError
from outcomes.forms.figures import CHOICES, KeepForm, NameForm
from outcomes.models import SavedView
from outcomes.places import Place


def index(request, place: Place):
    """The reader's own views; a POST keeps another."""
    form = KeepForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            view = actions.keep(
                place=place, name=form.cleaned_data["name"], page=form.cleaned_data["page"], choices=form.choices(),
                by=request.user,
            )  # fmt: skip
        except SavedViewError as error:
            refuse(form, error, "name")
        else:
            messages.success(request, _("Kept as “%(name)s”.") % {"name": view.name})
            return redirect(place.url("saved_open", view.pk))
    return _page(request, place, keep=form)


def _page(request, place, keep=None, renamed=None):
    """`keep` and `renamed` are forms that did not go through."""
    views = list(SavedView.objects.filter(user=request.user, **place.of))
    for view in views:
        is_this = renamed is not None and renamed.instance.pk == view.pk
        view.form = renamed if is_this else NameForm(instance=view, auto_id=f"{view.pk}_%s")
    keep = keep if keep is not None and keep.is_bound else None
    kept = {name: keep.data.get(name, "") for name in CHOICES} if keep else {}
    context = {"place": place, "views": views, "keep": keep, "kept": kept, "urls": _urls(place)}
    return render(request, "outcomes/saved.html", context)


def _urls(place) -> dict:
    return {"up": place.url("dashboard"), "saved": place.url("saved")}


def _mine(request, place, view_id) -> SavedView:
    return get_object_or_404(SavedView, user=request.user, pk=view_id, **place.of)


def show(request, place: Place, view_id):
    """The choices hold no data: what opens is what the reader may see by then."""
    view = _mine(request, place, view_id)
    page, _slash, key = view.page.partition("/")
    query = urlencode({name: view.choices[name] for name in CHOICES if view.choices.get(name)})
    return redirect(f"{place.url(page, *([key] if key else []))}?{query}")


@require_POST
def change(request, place: Place, view_id):
    view = _mine(request, place, view_id)
    form = NameForm(request.POST, instance=view, auto_id=f"{view.pk}_%s")
    if not form.is_valid():
        return _page(request, place, renamed=form)
    try:
        actions.rename(view=view, name=form.cleaned_data["name"])
    except SavedViewError as error:
        refuse(form, error, "name")
        return _page(request, place, renamed=form)
    messages.success(request, _("Saved."))
    return redirect(place.url("saved"))


@require_POST
def remove(request, place: Place, view_id):
    actions.remove(view=_mine(request, place, view_id))
    messages.success(request, _("It is gone from your list."))
    return redirect(place.url("saved"))
