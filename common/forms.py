"""What the forms of every room share."""

import uuid

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import get_language

from common.dates import DateError, doubt, is_doubtful, parse_day


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs=attrs, format="%Y-%m-%d")

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        # A browser's date box shows nothing for text that is no date: what was typed must stay to be seen.
        shown = context["widget"]["value"]
        if shown and not _is_iso(shown):
            context["widget"]["type"] = "text"
        return context


def _is_iso(text):
    try:
        parse_day(str(text), day_first=True)
    except DateError:
        return False
    return str(text)[4:5] == "-"


class DayField(forms.DateField):
    """A day, typed in the browser's own box or as people write it in the school's country (`day_first`)."""

    widget = DayInput

    def __init__(self, *args, day_first=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.day_first = day_first

    def to_python(self, value):
        if isinstance(value, str) and value.strip():
            try:
                day = parse_day(value, day_first=self.day_first)
            except DateError as error:
                raise ValidationError(str(error)) from None
            if is_doubtful(value) and _reader_writes_otherwise(self.day_first):
                raise ValidationError(doubt(value))
            return day
        return super().to_python(value)


def _reader_writes_otherwise(day_first) -> bool:
    """English is written in both orders, and the school's country decides; other languages have one of their own."""
    language = (get_language() or "en").partition("-")[0]
    return not day_first and language != "en"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """Any number of files; `clean` gives them as a list. What they are, is for the room to look at."""

    widget = ManyFilesInput

    def clean(self, data, initial=None):
        chosen = data if isinstance(data, (list, tuple)) else [data]
        return [found for found in (super(ManyFilesField, self).clean(one, initial) for one in chosen) if found]


class OnceField(forms.UUIDField):
    """A key that the page made, so that a double tap or a resent form is one row."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.HiddenInput, initial=uuid.uuid4, required=False, **kwargs)


def helper(submit=None, *, action="", css="form", tag=True) -> FormHelper:
    """The layout of our forms: one column, one button that names what it does."""
    layout = FormHelper()
    layout.form_tag = tag
    layout.form_action = action
    layout.form_class = css
    layout.attrs = {"data-keep": "", "novalidate": ""}
    if submit:
        layout.add_input(Submit("submit", submit, css_class="btn btn-primary"))
    return layout


def refuse(form, error: Exception, field: str | None = None) -> None:
    """Show an action's refusal beside the field (or above the form), keeping what was typed."""
    form.add_error(field, str(error))
