from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from advisories.models import Advisory
from common.decoding import decode
from common.forms import DayField, OnceField, helper
from rosters.access import Reach
from rosters.models import Import
from rosters.tables.reading import LONGEST_TEXT, TableError, read
from schools.roles import STAFF_ROLES, Permission, Role
from students.words import grade_word

MOST_BYTES = 4 * 1024 * 1024


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


class PasteForm(UsualForm):
    """A table as text or as a file, and what holds for rows that do not say it themselves."""

    kind = forms.ChoiceField(label=gettext_lazy("What is in it"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=gettext_lazy("The table"), required=False, max_length=LONGEST_TEXT, strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "spellcheck": "false"}),
        help_text=gettext_lazy("Copy the rows in your spreadsheet, with the row that names the columns; paste them."),
    )  # fmt: skip
    file = forms.FileField(
        label=gettext_lazy("Or a file"), required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=gettext_lazy("Saved as CSV or text from a spreadsheet or the school's own system."),
    )  # fmt: skip
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

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("That file is larger than 4 MB. Bring it in in parts."))
        if file and file.name.lower().endswith((".xlsx", ".xls", ".ods", ".numbers")):
            raise forms.ValidationError(
                _("That is the spreadsheet itself. Copy its rows and paste them above, or save it as CSV.")
            )
        return file

    def clean(self):
        cleaned = super().clean()
        file, text = cleaned.get("file"), cleaned.get("text", "").strip("\r\n")
        if file and text:
            self.add_error("file", _("There is a table above and a file here. Take one of them away."))
        elif file:
            text = decode(file.read())
        if "file" not in self.errors and "text" not in self.errors:
            self._check(text, "file" if file else "text")
        cleaned["text"] = text
        return cleaned

    def _check(self, text, field):
        try:
            read(text)
        except TableError as error:
            self.add_error(field, str(error))
