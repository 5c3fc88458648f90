"""The short forms of an agreement. What is answered is kept as it was said, with the question's key."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from common.forms import DayField, helper
from internships.models import AgreementForm

Kind = AgreementForm.Kind
LONG = forms.Textarea(attrs={"rows": 3})


class _Short(forms.Form):
    """Either what is asked, or why not: a no needs its words alone."""

    agrees = forms.TypedChoiceField(
        label=gettext_lazy("Do you agree?"), widget=forms.RadioSelect, coerce=lambda text: text == "yes",
        choices=[("yes", gettext_lazy("yes")), ("no", gettext_lazy("not like this"))],
    )  # fmt: skip
    words = forms.CharField(
        label=gettext_lazy("What would have to be different?"), required=False, widget=LONG,
        help_text=gettext_lazy("Only if you do not agree like this: other days, a later start, a question."),
    )  # fmt: skip

    # What must be there where somebody agrees.
    must: tuple[str, ...] = ()

    def __init__(self, *args, rules, day_first=False, button="", **kwargs):
        super().__init__(*args, **kwargs)
        self.rules = rules
        for field in self.fields.values():
            if isinstance(field, DayField):
                field.day_first = day_first
        self.helper = helper(button or _("Send"))

    def clean(self):
        found = super().clean()
        if found.get("agrees"):
            for name in self.must:
                if name in self.fields and not found.get(name) and name not in self.errors:
                    self.add_error(name, _("This is needed where you agree."))
        elif "agrees" in found and not found.get("words", "").strip():
            self.add_error("words", _("Say what would have to be different."))
        return found

    @property
    def answers(self) -> dict:
        """What to keep: plain values by question."""
        found = {name: value for name, value in self.cleaned_data.items() if name not in ("agrees", "words")}
        return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in found.items()}


class EmployerForm(_Short):
    contact_name = forms.CharField(
        label=gettext_lazy("Whom does the student ask for on site?"), max_length=100, required=False
    )
    contact_phone = forms.CharField(label=gettext_lazy("Their phone"), max_length=40, required=False)
    insured = forms.BooleanField(label=gettext_lazy("We are insured for somebody who works here"), required=False)
    insurer = forms.CharField(label=gettext_lazy("With whom, and the policy's number"), max_length=200, required=False)
    insured_until = DayField(label=gettext_lazy("The policy holds until"), required=False)
    safe = forms.BooleanField(
        label=gettext_lazy("We show the student on the first day how to work safely, and who helps"), required=False
    )
    risks = forms.CharField(
        label=gettext_lazy("What can be dangerous here, and what is done about it?"), required=False, widget=LONG
    )
    safeguarding = forms.BooleanField(
        label=gettext_lazy("Somebody here answers for the safety of young people, and has read the school's rules"),
        required=False,
    )
    data = forms.BooleanField(
        label=gettext_lazy("We use what we learn about the student only for the placement"), required=False
    )

    must = ("contact_name", "contact_phone", "insured", "safe", "safeguarding", "data")
    field_order = (
        "contact_name", "contact_phone", "insured", "insurer", "insured_until", "safe", "risks", "safeguarding", "data",
        "agrees", "words",
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.rules.asks_safeguarding:
            del self.fields["safeguarding"], self.fields["data"]


class ParentForm(_Short):
    emergency_name = forms.CharField(
        label=gettext_lazy("Whom do we call in an emergency?"), max_length=100, required=False
    )
    emergency_phone = forms.CharField(label=gettext_lazy("Their phone"), max_length=40, required=False)
    transport = forms.CharField(
        label=gettext_lazy("How does your child get there and back?"), max_length=200, required=False
    )
    note = forms.CharField(
        label=gettext_lazy("What should the people there know?"), required=False, widget=LONG,
        help_text=gettext_lazy("For example an allergy. The place reads it."),
    )  # fmt: skip

    must = ("emergency_name", "emergency_phone", "transport")
    field_order = ("emergency_name", "emergency_phone", "transport", "note", "agrees", "words")


class StudentForm(_Short):
    on_time = forms.BooleanField(label=gettext_lazy("I am there on time, and check in and out"), required=False)
    calls = forms.BooleanField(label=gettext_lazy("I call the place and my adviser when I cannot come"), required=False)
    safely = forms.BooleanField(
        label=gettext_lazy("I follow the rules of the place, and keep to myself what is private there"), required=False
    )
    hopes = forms.CharField(label=gettext_lazy("What do you want to learn there?"), required=False, widget=LONG)

    must = ("on_time", "calls", "safely")
    field_order = ("on_time", "calls", "safely", "hopes", "agrees", "words")


class ApproveForm(_Short):
    """Adviser and coordinator: yes, or why not."""


FORMS = {
    Kind.EMPLOYER: EmployerForm, Kind.PARENT: ParentForm, Kind.STUDENT: StudentForm, Kind.ADVISER: ApproveForm,
    Kind.COORDINATOR: ApproveForm,
}  # fmt: skip


def answered(form: AgreementForm) -> list[tuple[str, str]]:
    """Question and answer, as somebody said it."""
    fields = FORMS[form.kind].base_fields
    return [
        (str(fields[name].label), _("yes") if value is True else str(value))
        for name, value in form.answers.items()
        if name in fields and value not in ("", None, False)
    ]


class AgainForm(forms.Form):
    """Where to send it this time."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)

    def __init__(self, *args, form: AgreementForm, **kwargs):
        super().__init__(*args, auto_id=f"again{form.pk}_%s", initial={"email": form.person.email}, **kwargs)
        if form.person.can_sign_in:
            del self.fields["email"]
        self.helper = helper(_("Ask again"))
