from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import OnceField
from outcomes.models import SavedView, Snapshot

# What a saved view may hold: choices of cohorts, groups and cuts. Small groups are asked for anew each time.
CHOICES = ("term", "class", "group", "cohort", "cut")


class NameForm(forms.ModelForm):
    class Meta:
        model = SavedView
        fields = ["name"]

    def validate_unique(self):
        """The action says it, in words that help."""


class KeepForm(NameForm):
    """The page and its choices come along as the page knows them."""

    page = forms.RegexField(r"^(dashboard|figure/[a-z0-9_]{1,60})\Z", widget=forms.HiddenInput)

    def choices(self) -> dict:
        # PostgreSQL keeps no such sign in JSON.
        said = {name: self.data.get(name, "").replace("\0", "")[:100] for name in CHOICES}
        return {name: value for name, value in said.items() if value}


class FreezeForm(forms.ModelForm):
    key = OnceField()

    class Meta:
        model = Snapshot
        fields = ["name"]
        help_texts = {"name": _("As it will be asked for later: “Report to the board, autumn 2026”.")}
