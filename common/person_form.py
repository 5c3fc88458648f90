"""Names a person whom the school may have already."""

from collections.abc import Callable

from django import forms
from django.utils.translation import gettext_lazy as _

SOMEBODY_ELSE = "new"


class PersonForm(forms.Form):
    """Names, e-mail and phone of a person. Before somebody new is made, people who may be the same are offered.

    `find(typed)` answers with pairs of a User and the words that tell them apart. `cleaned_data["chosen"]` is then
    the User who was picked, or None; `cleaned_data["names"]` what to make a new person of.
    """

    given_name = forms.CharField(label=_("Given name"), max_length=200)
    family_name = forms.CharField(label=_("Family name"), max_length=200, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=40, required=False)
    same_as = forms.ChoiceField(
        label=_("Is it one of these people?"), required=False, widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("The name has changed since. Please choose again.")},
    )  # fmt: skip

    PERSON = ("given_name", "family_name", "email", "phone")

    def __init__(self, *args, find: Callable, **kwargs):
        super().__init__(*args, **kwargs)
        self.likely = dict(find(self._typed())) if self.is_bound else {}
        if self.likely:
            known = [(user.pk, words) for user, words in self.likely.items()]
            self.fields["same_as"].choices = [*known, (SOMEBODY_ELSE, _("No, this is somebody else"))]
        else:
            del self.fields["same_as"]

    def _typed(self) -> dict[str, str]:
        return {name: str(self.data.get(self.add_prefix(name), "")).strip() for name in self.PERSON}

    def clean(self):
        cleaned = super().clean()
        picked = cleaned.pop("same_as", "")
        if self.likely and not picked and "same_as" not in self.errors:
            self.add_error("same_as", _("We may know this person. Please choose, so that nobody is here twice."))
        cleaned["chosen"] = next((user for user in self.likely if str(user.pk) == picked), None)
        cleaned["names"] = {name: cleaned.pop(name, "") for name in self.PERSON}
        return cleaned
