import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from mentors.models import Clearance
from schools.models import School


class ClearanceForm(forms.Form):
    """What somebody has seen, when, and until when it holds."""

    kind = forms.ChoiceField(label=gettext_lazy("What you have seen"), widget=forms.RadioSelect)
    verified_on = DayField(label=gettext_lazy("Seen on"))
    last_day = DayField(
        label=gettext_lazy("Last day on which it holds"), required=False,
        help_text=gettext_lazy("Leave it empty where it does not run out."),
    )  # fmt: skip
    reference = forms.CharField(
        label=gettext_lazy("Number or name of the paper"), max_length=100, required=False,
        help_text=gettext_lazy("So that it can be found again. The paper itself is not kept here."),
    )  # fmt: skip

    def __init__(self, *args, kinds, school: School, day: datetime.date, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [(kind, Clearance.Kind(kind).label) for kind in kinds]
        if len(kinds) == 1:
            self.fields["kind"].initial = kinds[0]
        self.fields["verified_on"].initial = day
        for name in ("verified_on", "last_day"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(_("I have seen it"))

    def facts(self) -> dict:
        """What the action takes: the first day without in place of the last day with."""
        facts = dict(self.cleaned_data)
        last_day = facts.pop("last_day")
        return facts | {"expires_on": last_day + datetime.timedelta(days=1) if last_day else None}
