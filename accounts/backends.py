from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings

from accounts.models import User
from common.prepared import Prepared

_of_id = Prepared(lambda user: User.objects.filter(pk=user))


class SignInBackend(AuthenticationBackend):
    """Sign in with a sign-in name or an e-mail address.

    An address may belong to two parents: the password says which. Should it fit both, neither is let in,
    and the page's advice to use the sign-in name holds.
    """

    def get_user(self, user_id):
        """Who is signed in: asked on every page."""
        user = next(iter(_of_id(user=int(user_id))), None)
        return user if user is not None and self.user_can_authenticate(user) else None

    def _authenticate(self, request, **credentials):
        # The base class spends the time of one check where none was made, so that the time taken does not tell
        # which names exist; and it notes a closed account whose password fits, which then gets its own page.
        people = User.objects.signing_in_as(credentials.get("username") or "")
        fitting = [user for user in people if self._check_password(user, credentials["password"])]
        # Everybody knows the password of a demo person: a demo database served without DEBUG lets none of them in.
        fitting = [user for user in fitting if settings.DEMO or not user.is_demo]
        return fitting[0] if len(fitting) == 1 else None
