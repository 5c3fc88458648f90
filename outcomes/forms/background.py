from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from common.table_form import TableFields
from outcomes.background_kinds import offered
from outcomes.models import Background, Held
from schools.models import School
from students.models import Student

Kind = Background.Kind


class HeldForm(forms.ModelForm):
    """What a school holds, and below how many students a group is not shown."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("What the school holds"), choices=Kind, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Held
        fields = ("kinds", "threshold")

    def _post_clean(self):
        """The action writes the row; the form only reads what was typed."""

    def clean_threshold(self):
        threshold = self.cleaned_data["threshold"]
        for check in Held._meta.get_field("threshold").validators:
            check(threshold)
        return threshold


class _WrittenForm(forms.Form):
    since = DayField(label=gettext_lazy("Since"), help_text=gettext_lazy("The first day on which it was so."))
    source = forms.CharField(
        label=gettext_lazy("Who says so"), required=False, max_length=100,
        help_text=gettext_lazy("For example: meals form, family, local authority."),
    )  # fmt: skip


class WriteForm(_WrittenForm):
    """One choice for each kind that the school holds; what is left alone is not said anew."""

    def __init__(self, *args, student: Student, kinds, action, **kwargs):
        super().__init__(*args, auto_id="write_%s", **kwargs)
        self.kinds = list(kinds)
        for kind in self.kinds:
            choices = [("", _("leave as it is")), *offered(kind, student.school.system)]
            self.fields[kind] = forms.ChoiceField(
                label=str(Kind(kind).label).capitalize(), choices=choices, required=False
            )
        self.order_fields([*self.kinds, "since", "source"])
        self.fields["since"].day_first = student.school.day_first
        self.helper = helper(_("Write it down"), action=action)

    @property
    def values(self) -> dict[str, str]:
        return {kind: self.cleaned_data[kind] for kind in self.kinds if self.cleaned_data[kind]}


class CorrectForm(_WrittenForm):
    value = forms.ChoiceField(label=gettext_lazy("Is"))

    field_order = ("value", "since", "source")

    def __init__(self, *args, row: Background, **kwargs):
        initial = {"value": row.value, "since": row.since, "source": row.source}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["value"].label = str(row.get_kind_display()).capitalize()
        self.fields["value"].choices = offered(row.kind, row.school.system)
        self.fields["since"].day_first = row.school.day_first
        self.helper = helper(_("Save the correction"))


class TableForm(_WrittenForm, TableFields):
    """A table as text or as a file; what of it was read stays in the form until it is taken over."""

    field_order = ("text", "file", "since", "source")

    def __init__(self, *args, school: School, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["since"].day_first = school.day_first
        self.fields["since"].help_text = _("For rows that name no day of their own.")
        self.helper = helper(tag=False)

    def keep_text(self) -> None:
        """Show what was read in the box, from a file too: a browser does not send a file twice."""
        self.data = self.data.copy()
        self.data[self.add_prefix("text")] = self.cleaned_data.get("text", "")
