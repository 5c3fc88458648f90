import copy
import zoneinfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import helper
from schools.actions.school import DETAILS, NUMBERS
from schools.models import School


class SettingsForm(forms.ModelForm):
    """Some of a school's settings. `changes()` is what was changed, so that two leads do not undo each other's work."""

    def __init__(self, *args, school: School, **kwargs):
        # The form writes into its instance even when something is wrong; the page still shows the school as it is.
        super().__init__(*args, instance=copy.copy(school), **kwargs)
        self.helper = helper(_("Save"))

    def changes(self) -> dict:
        return {name: self.cleaned_data[name] for name in self.changed_data}


def _zones():
    return [(name, name.replace("_", " ")) for name in sorted(zoneinfo.available_timezones()) if "/" in name]


class DetailsForm(SettingsForm):
    language = forms.ChoiceField(
        label=gettext_lazy("Language"), choices=settings.LANGUAGES,
        help_text=gettext_lazy("Letters and e-mails are in it where a person has chosen none."),
    )  # fmt: skip
    time_zone = forms.ChoiceField(
        label=gettext_lazy("Time zone"),
        help_text=gettext_lazy("The school's day begins and ends by it: access, attendance and terms follow."),
    )

    class Meta:
        model = School
        fields = DETAILS
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "name": gettext_lazy("As it stands on letters."),
            "system": gettext_lazy(
                "Changes words (grade or year group) and the order of dates. Attendance codes stay as they are."
            ),
            "phone": gettext_lazy("Stands on letters, and on the page where a concern is passed on."),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["time_zone"].choices = _zones()


class NumbersForm(SettingsForm):
    class Meta:
        model = School
        fields = NUMBERS
        help_texts = {
            "advisory_size": gettext_lazy("A larger advisory is allowed, with a warning to whoever makes it so."),
            "plan_due_weeks": gettext_lazy(
                "Counted from the student's own start. After that a plan that is not signed shows to adviser and lead."
            ),
            "one_to_one_days": gettext_lazy(
                "After so many days the next one-to-one shows as due on the adviser's board."
            ),
            "age_student_decides": gettext_lazy(
                "From this age the student says who of the family stays on the team. Until then the school does."
            ),
            "guardians_see_each_other": gettext_lazy(
                "Off: parents of one student do not see each other on the team, and each other's words appear under "
                "“Family”. They never see each other's contact data either way."
            ),
            "qualities_name": gettext_lazy("For example social qualities or personal qualities."),
        }
