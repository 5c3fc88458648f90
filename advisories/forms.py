from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from advisories.models import Advisory, Charge
from common.forms import DayField, OnceField, helper
from common.shipped import in_my_language
from schools.models import AttendanceCode, StaffRole
from schools.roles import Role
from students.models import Student


class AdvisoryForm(forms.Form):
    name = forms.CharField(label=_("Name"), max_length=100, help_text=_("For example: Ms Lindqvist's advisory"))
    room = forms.CharField(label=_("Room"), max_length=60, required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Open the advisory"))


class PersonChoice(forms.ModelChoiceField):
    """Chooses a row by the name of its person; the value is the user."""

    def label_from_instance(self, obj):
        return obj.name


class ChargeForm(forms.Form):
    """Who takes an advisory: an adviser without an end, or cover from one day to another."""

    user = PersonChoice(label=_("Who"), queryset=None)
    kind = forms.ChoiceField(label=_("As"), choices=Charge.Kind.choices)
    starts_on = DayField(label=_("From"))
    last_day = DayField(
        label=_("Last day"), required=False, help_text=_("Cover needs one; leave it empty for an adviser.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)

    def __init__(self, *args, advisory, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = possible_advisers(advisory.school, day)
        for name in ("starts_on", "last_day"):
            self.fields[name].day_first = advisory.school.day_first
        self.fields["starts_on"].initial = day
        self.helper = helper(_("Give the advisory"))


class HandOverForm(forms.Form):
    to = PersonChoice(label=_("To"), queryset=None)
    on = DayField(label=_("From"))

    def __init__(self, *args, charge, day, **kwargs):
        super().__init__(*args, **kwargs)
        school = charge.advisory.school
        self.fields["to"].queryset = possible_advisers(school, day).exclude(pk=charge.user_id)
        self.fields["on"].day_first = school.day_first
        self.fields["on"].initial = day
        self.helper = helper(_("Hand over"))


class MoveForm(forms.Form):
    advisory = forms.ModelChoiceField(label=_("To"), queryset=None)
    on = DayField(label=_("From"), help_text=_("Both advisories keep their history. Access moves on this day."))

    def __init__(self, *args, student, day, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["advisory"].queryset = Advisory.objects.open(day).filter(school=student.school)
        self.fields["on"].day_first = student.school.day_first
        self.fields["on"].initial = day
        self.helper = helper(_("Move"))


class SeatForm(forms.Form):
    """Brings a student of the school into this advisory, wherever they sit now."""

    student = forms.ModelChoiceField(label=_("Student"), queryset=None)
    on = DayField(label=_("From"))

    def __init__(self, *args, advisory, day, **kwargs):
        super().__init__(*args, **kwargs)
        students = Student.objects.enrolled(day).filter(school=advisory.school).select_related("user")
        self.fields["student"].queryset = students.exclude(seats__in=advisory.seats.on(day))
        self.fields["on"].day_first = advisory.school.day_first
        self.fields["on"].initial = day
        self.helper = helper(_("Bring in"))


class CircleForm(forms.Form):
    """The day's word and notes, and one mark for each student (`mark_<id>`)."""

    word = forms.CharField(label=_("Word of the day"), max_length=60, required=False)
    notes = forms.CharField(label=_("Notes"), widget=forms.Textarea(attrs={"rows": 5}), required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, initial=0, required=False)
    rest_here = forms.BooleanField(label=_("Everybody else is here"), required=False)

    def __init__(self, *args, students, codes, marks=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.students, self.codes = students, {str(code.pk): code for code in codes}
        choices = [(code.pk, in_my_language(code.name)) for code in codes]
        for student in students:
            mark = (marks or {}).get(student.pk)
            self.fields[f"mark_{student.pk}"] = forms.ChoiceField(
                label=student.name, choices=choices, required=False, widget=forms.RadioSelect,
                initial=mark.code_id if mark else None,
            )  # fmt: skip

    def mark_fields(self):
        return [(student, self[f"mark_{student.pk}"]) for student in self.students]

    def marks(self) -> dict[Student, AttendanceCode | None]:
        """A code for each student who has one; with "everybody else is here", the others are present."""
        chosen = {student: self.codes.get(self.cleaned_data.get(f"mark_{student.pk}")) for student in self.students}
        if self.cleaned_data["rest_here"]:
            return {student: code or self._present for student, code in chosen.items()}
        return chosen

    @property
    def _present(self) -> AttendanceCode | None:
        return next((code for code in self.codes.values() if code.counts == AttendanceCode.Counts.PRESENT), None)


class OneToOneForm(forms.Form):
    held_on = DayField(label=_("Held on"))
    shared_notes = forms.CharField(
        label=_("Notes shared with the student"), widget=forms.Textarea(attrs={"rows": 4}), required=False,
        help_text=_("The student reads these. Staff on the team read them too."),
    )  # fmt: skip
    private_notes = forms.CharField(
        label=_("Notes for staff only"), widget=forms.Textarea(attrs={"rows": 3}), required=False,
        help_text=_("The student and the family do not see these."),
    )  # fmt: skip
    next_step = forms.CharField(label=_("Next step"), max_length=300, required=False)
    next_on = DayField(label=_("Next one-to-one"), required=False)
    key = OnceField()

    def __init__(self, *args, student, day, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("held_on", "next_on"):
            self.fields[name].day_first = student.school.day_first
        self.fields["held_on"].initial = day
        self.helper = helper(_("Save the one-to-one"))


def possible_advisers(school, day):
    """People with an adviser's, specialist's or lead's role in the school that day."""
    roles = StaffRole.objects.on(day).filter(school=school, role__in=[Role.ADVISER, Role.SPECIALIST, Role.LEAD])
    return User.objects.filter(pk__in=roles.values("user_id"))
