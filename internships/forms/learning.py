import uuid

from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, ManyFilesField, ManyFilesInput, OnceField, helper
from files.photos import MAX_BYTES
from internships.forms.days import SCALE
from internships.models import Feedback, JournalEntry
from mentors.models import Mentor, OrganisationContact

LONG = {"rows": 4}


class JournalForm(forms.ModelForm):
    date = DayField(label=gettext_lazy("Which day?"))
    photos = ManyFilesField(
        label=gettext_lazy("Photos"), required=False,
        # HEIC is left out on purpose: iPhones then send JPEG, which this page can make smaller before it goes out.
        widget=ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp", "data-photos": MAX_BYTES}),
        help_text=gettext_lazy("Where you were is taken out of them. Ask before you show somebody's face."),
    )  # fmt: skip
    key = OnceField()

    class Meta:
        model = JournalEntry
        fields = ("date", "text")
        widgets = {"text": forms.Textarea(attrs={"rows": 6})}

    def __init__(self, *args, school, day, **kwargs):
        super().__init__(*args, initial={"date": day}, **kwargs)
        self.fields["date"].day_first = school.day_first
        self.order_fields(["date", "text", "photos", "key"])
        self.helper = helper(_("Keep it"))
        self.helper.form_id = "journal"

    @property
    def form_key(self) -> uuid.UUID | None:
        """The key that the page made, also where something else in the form is wrong."""
        try:
            return uuid.UUID(self.data.get("key", ""))
        except ValueError:
            return None


class VisitForm(forms.Form):
    kind = forms.ChoiceField(
        label=gettext_lazy("How"), choices=OrganisationContact.Kind.choices, widget=forms.RadioSelect
    )
    at = DayField(label=gettext_lazy("When"))
    mentor = forms.ModelChoiceField(label=gettext_lazy("With whom"), queryset=None, required=False)
    note = forms.CharField(label=gettext_lazy("What was said"), required=False, widget=forms.Textarea(attrs=LONG))
    key = OnceField()

    def __init__(self, *args, placement, day, **kwargs):
        super().__init__(*args, initial={"at": day}, **kwargs)
        rows = placement.mentors_on(max(day, placement.starts_on))
        here = Mentor.objects.filter(pk__in=[row.mentor_id for row in rows])
        self.fields["mentor"].queryset = here.select_related("user")
        self.fields["mentor"].label_from_instance = lambda mentor: mentor.name
        self.fields["at"].day_first = placement.school.day_first
        self.helper = helper(_("Log it"))


class FeedbackForm(forms.Form):
    """A few taps and a sentence; nothing has to be said about everything."""

    stage = forms.ChoiceField(label=gettext_lazy("When"), choices=Feedback.Stage, widget=forms.RadioSelect)
    strengths = forms.CharField(
        label=gettext_lazy("What goes well?"), required=False, widget=forms.Textarea(attrs=LONG)
    )
    next_step = forms.CharField(
        label=gettext_lazy("What should come next?"), required=False, widget=forms.Textarea(attrs=LONG)
    )

    def __init__(self, *args, school, last: Feedback | None = None, stage=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.goals = list(school.goals.filter(retired_on__isnull=True))
        self.initial = {"stage": stage or Feedback.Stage.MIDDLE}
        if stage:
            self.fields["stage"].widget = forms.HiddenInput()
        for key, words in Feedback.SKILLS.items():
            self.fields[f"skill_{key}"] = forms.TypedChoiceField(
                label=words, choices=[("", _("not said")), *SCALE], coerce=int, empty_value=None, required=False
            )
        for goal in self.goals:
            self.fields[f"goal_{goal.key}"] = forms.CharField(
                label=goal.name, help_text=goal.question, required=False, max_length=1000
            )
        if last:
            self.initial |= {"stage": last.stage, "strengths": last.strengths, "next_step": last.next_step}
            self.initial |= {f"skill_{key}": value for key, value in last.skills.items()}
            self.initial |= {f"goal_{key}": words for key, words in last.goals.items()}
        self.helper = helper(_("Send it"))
        self.helper.layout = Layout(
            "stage", "strengths", "next_step",
            Fieldset(_("At work, from 1 to 5"), *(f"skill_{key}" for key in Feedback.SKILLS)),
            Fieldset(_("What did you see of the learning goals?"), *(f"goal_{goal.key}" for goal in self.goals)),
        )  # fmt: skip

    @property
    def said(self) -> dict:
        """What `give_feedback` takes."""
        found = self.cleaned_data
        return {
            "stage": found["stage"], "strengths": found["strengths"], "next_step": found["next_step"],
            "skills": {key: found[f"skill_{key}"] for key in Feedback.SKILLS if found[f"skill_{key}"]},
            "goals": {goal.key: found[f"goal_{goal.key}"] for goal in self.goals if found[f"goal_{goal.key}"]},
        }  # fmt: skip
