from django import forms
from django.utils.translation import gettext_lazy as _

from audit.models import Event
from common.forms import DayField
from schools.models import School


class TrailForm(forms.Form):
    """What the list of who did what is narrowed by."""

    who = forms.CharField(label=_("Who did it"), max_length=200, required=False)
    student = forms.CharField(label=_("Student, by name or number"), max_length=200, required=False)
    kind = forms.ChoiceField(
        label=_("What"), required=False,
        choices=[("", _("changes and reading")), (Event.Kind.WRITE, _("changes")), (Event.Kind.READ, _("reading"))],
    )  # fmt: skip
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("Last day"), required=False)

    def __init__(self, *args, school: School, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            self.fields[name].day_first = school.day_first
