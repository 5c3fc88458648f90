from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, OnceField, helper
from internships.models import Placement
from outcomes.models import Destination, Leaver
from schools.models import School

Kind, Level = Destination.Kind, Destination.Level

LEVELS = {
    School.System.UNITED_STATES: (Level.TWO_YEAR, Level.FOUR_YEAR, Level.APPRENTICESHIP, Level.TRAINING),
    School.System.ENGLAND: (Level.FURTHER, Level.UNIVERSITY, Level.APPRENTICESHIP, Level.TRAINING),
}
# What is asked of each kind, besides who says so.
FIELDS = {
    Kind.ACCEPTED: ("level", "where", "what", "starts_on"),
    Kind.NOT_ACCEPTED: ("starts_on",),
    Kind.ENROLLED: ("level", "where", "what", "starts_on", "ends_on"),
    Kind.NOT_ENROLLED: ("starts_on", "ends_on"),
    Kind.CREDENTIAL: ("what", "where", "level", "starts_on"),
    Kind.WORK: ("where", "what", "hours_a_week", "through_internship", "placement", "starts_on", "ends_on"),
    Kind.NEITHER: ("starts_on", "ends_on"),
}
NEEDED = {Kind.ACCEPTED: ("level",), Kind.ENROLLED: ("level",), Kind.CREDENTIAL: ("what",)}
LABELS = {
    (Kind.ACCEPTED, "where"): gettext_lazy("College, university or provider"),
    (Kind.ACCEPTED, "what"): gettext_lazy("Course"),
    (Kind.ACCEPTED, "starts_on"): gettext_lazy("Offered on"),
    (Kind.NOT_ACCEPTED, "starts_on"): gettext_lazy("Known since"),
    (Kind.ENROLLED, "where"): gettext_lazy("College, university or provider"),
    (Kind.ENROLLED, "what"): gettext_lazy("Course"),
    (Kind.CREDENTIAL, "what"): gettext_lazy("Degree, certificate or qualification"),
    (Kind.CREDENTIAL, "where"): gettext_lazy("Given by"),
    (Kind.CREDENTIAL, "starts_on"): gettext_lazy("Given on"),
    (Kind.WORK, "where"): gettext_lazy("Employer"),
    (Kind.WORK, "what"): gettext_lazy("Job"),
}
YES_OR_NO = {"yes": True, "no": False}


def levels_of(school) -> list[tuple]:
    """The kinds of places of the school's country."""
    return [("", "–"), *((level.value, level.label) for level in LEVELS[school.system])]


def placements_of(student):
    """Their own placements that began, the latest first."""
    rows = Placement.objects.begun().filter(student=student).select_related("organisation__merged_into")
    return rows.order_by("-starts_on", "-pk")


def placement_words(placement) -> str:
    return f"{placement.place}, {date_format(placement.starts_on, 'YEAR_MONTH_FORMAT')}"


class DestinationForm(forms.Form):
    """One thing that is known; which fields there are follows from its kind."""

    level = forms.ChoiceField(label=gettext_lazy("Kind of place"), required=False)
    where = forms.CharField(label=gettext_lazy("Where"), max_length=200, required=False)
    what = forms.CharField(label=gettext_lazy("What"), max_length=200, required=False)
    hours_a_week = forms.IntegerField(label=gettext_lazy("Hours a week"), min_value=1, max_value=99, required=False)
    through_internship = forms.TypedChoiceField(
        label=gettext_lazy("Did the job come through an internship?"), required=False, widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")), ("", gettext_lazy("not known"))],
        coerce=YES_OR_NO.get, empty_value=None,
    )  # fmt: skip
    placement = forms.ModelChoiceField(
        label=gettext_lazy("Through which one?"), queryset=None, required=False, empty_label="–"
    )
    starts_on = DayField(label=gettext_lazy("Since"))
    ends_on = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty while it goes on.")
    )
    source = forms.ChoiceField(label=gettext_lazy("Who says so?"))
    said_on = DayField(label=gettext_lazy("As of"), help_text=gettext_lazy("The day on which they said it."))
    confidence = forms.ChoiceField(
        label=gettext_lazy("How sure is it?"), choices=Destination.Confidence, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label=gettext_lazy("In words"), required=False, max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = OnceField()

    def __init__(self, *args, kind: str, student, day, destination: Destination | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind, self.fields["level"].choices = kind, levels_of(student.school)
        self.fields["placement"].queryset = placements_of(student)
        self.fields["placement"].label_from_instance = placement_words
        self.fields["source"].choices = _sources(destination)
        self._keep_fields_of(kind, student)
        self.initial = (
            _facts_of(destination, self.fields) if destination else {"said_on": day, "through_internship": ""}
        )
        self.helper = helper(_("Save the correction") if destination else _("Write it down"))
        facts = [name for name in FIELDS[kind] if name in self.fields]
        self.helper.layout = Layout(
            Fieldset("", *facts), Fieldset(_("How you know"), "source", "said_on", "confidence"), "words", "key"
        )

    def _keep_fields_of(self, kind, student):
        for name in {name for names in FIELDS.values() for name in names} - set(FIELDS[kind]):
            del self.fields[name]
        if "placement" in self.fields and not self.fields["placement"].queryset.exists():
            del self.fields["placement"]
        for name in NEEDED.get(kind, ()):
            self.fields[name].required = True
        for name, field in self.fields.items():
            field.label = LABELS.get((kind, name), field.label)
            if isinstance(field, DayField):
                field.day_first = student.school.day_first

    @property
    def said(self) -> dict:
        """What the actions take, and the page's key."""
        return {"kind": self.kind} | self.cleaned_data


def _sources(destination):
    """A clearinghouse's word comes with its file, and stays one where it is corrected."""
    hand = [pair for pair in Destination.Source.choices if pair[0] != Destination.Source.CLEARINGHOUSE]
    if destination and destination.source == Destination.Source.CLEARINGHOUSE:
        hand = Destination.Source.choices
    return [("", "–"), *hand]


def _facts_of(destination, names) -> dict:
    facts = {name: getattr(destination, name) for name in names if hasattr(destination, name) and name != "key"}
    facts["placement"] = destination.placement_id
    facts["through_internship"] = {True: "yes", False: "no", None: ""}[destination.through_internship]
    return facts


class HowForm(forms.Form):
    """How somebody left."""

    how = forms.ChoiceField(label=gettext_lazy("How did they leave?"), choices=Leaver.How, widget=forms.RadioSelect)

    def __init__(self, *args, leaver: Leaver, **kwargs):
        super().__init__(*args, initial={"how": leaver.how}, auto_id="how_%s", **kwargs)
        self.helper = helper(_("Save"))


class ConsentForm(forms.Form):
    """Whether they may be asked later, and where."""

    may_ask = forms.ChoiceField(
        label=gettext_lazy("May the school ask later how they are?"), widget=forms.RadioSelect,
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("no"))],
    )  # fmt: skip
    email = forms.EmailField(
        label=gettext_lazy("Their own e-mail"), required=False,
        help_text=gettext_lazy("Not the school's address: that ends with school."),
    )  # fmt: skip
    phone = forms.CharField(label=gettext_lazy("Their own phone"), max_length=40, required=False)

    def __init__(self, *args, consent=None, is_own=False, **kwargs):
        super().__init__(*args, auto_id="contact_%s", **kwargs)
        if is_own:
            self.fields["may_ask"].label = _("May the school ask you later how you are?")
            self.fields["email"].label, self.fields["phone"].label = _("Your own e-mail"), _("Your own phone")
        if consent:
            said = "yes" if consent.may_ask else "no"
            self.initial = {"may_ask": said, "email": consent.email, "phone": consent.phone}
        self.helper = helper(_("Save"))

    @property
    def said(self) -> dict:
        return self.cleaned_data | {"may_ask": self.cleaned_data["may_ask"] == "yes"}
