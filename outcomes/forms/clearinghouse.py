from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper

MOST_BYTES = 250 * 1024 * 1024
SPREADSHEETS = (".xlsx", ".xls", ".ods", ".numbers")


class BringForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("Detail file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv,text/plain"}),
        help_text=gettext_lazy("The StudentTracker detail report as it came: CSV or text. A large one takes minutes."),
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Look at it first"))

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST_BYTES:
            raise forms.ValidationError(_("That file is larger than 250 MB. Bring it in in parts."))
        if file.name.lower().endswith(SPREADSHEETS):
            raise forms.ValidationError(_("That is a spreadsheet. Bring the file as it came, or save it as CSV."))
        return file


class RequestForm(forms.Form):
    """Whom to ask for, and what the clearinghouse knows the school as."""

    classes = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Classes"), coerce=int, widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("Choose at least one class.")},
    )  # fmt: skip
    code = forms.RegexField(
        r"^[A-Za-z0-9]{1,10}$", label=gettext_lazy("Account code"), max_length=10,
        help_text=gettext_lazy("The number of your agreement, as the clearinghouse wrote it to you."),
        error_messages={"invalid": gettext_lazy("Write up to ten letters and figures.")},
    )  # fmt: skip
    branch = forms.RegexField(
        r"^[0-9]{2}$", label=gettext_lazy("Branch"), max_length=2, initial="00",
        help_text=gettext_lazy("Two figures; 00 where the clearinghouse names none."),
        error_messages={"invalid": gettext_lazy("Write two figures.")},
    )  # fmt: skip
    name = forms.CharField(label=gettext_lazy("Name of the account"), max_length=80)

    def __init__(self, *args, counts: dict[int, tuple[int, int]], **kwargs):
        """`counts`: of each class how many can be asked for, of how many."""
        super().__init__(*args, **kwargs)
        words = _("%(year)s: %(n)s of %(all)s can be asked for")
        self.fields["classes"].choices = [
            (year, words % {"year": year, "n": can, "all": whole}) for year, (can, whole) in counts.items()
        ]
        self.helper = helper(_("Download the request file"))
