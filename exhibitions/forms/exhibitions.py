import re

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from exhibitions.actions.exhibitions import NEEDS
from exhibitions.models import Exhibition, Seat, Window
from exhibitions.slots import TimesError, check_times
from schools.models import School, Term

As = Seat.As


class WindowForm(forms.ModelForm):
    starts_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day"))
    rooms = forms.CharField(
        label=gettext_lazy("Rooms, one a line"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where exhibitions can be held at the same time."),
    )  # fmt: skip

    times = forms.CharField(
        label=gettext_lazy("When they begin, on each day"), required=False,
        help_text=gettext_lazy("Like 9:00, 10:00, 13:30. Left empty, it is from nine to four with pauses."),
    )  # fmt: skip
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("Somebody of each of these must be there"), required=False,
        widget=forms.CheckboxSelectMultiple, initial=NEEDS,
        choices=[(kind.value, kind.label) for kind in (As.ADVISER, As.PARENT, As.MENTOR, As.PEER, As.GUEST)],
    )  # fmt: skip

    class Meta:
        model = Window
        fields = ("name", "term", "slot_minutes")

    field_order = ("name", "term", "starts_on", "last_on", "slot_minutes", "times", "rooms", "needs")

    def __init__(self, *args, school: School, **kwargs):
        super().__init__(*args, **kwargs)
        day, window = school.today(), self.instance if self.instance.pk else None
        self.fields["term"].queryset = Term.objects.filter(school=school, ends_on__gt=day).order_by("starts_on")
        self.fields["term"].empty_label = None
        self.fields["slot_minutes"].help_text = _("Forty-five to sixty before a panel, fifteen at a fair.")
        for name in ("starts_on", "last_on"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(_("Save") if window else _("Open the window"))
        if window:
            # A window stays in its term: exhibitions, plans and narratives belong to it.
            del self.fields["term"]
            self.initial |= {
                "starts_on": window.starts_on, "last_on": window.last_on, "times": ", ".join(window.times),
                "needs": window.needs, "rooms": "\n".join(room.name for room in window.rooms.all()),
            }  # fmt: skip

    def clean_times(self) -> list[str] | None:
        """None is the usual times; beside minutes that are wrong themselves, times are left alone."""
        typed = re.findall(r"[^\s,;]+(?:\s*[ap]\.?m\.?(?![\w]))?", self.cleaned_data["times"], re.IGNORECASE)
        if not typed or "slot_minutes" not in self.cleaned_data:
            return None
        try:
            return check_times(typed, self.cleaned_data["slot_minutes"])
        except TimesError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_rooms(self) -> list[str]:
        """Each once, without empty lines."""
        lines = (" ".join(line.split())[:60] for line in self.cleaned_data["rooms"].splitlines())
        return list(dict.fromkeys(line for line in lines if line))


class TitleForm(forms.ModelForm):
    class Meta:
        model = Exhibition
        fields = ("title",)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
