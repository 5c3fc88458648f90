from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import helper

# Many times the longest plan section, and far below what the merge could not do in a moment.
LONGEST = 200_000


class WriteForm(forms.Form):
    """The plain form: works in every browser, without script."""

    markdown = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "true"}),
        help_text=_(
            "An empty line begins a new paragraph. # makes a heading, - a list, - [ ] a box to tick, **stars** bold."
        ),
    )
    base_id = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    next = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, language="", **kwargs):
        super().__init__(*args, **kwargs)
        if language:
            self.fields["markdown"].widget.attrs["lang"] = language
        self.helper = helper(_("Save"))
