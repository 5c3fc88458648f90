from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, OnceField, helper
from common.shipped import in_my_language
from students.models import AttendanceMark, FamilyContact, Guardianship


class LogForm(forms.Form):
    """Two taps: the kind, and the page's key."""

    kind = forms.ChoiceField(choices=FamilyContact.Kind)
    key = OnceField()


class ContactForm(forms.Form):
    """What a contact was, in more words."""

    kind = forms.ChoiceField(label=gettext_lazy("How"), choices=FamilyContact.Kind)
    guardian = forms.ModelChoiceField(label=gettext_lazy("With whom"), queryset=None, required=False)
    day = DayField(label=gettext_lazy("Day"))
    time = forms.TimeField(
        label=gettext_lazy("Time"), required=False, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    )
    note = forms.CharField(
        label=gettext_lazy("What was said"), required=False, max_length=20_000, widget=forms.Textarea(attrs={"rows": 5})
    )

    def __init__(self, *args, contact: FamilyContact, **kwargs):
        at = contact.at.astimezone(contact.student.school.zone)
        facts = {"kind": contact.kind, "guardian": contact.guardian_id, "note": contact.note}
        super().__init__(*args, initial=facts | {"day": at.date(), "time": at.time().replace(second=0)}, **kwargs)
        self.fields["guardian"].queryset = family_to_call(contact.student, at.date())
        self.fields["guardian"].label_from_instance = lambda row: f"{row.user.name} ({row.get_relation_display()})"
        self.fields["day"].day_first = contact.student.school.day_first
        self.helper = helper(_("Save"))


def family_to_call(student, day):
    """Whom a school may have had a contact with: nobody who is barred."""
    rows = Guardianship.objects.on(day).filter(student=student).exclude(rights=Guardianship.Rights.BARRED)
    return rows.select_related("user")


class MarkForm(forms.Form):
    session = forms.ChoiceField(label=gettext_lazy("Session"), choices=AttendanceMark.Session, widget=forms.RadioSelect)
    code = forms.ModelChoiceField(label=gettext_lazy("Code"), queryset=None)
    note = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Seen by those who mark attendance."),
    )

    def __init__(self, *args, codes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["code"].queryset = codes
        self.fields["code"].label_from_instance = lambda code: f"{code.code} · {in_my_language(code.name)}"
        self.helper = helper(_("Save"))
