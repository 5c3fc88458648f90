from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisories.models import Advisory
from common.forms import DayField, OnceField, helper
from common.table_form import TableFields
from common.tables import TableError, read
from rosters.access import Reach
from rosters.models import Import
from schools.roles import STAFF_ROLES, Permission, Role
from students.words import grade_word


class UsualForm(forms.Form):
    """What holds for rows that do not say it themselves. `kind` leaves out what a table of that kind has not."""

    grade = forms.CharField(max_length=20, required=False, help_text=gettext_lazy("For new students without one."))
    advisory = forms.ModelChoiceField(
        label=gettext_lazy("Advisory"), queryset=None, required=False, empty_label=gettext_lazy("as their row says"),
        help_text=gettext_lazy("For new students without one."),
    )  # fmt: skip
    role = forms.ChoiceField(
        label=gettext_lazy("Role"), required=False, help_text=gettext_lazy("For staff without one.")
    )

    def __init__(self, *args, reach: Reach, kind: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.may_staff = Permission.SCHOOL_STAFF in reach.can
        self.fields["grade"].label = grade_word(reach.school)
        advisories = Advisory.objects.open(reach.day).filter(school=reach.school)
        if not reach.is_whole_school:
            advisories = advisories.filter(pk__in=reach.own_advisories)
        self.fields["advisory"].queryset = advisories
        roles = [(role.value, role.label) for role in STAFF_ROLES if role != Role.NETWORK_LEAD]
        self.fields["role"].choices = [("", _("as their row says")), *roles]
        if not self.may_staff or kind == Import.Kind.STUDENTS:
            del self.fields["role"]
        if kind == Import.Kind.STAFF:
            del self.fields["grade"], self.fields["advisory"]

    def usual(self) -> dict:
        said = self.cleaned_data
        advisory = said.get("advisory")
        usual = {
            "grade": said.get("grade", ""), "advisory": advisory.pk if advisory else None, "role": said.get("role", "")
        }  # fmt: skip
        return {key: value for key, value in usual.items() if value}


class PasteForm(UsualForm, TableFields):
    """A table as text or as a file, and what holds for rows that do not say it themselves."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), widget=forms.RadioSelect)
    day = DayField(
        label=gettext_lazy("From"),
        help_text=gettext_lazy("New students start on this day where their row names none; moves and new grades too."),
    )
    key = OnceField()

    field_order = ("kind", "text", "file", "day", "grade", "advisory", "role", "key")

    def __init__(self, *args, reach: Reach, **kwargs):
        super().__init__(*args, reach=reach, **kwargs)
        kinds = Import.Kind.choices if self.may_staff else [(Import.Kind.STUDENTS, Import.Kind.STUDENTS.label)]
        self.fields["kind"].choices = kinds
        self.fields["kind"].initial = Import.Kind.STUDENTS
        self.fields["day"].day_first, self.fields["day"].initial = reach.school.day_first, reach.day
        self.helper = helper(_("Look at it first"))

    def clean(self):
        cleaned = super().clean()
        if "file" not in self.errors and "text" not in self.errors:
            self._check(cleaned["text"], "file" if cleaned.get("file") else "text")
        return cleaned

    def _check(self, text, field):
        try:
            read(text)
        except TableError as error:
            self.add_error(field, str(error))
