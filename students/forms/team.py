from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from common.forms import DayField, helper
from common.person_form import PersonForm
from schools.models import StaffRole
from students.actions.colleagues import ROLES
from students.models import Student
from students.people import clue, likely_people


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return obj.name


class ColleagueForm(PersonForm):
    """Somebody who works at the school, or somebody from outside by name, on one student's team."""

    colleague = StaffChoice(
        label=gettext_lazy("Somebody of the school"),
        queryset=None,
        required=False,
        empty_label=gettext_lazy("somebody else"),
    )
    role = forms.ChoiceField(label=gettext_lazy("As"), choices=[(role.value, role.label) for role in ROLES])
    starts_on = DayField(label=gettext_lazy("From"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty where no end is known.")
    )

    def __init__(self, *args, student: Student, day, **kwargs):
        super().__init__(*args, find=lambda typed: _known(student, typed), **kwargs)
        staff = StaffRole.objects.on(day).filter(school_id=student.school_id)
        self.fields["colleague"].queryset = User.objects.open().filter(pk__in=staff.values("user_id"))
        self.fields["given_name"].required = False
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = student.school.day_first
        self.fields["starts_on"].initial = day
        self.helper = helper(_("Put on the team"))
        same = ["same_as"] if self.likely else []
        self.helper.layout = Layout(
            "colleague",
            Fieldset(_("Or somebody from outside"), *same, *self.PERSON),
            Fieldset(_("Their place on the team"), "role", "starts_on", "last_day"),
        )

    def clean(self):
        cleaned = super().clean()
        colleague = cleaned.pop("colleague", None)
        if colleague and cleaned["names"]["given_name"]:
            self.add_error("colleague", _("Choose somebody of the school, or name somebody from outside: not both."))
        elif colleague is None and not cleaned["names"]["given_name"]:
            self.add_error("colleague", _("Choose somebody, or write a name below."))
        cleaned["chosen"] = colleague or cleaned["chosen"]
        return cleaned


def _known(student, typed):
    if not typed["given_name"]:
        return []
    found = likely_people(
        student.school, given_name=typed["given_name"], family_name=typed["family_name"], email=typed["email"]
    )
    return [(user, " · ".join(filter(None, [user.name, clue(user)]))) for user in found]
