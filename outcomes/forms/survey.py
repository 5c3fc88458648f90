from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField
from outcomes.forms.destinations import levels_of, placement_words, placements_of

YES_NO = [("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))]


def _asks(label) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect, required=False)


class SurveyForm(forms.Form):
    """How somebody is who has left, in their words or in those of whoever asked them."""

    studies = _asks(gettext_lazy("Are you at college, at university or in training now?"))
    level = forms.ChoiceField(label=gettext_lazy("What kind of place is it?"), required=False)
    school = forms.CharField(label=gettext_lazy("Where?"), max_length=200, required=False)
    course = forms.CharField(label=gettext_lazy("What do you learn there?"), max_length=200, required=False)
    studies_since = DayField(
        label=gettext_lazy("Since when?"), required=False, help_text=gettext_lazy("About is good enough.")
    )
    works = _asks(gettext_lazy("Do you work now?"))
    employer = forms.CharField(label=gettext_lazy("Where?"), max_length=200, required=False)
    job = forms.CharField(label=gettext_lazy("What do you do there?"), max_length=200, required=False)
    hours = forms.IntegerField(label=gettext_lazy("Hours a week"), min_value=1, max_value=99, required=False)
    works_since = DayField(
        label=gettext_lazy("Since when?"), required=False, help_text=gettext_lazy("About is good enough.")
    )
    through = _asks(gettext_lazy("Did you get the job through an internship at school?"))
    placement = forms.ModelChoiceField(
        label=gettext_lazy("Through which one?"), queryset=None, required=False, empty_label="–"
    )
    finished = _asks(gettext_lazy("Have you got a degree, certificate or qualification since you left?"))
    credential = forms.CharField(label=gettext_lazy("Which one?"), max_length=200, required=False)
    given_by = forms.CharField(label=gettext_lazy("From whom?"), max_length=200, required=False)
    finished_on = DayField(label=gettext_lazy("When?"), required=False, help_text=gettext_lazy("About is good enough."))
    words = forms.CharField(
        label=gettext_lazy("What else would you like us to know?"), required=False, max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    may_ask = _asks(gettext_lazy("May we ask again later?"))
    email = forms.EmailField(label=gettext_lazy("Your e-mail, if it is another now"), required=False)

    STUDIES = ("level", "school", "course", "studies_since")
    WORKS = ("employer", "job", "hours", "works_since", "through", "placement")
    FINISHED = ("credential", "given_by", "finished_on")

    def __init__(self, *args, student, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].choices = levels_of(student.school)
        self.fields["placement"].queryset = placements_of(student)
        self.fields["placement"].label_from_instance = placement_words
        if not self.fields["placement"].queryset.exists():
            del self.fields["placement"]
        for name in ("studies_since", "works_since", "finished_on"):
            self.fields[name].day_first = student.school.day_first

        for field in self.fields.values():
            if not isinstance(field.widget, forms.RadioSelect):
                is_select = isinstance(field.widget, forms.Select)
                field.widget.attrs["class"] = "form-select" if is_select else "form-control"

    @property
    def questions(self) -> list[tuple]:
        """Each question with what is asked where it is so, and whether that must be seen: something in it is wrong."""
        asked = ("studies", self.STUDIES), ("works", self.WORKS), ("finished", self.FINISHED)
        return [(self[name], self._bound(names), self._is_wrong(name, *names)) for name, names in asked]

    @property
    def reach(self) -> list:
        return self._bound(("email",))

    @property
    def reach_is_wrong(self) -> bool:
        return self._is_wrong("may_ask", "email")

    def _bound(self, names) -> list:
        return [self[name] for name in names if name in self.fields]

    def _is_wrong(self, *names) -> bool:
        return self.is_bound and any(name in self.errors for name in names)

    def clean(self):
        said = super().clean()
        self._follows("studies", self.STUDIES, said)
        self._follows("works", self.WORKS, said)
        self._follows("finished", self.FINISHED, said)
        self._follows("may_ask", ("email",), said)
        if said.get("placement") and said.get("through") != "yes":
            self.add_error("through", _("You chose an internship below: say yes, or choose none."))
        if said.get("studies") == "yes" and not said.get("level"):
            self.add_error("level", _("Please choose one."))
        if said.get("finished") == "yes" and not said.get("credential"):
            self.add_error("credential", _("Please say which one."))
        return said

    def _follows(self, question, names, said):
        """What is typed below a question without its yes must not be lost in silence."""
        if said.get(question) != "yes" and any(said.get(name) for name in names):
            self.add_error(question, _("You wrote something below: say yes, or empty it."))

    @property
    def said(self) -> dict:
        return {"placement": None} | self.cleaned_data
