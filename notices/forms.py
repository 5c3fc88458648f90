from django import forms
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from notices.models import Preference


class MomentField(forms.DateTimeField):
    """A moment to the microsecond, as the page wrote it."""

    widget = forms.HiddenInput

    def to_python(self, value):
        try:
            return parse_datetime(value) if isinstance(value, str) and value else super().to_python(value)
        except ValueError:
            raise forms.ValidationError(self.error_messages["invalid"]) from None


class AllReadForm(forms.Form):
    """Everything that was on the page when it was made."""

    until = MomentField()


class DigestForm(forms.Form):
    digest = forms.ChoiceField(
        label=_("How often we write to you"), choices=Preference.Digest.choices, widget=forms.RadioSelect
    )
