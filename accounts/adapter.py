from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import ratelimit
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.sign_in_names import tidy
from common import mailbox


class AccountAdapter(DefaultAccountAdapter):
    """allauth in this house: nobody signs up, limits count by account, e-mail is a row before it is sent."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "This name and password do not belong together. Does somebody else use your e-mail address too? "
            "Then type your sign-in name."
        ),
        "too_many_login_attempts": _(
            "Those were too many tries. Wait five minutes and try again, or ask your adviser or school for a new code."
        ),
        "incorrect_password": _("This is not your password."),
        "rate_limited": _("That was too often in a short time. Wait a few minutes and try again."),
    }

    def is_open_for_signup(self, request):
        """People are brought in by their school; nobody signs up."""
        return False

    def get_user_display(self, user):
        return user.name

    def _get_login_attempts_cache_key(self, request, **credentials):
        """One account is one account, by whichever of its names, spellings or hosts it is tried."""
        typed = tidy(credentials.get("username") or "")
        people = [user.pk for user in User.objects.signing_in_as(typed)]
        return f"account:{people[0]}" if len(people) == 1 else f"typed:{typed}"

    def set_password(self, user, password):
        super().set_password(user, password)
        # Whoever has just set a new password is not to wait for the old one's failures.
        ratelimit.clear(self.request, action="login_failed", key=f"account:{user.pk}")

    def send_password_reset_mail(self, user, email, context):
        if not user.can_sign_in:
            return self.send_mail("accounts/email/not_joined", email, context)
        return super().send_password_reset_mail(user, email, context)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        """To the address we know; allauth's own second table of addresses may hold an older one."""
        if email := email or user.email:
            super().send_notification_mail(template_prefix, user, {**(context or {}), "user": user}, email)

    def send_mail(self, template_prefix, email, context):
        user = context.get("user")
        with translation.override(user.language if user and user.language else translation.get_language()):
            message = self.render_mail(template_prefix, email, {"request": self.request, "email": email, **context})
        mailbox.post(to=email, person=user, subject=message.subject, text=message.body)
