from django import forms
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper
from exhibitions.fortnight import Fortnight
from exhibitions.models import Exhibition
from exhibitions.problems import when


class SlotForm(forms.Form):
    """A time and a room, by hand. Each time says who cannot come then; whether the room is free, the action says."""

    slot = forms.ChoiceField(label=gettext_lazy("When?"))
    room = forms.ChoiceField(label=gettext_lazy("Where?"))

    def __init__(self, *args, fortnight: Fortnight, exhibition: Exhibition, **kwargs):
        super().__init__(*args, auto_id=f"place{exhibition.pk}_%s", **kwargs)
        self.slots = {slot.isoformat(): slot for slot in fortnight.upcoming}
        self.rooms = {str(room.pk): room for room in fortnight.rooms}
        self.fields["slot"].choices = [
            ("", "–"), *((key, self._words(fortnight, exhibition, slot)) for key, slot in self.slots.items())
        ]  # fmt: skip
        self.fields["room"].choices = [("", "–"), *((key, room.name) for key, room in self.rooms.items())]
        if exhibition.starts_at:
            at = exhibition.starts_at.astimezone(fortnight.window.school.zone)
            self.initial = {"slot": at.isoformat(), "room": str(exhibition.room_id)}
        self.helper = helper(_("Set the time"))

    def _words(self, fortnight, exhibition, slot) -> str:
        words = when(slot, fortnight.window.school.zone)
        if not fortnight.rooms_left(exhibition, slot):
            return _("%(when)s: no room is left") % {"when": words}
        people = [user.name for user in fortnight.cannot(exhibition, slot)]
        people += [user.name for user, _other in fortnight.elsewhere(exhibition, slot)]
        if people:
            return _("%(when)s: without %(names)s") % {"when": words, "names": get_text_list(people, _("and"))}
        return words

    def clean_slot(self):
        return self.slots[self.cleaned_data["slot"]]

    def clean_room(self):
        return self.rooms[self.cleaned_data["room"]]
