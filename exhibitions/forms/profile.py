import datetime

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from exhibitions.models import About, Chosen, Share

# What the form offers first.
USUAL = datetime.timedelta(days=30)


class AboutForm(forms.ModelForm):
    words = forms.CharField(
        label=gettext_lazy("About me"), max_length=4000, required=False, widget=forms.Textarea(attrs={"rows": 5}),
        help_text=gettext_lazy("What do you care about, what are you good at, where do you want to go?"),
    )  # fmt: skip

    class Meta:
        model = About
        fields = ("words", "shows_goals")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="about-%s", **kwargs)
        self.fields["shows_goals"].help_text = _("On paper and through links. Your team sees it in any case.")
        self.helper = helper(_("Save"))


class WordsForm(forms.ModelForm):
    """Why a piece is in the profile."""

    words = forms.CharField(
        label=gettext_lazy("Why it is here"), max_length=2000, required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    class Meta:
        model = Chosen
        fields = ("words",)

    def __init__(self, *args, instance: Chosen, **kwargs):
        super().__init__(*args, instance=instance, auto_id=f"chosen-{instance.pk}-%s", **kwargs)


class ShareForm(forms.ModelForm):
    until = DayField(
        label=gettext_lazy("Until when?"), help_text=gettext_lazy("It opens up to this day. A year is the longest.")
    )

    class Meta:
        model = Share
        fields = ("label", "until")

    def __init__(self, *args, student, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["label"].help_text = _("A college, an employer, a grandmother. Who opens it does not see this.")
        self.fields["until"].day_first = student.school.day_first
        self.initial.setdefault("until", day + USUAL)
        self.helper = helper(_("Make a link"))
