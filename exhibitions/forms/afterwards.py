from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from exhibitions.models import Decision, Gateway, PeerFeedback

LONG = {"rows": 4}


class WordsForm(forms.Form):
    """Why it is given back, or what is corrected."""

    words = forms.CharField(widget=forms.Textarea(attrs=LONG), max_length=10_000)

    def __init__(self, *args, label, submit, action, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
        self.helper = helper(submit, action=action)


class RehearsalForm(forms.Form):
    held_on = DayField(label=gettext_lazy("Day of the rehearsal"))

    def __init__(self, *args, school, action, **kwargs):
        super().__init__(*args, auto_id="rehearsal_%s", **kwargs)
        self.fields["held_on"].day_first = school.day_first
        self.helper = helper(_("Ask the advisory"), action=action)


class FeedbackForm(forms.ModelForm):
    class Meta:
        model = PeerFeedback
        fields = ("good", "better", "question")
        widgets = {name: forms.Textarea(attrs=LONG) for name in ("good", "better", "question")}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Tell them"))


class GatewayForm(forms.ModelForm):
    class Meta:
        model = Gateway
        fields = ("name", "asks")
        widgets = {"asks": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = _("For example: end of grade 10, graduation.")
        self.helper = helper(_("Save"))

    def _post_clean(self):
        """The action writes the row; the form only reads what was typed."""

    @property
    def said(self) -> dict:
        return {name: self.cleaned_data[name] for name in ("name", "asks")}


class DecisionForm(forms.ModelForm):
    outcome = forms.ChoiceField(
        label=gettext_lazy("Decision"), choices=Decision.Outcome.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = Decision
        fields = ("outcome", "words")
        widgets = {"words": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="decision_%s", **kwargs)
        self.helper = helper(_("Decide"))
