from copy import copy

from allauth.account.adapter import get_adapter
from allauth.account.forms import AddEmailForm as AllauthAddEmailForm
from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import ResetPasswordForm as AllauthResetPasswordForm
from allauth.account.forms import ResetPasswordKeyForm as AllauthResetPasswordKeyForm
from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from accounts import codes
from accounts.actions import joining
from accounts.models import User
from common.forms import helper


def languages() -> list[tuple[str, str]]:
    """Each language under its own name."""
    return [(code, get_language_info(code)["name_local"]) for code, _name in settings.LANGUAGES]


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("The code in your letter"),
        max_length=60,
        help_text=_("Twelve letters and digits. Dashes and small letters do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )

    def clean_code(self):
        code = codes.tidy(self.cleaned_data["code"])
        if len(code) != codes.CODE_LENGTH:
            raise forms.ValidationError(
                _("This has %(n)d letters and digits; a code has %(all)d. Please look again.")
                % {"n": len(code), "all": codes.CODE_LENGTH}
            )
        return code


class AcceptForm(forms.Form):
    """A sign-in name, a password and a language. Who has a name already is not asked for one."""

    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=150,
        help_text=_("You type it each time you sign in. Letters, digits, full stops and dashes."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        help_text=_("Ten characters or more. A few words in a row are easier to remember than signs."),
        # What was typed comes back with an error beside another field: the page is kept by no browser.
        widget=forms.PasswordInput(render_value=True, attrs={"autocomplete": "new-password"}),
    )
    language = forms.ChoiceField(label=_("Language"), choices=languages)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        if user.username:
            del self.fields["username"]

    def clean_username(self):
        try:
            return joining.free_name(self.user, self.cleaned_data["username"])
        except joining.JoinError as error:
            raise forms.ValidationError(str(error)) from None

    def clean_password(self):
        password = self.cleaned_data["password"]
        person = copy(self.user)
        person.username = self.cleaned_data.get("username") or self.user.username
        password_validation.validate_password(password, person)
        return password

    def choices(self) -> dict:
        """What `accept` is told."""
        return {"username": "", **self.cleaned_data}


class AboutForm(forms.Form):
    """What somebody says about themselves; the names in the records are the school's to correct."""

    preferred_name = forms.CharField(
        label=_("What people call you"), max_length=200, required=False,
        widget=forms.TextInput(attrs={"autocomplete": "nickname"}),
    )  # fmt: skip
    phone = forms.CharField(
        label=_("Phone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    language = forms.ChoiceField(label=_("Language"), required=False)

    def __init__(self, *args, user: User, **kwargs):
        initial = {"preferred_name": user.preferred_name, "phone": user.phone, "language": user.language}
        super().__init__(*args, initial=initial, **kwargs)
        self.fields["language"].choices = [("", _("As my browser asks")), *languages()]
        self.fields["preferred_name"].help_text = _("Leave it empty for “%(name)s”.") % {"name": user.given_name}
        self.helper = helper(_("Save"))


class AddressForm(forms.Form):
    """A new e-mail address. The password is asked for: who has somebody's address can take over the account."""

    email = forms.EmailField(
        label=_("New e-mail address"), max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    password = forms.CharField(
        label=_("Your password"), strip=False, widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self):
        email = self.cleaned_data["email"].lower()
        if email == self.user.email.lower():
            raise forms.ValidationError(_("This is your address already."))
        return email

    def clean_password(self):
        password = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class ChangePasswordForm(AllauthChangePasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Your password now")
        _call_it_new(self)


class ResetPasswordKeyForm(AllauthResetPasswordKeyForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _call_it_new(self)


def _call_it_new(form):
    form.fields["password1"].label = _("New password")
    form.fields["password2"].label = _("New password again")


class ResetPasswordForm(AllauthResetPasswordForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("E-mail")

    def clean_email(self):
        """Everybody who has this address gets a message of their own; the page says the same for none."""
        email = self.cleaned_data["email"].lower()
        self.users = list(User.objects.with_email(email).filter(is_active=True))
        return email


class AddEmailForm(AllauthAddEmailForm):
    def clean_email(self):
        """allauth's own page for addresses asks for no password."""
        raise forms.ValidationError(_("Change your e-mail address on the page about you."))
