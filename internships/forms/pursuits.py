from crispy_forms.layout import Fieldset, Layout, Submit
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper
from internships.models import Pursuit, Question, Rules, Travel
from schools.models import AttendanceCode

Ending = Pursuit.Ending


class AskForm(forms.Form):
    """Why this place: read by adviser and coordinator."""

    why = forms.CharField(
        label=gettext_lazy("Why this place?"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("What would you like to learn there? Adviser and coordinator read it."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Ask to pursue it"))


class SiteForm(AskForm):
    """A place that the school does not know yet."""

    site = forms.CharField(label=gettext_lazy("Which place?"), max_length=200)
    site_about = forms.CharField(
        label=gettext_lazy("Who works there, and how do you know of it?"), required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    field_order = ("site", "site_about", "why")


class DecideForm(forms.Form):
    says_yes = forms.TypedChoiceField(
        label=gettext_lazy("May the student call there?"), widget=forms.RadioSelect, coerce=lambda text: text == "yes",
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no, and I say why"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("A word to the student"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Say so"))


class EndForm(forms.Form):
    ending = forms.ChoiceField(
        label=gettext_lazy("What happened?"), widget=forms.RadioSelect,
        choices=[(Ending.NO, Ending.NO.label), (Ending.GIVEN_UP, gettext_lazy("it is given up"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What is there to remember?"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        # The page holds another form with words.
        kwargs.setdefault("auto_id", "end_%s")
        super().__init__(*args, **kwargs)
        self.helper = helper(_("End it"))


class TravelForm(forms.ModelForm):
    class Meta:
        model = Travel
        fields = ("most_km",)


class RulesForm(forms.ModelForm):
    class Meta:
        model = Rules
        fields = (
            "adviser_clears", "coordinator_clears", "cleared_weeks", "interview_step", "shadow_step", "setup_step",
            "form_employer", "form_parent", "form_student", "form_adviser", "form_coordinator", "asks_safeguarding",
            "needs_background", "needs_liability", "needs_safety", "needs_risk",
            "site_code", "late_after_minutes", "no_show_after_minutes", "parents_hear_of_no_shows", "asks_where",
            "hours_a_term", "contact_days", "start_latitude", "start_longitude", "furthest_km",
        )  # fmt: skip
        help_texts = {
            "start_longitude": gettext_lazy("Both from a map. Students start from here; nobody's home is asked for."),
            "furthest_km": gettext_lazy("For one student another number can be said, on the page of their places."),
            "cleared_weeks": gettext_lazy("So long nobody else may call a mentor who has one place."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["site_code"].queryset = AttendanceCode.objects.filter(
            school=self.instance.school, retired_on__isnull=True
        )
        self.helper = helper(_("Save"))
        self.helper.layout = Layout(
            Fieldset(_("Before a student calls a place"), "adviser_clears", "coordinator_clears", "cleared_weeks"),
            Fieldset(_("Meeting the place"), "interview_step", "shadow_step", "setup_step"),
            Fieldset(
                _("The agreement"), "form_employer", "form_parent", "form_student", "form_adviser", "form_coordinator",
                "asks_safeguarding",
            ),
            Fieldset(
                _("Papers without which nobody begins"), "needs_background", "needs_liability", "needs_safety",
                "needs_risk",
            ),
            Fieldset(
                _("Days on site"), "site_code", "late_after_minutes", "no_show_after_minutes",
                "parents_hear_of_no_shows", "asks_where", "hours_a_term", "contact_days",
            ),
            Fieldset(_("How far it is"), "start_latitude", "start_longitude", "furthest_km"),
        )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        both = ("start_latitude", "start_longitude")
        half = [name for name in both if cleaned.get(name) is None]
        if len(half) == 1 and half[0] not in self.errors:
            self.add_error(half[0], _("A place has both, a latitude and a longitude."))
        return cleaned


class QuestionForm(forms.ModelForm):
    class Meta:
        model = Question
        fields = ("of", "text")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper()
        self.helper.add_input(Submit("add", _("Ask it"), css_class="btn btn-primary"))
