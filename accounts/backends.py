from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class SignInBackend(AuthenticationBackend):
    """Sign in with a sign-in name or an e-mail address.

    An address may belong to two parents: the password says which. Should it fit both, neither is let in,
    and the page's advice to use the sign-in name holds.
    """

    def _authenticate(self, request, **credentials):
        typed = (credentials.get("username") or credentials.get("login") or "").strip()
        password = credentials.get("password")
        if not typed or not password:
            return None
        people = list(User.objects.filter(username=typed.lower()))
        if not people and "@" in typed:
            people = list(User.objects.filter(email__iexact=typed, username__isnull=False)[:10])
        if not people:
            # As slow as a wrong password, so that the time taken does not tell which names exist.
            User().set_password(password)
            return None
        fitting = [user for user in people if user.check_password(password) and self.user_can_authenticate(user)]
        return fitting[0] if len(fitting) == 1 else None
