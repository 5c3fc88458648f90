from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import OnceField, helper
from students.models import Level

LONGEST = 20_000


class NoteForm(forms.Form):
    """`readers` is level -> people who may read it, so that the choice shows its consequence."""

    level = forms.ChoiceField(label=gettext_lazy("Who may read it"), widget=forms.RadioSelect)
    text = forms.CharField(label=gettext_lazy("Note"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5}))
    key = OnceField()

    def __init__(self, *args, readers: dict, submit="", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = [(level.value, _level_words(level, people)) for level, people in readers.items()]
        self.helper = helper(submit or _("Save the note"))


def _level_words(level: Level, people) -> str:
    names = ", ".join(person.name for person in people)
    label = str(level.label).capitalize()
    return f"{label}: {names}" if names else label


class ConcernForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What worries you?"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("What you saw or heard, when, and in whose words. You need not be sure."),
    )  # fmt: skip
    key = OnceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Pass it on"))


class StepForm(forms.Form):
    text = forms.CharField(
        label=gettext_lazy("What was done"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = OnceField()

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Add this step"))


class OutcomeForm(forms.Form):
    outcome = forms.CharField(
        label=gettext_lazy("What came of it"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("This closes the concern. It cannot be changed later; steps can still be added."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Close the concern"))
