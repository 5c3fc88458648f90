import datetime

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from internships import weekdays
from internships.models import Opportunity
from mentors.models import Mentor, Organisation
from schools.models import School

USUAL_DAYS = (1, 3)  # Tuesday and Thursday: what most schools of the network do


class Weekdays(forms.TypedMultipleChoiceField):
    """Days of the week as the number that the database keeps (internships/weekdays.py)."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **kwargs):
        super().__init__(choices=weekdays.choices, coerce=int, **kwargs)

    def clean(self, value):
        return weekdays.mask(super().clean(value))

    def prepare_value(self, value):
        return weekdays.days(value) if isinstance(value, int) else value


class OpportunityForm(forms.Form):
    """What an organisation would let a student do."""

    title = forms.CharField(
        label=gettext_lazy("What would a student do?"), max_length=200,
        help_text=gettext_lazy("A few words. For example: help to build a skiff"),
    )  # fmt: skip
    about = forms.CharField(
        label=gettext_lazy("More about it"), required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    needs = forms.CharField(
        label=gettext_lazy("What it asks of a student"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=gettext_lazy("For example: sturdy shoes, an early start, being at ease with dogs."),
    )  # fmt: skip
    tags = forms.CharField(label=gettext_lazy("Tags, separated by commas"), max_length=200, required=False)
    weekdays = Weekdays(label=gettext_lazy("Days"))
    places = forms.IntegerField(
        label=gettext_lazy("How many students at a time?"), min_value=1, max_value=99, initial=1
    )
    mentor = forms.ModelChoiceField(label=gettext_lazy("Mentor"), queryset=None, required=False)
    starts_on = DayField(label=gettext_lazy("Offered from"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty where no end is known.")
    )

    def __init__(self, *args, organisation: Organisation, school: School, opportunity=None, **kwargs):
        day = school.today()
        super().__init__(*args, initial=_facts(opportunity, day), **kwargs)
        here = Mentor.objects.on(day).filter(organisation__in=organisation.all_its_rows()).select_related("user")
        self.fields["mentor"].queryset = here
        self.fields["mentor"].label_from_instance = lambda mentor: mentor.name
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = school.day_first
        self.helper = helper(_("Save") if opportunity else _("Add the opportunity"))
        self.helper.layout = Layout(
            "title", "about", "needs", "tags",
            Fieldset(_("When and for how many"), "weekdays", "places", "starts_on", "last_day"),
            "mentor",
        )  # fmt: skip

    def facts(self) -> dict:
        """What the action takes: the first day without in place of the last day with."""
        facts = dict(self.cleaned_data)
        last_day = facts.pop("last_day")
        return facts | {"ends_on": last_day + datetime.timedelta(days=1) if last_day else None}


def _facts(opportunity: Opportunity | None, day) -> dict:
    if opportunity is None:
        return {"starts_on": day, "weekdays": weekdays.mask(USUAL_DAYS)}
    names = ("title", "about", "needs", "tags", "weekdays", "places", "mentor", "starts_on")
    end = opportunity.ends_on
    facts = {name: getattr(opportunity, name) for name in names}
    return facts | {"last_day": end - datetime.timedelta(days=1) if end else None}


class SearchForm(forms.Form):
    """What the list of opportunities is narrowed by."""

    q = forms.CharField(label=gettext_lazy("Interest, place or town"), max_length=200, required=False)
    weekday = forms.TypedChoiceField(label=gettext_lazy("Day"), required=False, coerce=int, empty_value=None)
    free = forms.BooleanField(label=gettext_lazy("with a free place"), required=False)
    again = forms.BooleanField(label=gettext_lazy("would host again"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["weekday"].choices = [("", _("any")), *weekdays.choices()]
