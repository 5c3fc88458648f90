"""Views of the figures that somebody keeps under a name: choices alone, for themselves alone."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from outcomes.models import SavedView
from outcomes.places import Place


class SavedViewError(ValueError):
    """A refusal, in words for the person who asked."""


@transaction.atomic
def keep(*, place: Place, name: str, page: str, choices: dict, by) -> SavedView:
    """The same kept twice is one; another under a name that is taken is refused, or the first would be lost."""
    said = {"page": page, "choices": choices}
    view, _is_new = SavedView.objects.get_or_create(user=by, name=name, **place.of, defaults=said)
    if (view.page, view.choices) != (page, choices):
        raise SavedViewError(_taken())
    return view


@transaction.atomic
def rename(*, view: SavedView, name: str) -> None:
    view.name = name
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise SavedViewError(_taken()) from None


def remove(*, view: SavedView) -> None:
    view.delete()


def _taken():
    return _("You have a view of this name already. Give this one another name.")
