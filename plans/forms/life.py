"""The few words that a step of a plan's life asks for."""

from django import forms
from django.utils.translation import gettext_lazy as _

from common.forms import DayField, helper
from plans.defaults import EVERYBODY
from plans.models import Signature
from plans.models.version import SIGNING_ROLES


def _words(label, help_text="", *, required=False, rows=3):
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.Textarea(attrs={"rows": rows}),
        max_length=5000,
    )


class BeginForm(forms.Form):
    term = forms.ChoiceField(label=_("Term"))

    def __init__(self, *args, terms, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["term"].choices = [(term.pk, term.name) for term in terms]


class SubmitForm(forms.Form):
    words = _words(
        _("A note for your adviser"),
        _("For example: what you are unsure of. Only you, whoever advises you and the school's lead read it."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Ask for the review"))


class SendBackForm(forms.Form):
    words = _words(_("What is still to do"), required=True)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Send it back"))


class ActivateForm(forms.Form):
    reason = _words(_("Why it becomes active without them"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Activate the plan"))


class CloseForm(forms.Form):
    words = _words(_("A note on how it ended"), _("Everybody who may see the plan reads it. You can leave it empty."))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = helper(_("Close the plan"))


class ReadersForm(forms.Form):
    readers = forms.MultipleChoiceField(
        label=_("Who reads it"), widget=forms.CheckboxSelectMultiple,
        choices=[(role.value, role.label) for role in EVERYBODY],
        help_text=_("The student and the adviser always do. Cover reads what the adviser reads."),
    )  # fmt: skip

    def __init__(self, *args, section, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["readers"].initial = section.text.readers
        self.helper = helper(_("Save"))


class SignForm(forms.Form):
    """`number` is the version that the page showed, `role` the role whose view of it that was."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(widget=forms.HiddenInput, choices=[(role.value, role.label) for role in SIGNING_ROLES])

    def __init__(self, *args, number, role, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = number
        self.fields["role"].initial = role
        self.helper = helper(_("Sign version %(number)s") % {"number": number})


class WitnessForm(forms.Form):
    """For somebody else's signature: typed on this phone, or on paper."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    role = forms.ChoiceField(widget=forms.HiddenInput, choices=[(role.value, role.label) for role in SIGNING_ROLES])
    way = forms.ChoiceField(
        label=_("How"), widget=forms.RadioSelect, initial=Signature.Way.PHONE,
        choices=[(Signature.Way.PHONE, _("here, on this phone or computer")), (Signature.Way.PAPER, _("on paper"))],
    )  # fmt: skip
    typed_name = forms.CharField(
        label=_("Name"), max_length=200, required=False,
        help_text=_("Whoever signs types their own name here. On paper, leave it empty."),
    )  # fmt: skip
    signed_on = DayField(label=_("Signed on"))

    def __init__(self, *args, number, role, day, day_first, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].initial = number
        self.fields["role"].initial = role
        self.fields["signed_on"].day_first = day_first
        self.fields["signed_on"].initial = day
        self.helper = helper(_("This is the signature"))
