from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from exhibitions.models import Exhibition, Window
from schools.models import School, Term


class WindowForm(forms.ModelForm):
    starts_on = DayField(label=gettext_lazy("First day"))
    last_on = DayField(label=gettext_lazy("Last day"))
    rooms = forms.CharField(
        label=gettext_lazy("Rooms, one a line"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Where exhibitions can be held at the same time."),
    )  # fmt: skip

    class Meta:
        model = Window
        fields = ("name", "term", "slot_minutes")

    field_order = ("name", "term", "starts_on", "last_on", "slot_minutes", "rooms")

    def __init__(self, *args, school: School, **kwargs):
        super().__init__(*args, **kwargs)
        day = school.today()
        self.fields["term"].queryset = Term.objects.filter(school=school, ends_on__gt=day).order_by("starts_on")
        self.fields["term"].empty_label = None
        self.fields["slot_minutes"].help_text = _("Forty-five to sixty before a panel, fifteen at a fair.")
        for name in ("starts_on", "last_on"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(_("Open the window"))

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
