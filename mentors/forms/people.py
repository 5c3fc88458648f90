from crispy_forms.layout import Fieldset, Layout
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from common.person_form import PersonForm
from mentors.models import Mentor, Organisation
from students.people import clue, likely_people


class MentorForm(PersonForm):
    """A mentor of an organisation: somebody the school knows, or a new person."""

    job_title = forms.CharField(label=gettext_lazy("Job"), max_length=100, required=False)
    on = DayField(label=gettext_lazy("Mentor since"))

    def __init__(self, *args, organisation: Organisation, day, **kwargs):
        school = organisation.school
        super().__init__(*args, find=lambda typed: _known(school, typed), **kwargs)
        self.fields["on"].day_first = school.day_first
        self.fields["on"].initial = day
        self.helper = helper(_("Add the mentor"))
        same = ["same_as"] if self.likely else []
        self.helper.layout = Layout(*same, Fieldset(_("Who it is"), *self.PERSON), "job_title", "on")


class ChangeForm(forms.Form):
    """What a school may correct of a mentor; who signs in changes e-mail and phone on a page of their own."""

    job_title = forms.CharField(label=gettext_lazy("Job"), max_length=100, required=False)
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    phone = forms.CharField(label=gettext_lazy("Phone"), max_length=40, required=False)

    def __init__(self, *args, mentor: Mentor, **kwargs):
        user = mentor.user
        facts = {"job_title": mentor.job_title, "email": user.email, "phone": user.phone}
        super().__init__(*args, initial=facts, **kwargs)
        if user.can_sign_in:
            del self.fields["email"], self.fields["phone"]
        self.helper = helper(_("Save"))


class LeaveForm(forms.Form):
    on = DayField(label=gettext_lazy("First day without"))

    def __init__(self, *args, school, day, **kwargs):
        kwargs.setdefault("auto_id", "leave_%s")
        super().__init__(*args, initial={"on": day}, **kwargs)
        self.fields["on"].day_first = school.day_first
        self.helper = helper(_("They have left"))


class MentorChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj):
        return f"{obj.user.name} · {obj.organisation}"


class MentorshipForm(forms.Form):
    mentor = MentorChoice(label=gettext_lazy("Mentor"), queryset=None)
    starts_on = DayField(label=gettext_lazy("From"))
    last_day = DayField(
        label=gettext_lazy("Last day"), required=False, help_text=gettext_lazy("Leave it empty where no end is known.")
    )

    def __init__(self, *args, student, day, **kwargs):
        super().__init__(*args, **kwargs)
        here = Mentor.objects.filter(school_id=student.school_id).exclude(ends_on__lte=day)
        self.fields["mentor"].queryset = here.with_names()
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = student.school.day_first
        self.fields["starts_on"].initial = day
        self.helper = helper(_("Put on the team"))


def _known(school, typed):
    found = likely_people(
        school, given_name=typed["given_name"], family_name=typed["family_name"], email=typed["email"]
    )
    return [(user, " · ".join(filter(None, [user.name, clue(user), *_places(user, school)]))) for user in found]


def _places(user, school):
    records = Mentor.objects.filter(user=user, school=school).select_related("organisation")
    return dict.fromkeys(str(record.organisation) for record in records)
