from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from internships.forms.placements import TimeInput
from internships.models import SetUpMeeting

LONG = {"rows": 3}


class _Yes(forms.Form):
    """One question with yes and no."""

    question = gettext_lazy("Yes or no?")

    def __init__(self, *args, question=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["yes"] = forms.TypedChoiceField(
            label=question or self.question, widget=forms.RadioSelect, coerce=lambda text: text == "yes",
            choices=[("yes", _("yes")), ("no", _("no"))],
        )  # fmt: skip
        self.order_fields(["yes"])
        self.helper = helper(_("Say so"))


class InterviewForm(forms.Form):
    date = DayField(label=gettext_lazy("Which day?"))
    time = forms.TimeField(label=gettext_lazy("At what time?"), widget=TimeInput)
    questions = forms.CharField(
        label=gettext_lazy("What do you want to ask?"), required=False, widget=forms.Textarea(attrs=LONG),
        help_text=gettext_lazy("How did you come to this work? What is hard about it? What would you show me first?"),
    )  # fmt: skip

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, auto_id="interview_%s", **kwargs)
        self.fields["date"].day_first = school.day_first
        self.helper = helper(_("Keep it"))


class HeldForm(_Yes):
    question = gettext_lazy("Did the interview happen?")
    notes = forms.CharField(
        label=gettext_lazy("What did you hear?"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    thanked_on = DayField(label=gettext_lazy("Said thank you on"), required=False)

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, auto_id="held_%s", **kwargs)
        self.fields["thanked_on"].day_first = school.day_first


class ShadowForm(forms.Form):
    date = DayField(label=gettext_lazy("Which day?"))
    from_time = forms.TimeField(label=gettext_lazy("From"), widget=TimeInput)
    to_time = forms.TimeField(label=gettext_lazy("To"), widget=TimeInput)
    bring = forms.CharField(
        label=gettext_lazy("What to bring and wear"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, auto_id="shadow_%s", **kwargs)
        self.fields["date"].day_first = school.day_first
        self.helper = helper(_("Arrange it, and ask parent and host"))


class ParentForm(_Yes):
    question = gettext_lazy("May the student go there on that day?")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="parent_%s", **kwargs)


class HostForm(_Yes):
    words = forms.CharField(
        label=gettext_lazy("A word to the student"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="host_%s", **kwargs)


class StudentForm(_Yes):
    question = gettext_lazy("Do you want to go on with this place?")
    reflection = forms.CharField(
        label=gettext_lazy("How was the day?"), required=False, widget=forms.Textarea(attrs=LONG)
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="student_%s", **kwargs)


class SetUpForm(forms.ModelForm):
    held_on = DayField(label=gettext_lazy("When did you meet?"))

    class Meta:
        model = SetUpMeeting
        fields = ("held_on", "who", "goals", "expectations", "in_touch", "days")
        widgets = {"goals": forms.Textarea(attrs=LONG), "expectations": forms.Textarea(attrs=LONG)}

    def __init__(self, *args, school, **kwargs):
        super().__init__(*args, auto_id="setup_%s", **kwargs)
        self.fields["held_on"].day_first = school.day_first
        self.helper = helper(_("Keep it"))
