"""The form by which people bring a table: pasted, or as a file (common/tables.py reads it)."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.decoding import decode
from common.tables import LONGEST_TEXT

MOST_BYTES = 4 * 1024 * 1024


class TableFields(forms.Form):
    """`cleaned_data["text"]` is the table, wherever it came from."""

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
        cleaned["text"] = text
        return cleaned
