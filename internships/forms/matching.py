from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisories.models import Advisory
from common.forms import DayField, helper
from internships.models import Opportunity


class ProposeForm(forms.Form):
    """For whom, and from when."""

    advisory = forms.ModelChoiceField(
        label=gettext_lazy("For whom?"), queryset=None, required=False, empty_label=gettext_lazy("the whole school")
    )
    starts_on = DayField(label=gettext_lazy("From when?"))

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, initial={"starts_on": school.today()}, **kwargs)
        self.fields["advisory"].queryset = Advisory.objects.filter(school=school, closed_on__isnull=True)
        self.fields["starts_on"].day_first = school.day_first
        self.helper = helper(_("Propose places"))


class ChangeForm(forms.Form):
    opportunity = forms.ModelChoiceField(label=gettext_lazy("Which place?"), queryset=None, empty_label=None)

    def __init__(self, *args, possible, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["opportunity"].queryset = Opportunity.objects.filter(
            pk__in=[one.pk for one in possible]
        ).with_place()
        self.fields["opportunity"].label_from_instance = lambda one: f"{one.title}, {one.place} ({one.days})"
        self.helper = helper(_("Choose it"))
