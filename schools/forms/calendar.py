import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from schools.models import School

DAY = datetime.timedelta(days=1)


class DaysForm(forms.Form):
    """A name and the first and the last day. `period()` gives the days half-open, as rows hold them."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    starts_on = DayField(label=gettext_lazy("First day"))
    last_day = DayField(label=gettext_lazy("Last day"))

    def __init__(self, *args, school: School, row=None, button="", **kwargs):
        if row is not None:
            kwargs["initial"] = {"name": row.name, "starts_on": row.starts_on, "last_day": row.last_day}
        super().__init__(*args, **kwargs)
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(button or _("Save"))

    def period(self) -> dict:
        last_day = self.cleaned_data["last_day"] or self.cleaned_data["starts_on"]
        return {
            "name": self.cleaned_data["name"], "starts_on": self.cleaned_data["starts_on"], "ends_on": last_day + DAY
        }  # fmt: skip


class TermForm(DaysForm):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("For example Fall 2027"))


class ClosureForm(DaysForm):
    name = forms.CharField(
        label=gettext_lazy("Name"), max_length=100, help_text=gettext_lazy("For example Spring break")
    )
    last_day = DayField(label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Empty: one day."))
