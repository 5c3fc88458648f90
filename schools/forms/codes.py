from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper
from schools.models import AttendanceCode, LearningGoal


class GoalForm(forms.Form):
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    question = forms.CharField(
        label=gettext_lazy("Head question"), max_length=200, help_text=gettext_lazy("In the student's own voice.")
    )
    prompts = forms.CharField(
        label=gettext_lazy("Further questions, one a line"), required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("They stand beside the goal where work is planned."),
    )  # fmt: skip
    key = forms.SlugField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, goal: LearningGoal | None = None, **kwargs):
        if goal is not None:
            kwargs["initial"] = {"name": goal.name, "question": goal.question, "prompts": goal.prompts}
        super().__init__(*args, **kwargs)
        if goal is not None:
            del self.fields["key"]
        self.helper = helper(_("Save") if goal else _("Add the goal"))


class CodeForm(forms.Form):
    code = forms.CharField(label=gettext_lazy("Code"), max_length=8)
    name = forms.CharField(label=gettext_lazy("Name"), max_length=100)
    counts = forms.ChoiceField(label=gettext_lazy("Counts as"), choices=AttendanceCode.Counts)
    national_code = forms.CharField(
        label=gettext_lazy("National code"), max_length=4, required=False,
        help_text=gettext_lazy("What returns to the authority call it. Empty where there is none."),
    )  # fmt: skip

    def __init__(self, *args, row: AttendanceCode | None = None, **kwargs):
        if row is not None:
            kwargs["initial"] = {name: getattr(row, name) for name in ("code", "name", "counts", "national_code")}
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Save") if row else _("Add the code"))
