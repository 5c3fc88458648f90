from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts.sign_in_names import tidy
from common.names import fold

SEARCH_LENGTH = 610
# Each of them costs one check of a password when the address signs in.
MOST_WITH_ONE_ADDRESS = 10


class UserQuerySet(models.QuerySet):
    def matching(self, words: str):
        """People whose folded name holds every one of `words`."""
        found = self
        for word in fold(words).split():
            found = found.filter(search_name__contains=word)
        return found

    def open(self):
        return self.filter(closed_at__isnull=True)

    def with_email(self, address: str):
        """Everybody who has this address: two parents may share one."""
        # Lower() has an index; `iexact` would ask PostgreSQL for UPPER().
        return self.alias(lower_email=Lower("email")).filter(lower_email=address.strip().lower())

    def signing_in_as(self, typed: str):
        """Whom a typed sign-in name or e-mail address can mean, of those who can sign in at all."""
        typed = tidy(typed)
        found = self.filter(username=typed)
        if "@" in typed:
            found |= self.filter(username__isnull=False, pk__in=self.model.objects.with_email(typed).values("pk"))
        return found[:MOST_WITH_ONE_ADDRESS]


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def get_by_natural_key(self, username):
        return self.get(username=tidy(username))

    def create_user(self, username=None, password=None, **fields):
        user = self.model(username=username or None, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A human being: one row over all schools, children and hats, whether or not they ever sign in.

    Being able to sign in is a separate fact: a sign-in name and a usable password.
    """

    username = models.CharField(_("sign-in name"), max_length=150, unique=True, null=True, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    given_name = models.CharField(_("given name"), max_length=200)
    family_name = models.CharField(_("family name"), max_length=200, blank=True)
    preferred_name = models.CharField(_("preferred name"), max_length=200, blank=True)
    search_name = models.CharField(max_length=SEARCH_LENGTH, editable=False, db_index=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=10, blank=True)
    is_active = models.BooleanField(default=True)
    is_demo = models.BooleanField(default=False, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Raised to end every session that is open, on whatever device.
    session_generation = models.PositiveIntegerField(default=0, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["given_name"]

    class Meta:
        ordering = ["search_name", "id"]
        indexes = [models.Index(Lower("email"), name="user_email_lower")]
        constraints = [
            models.CheckConstraint(
                condition=Q(username__isnull=True) | Q(username=Lower("username")), name="user_username_is_lower"
            ),
            # An empty string would be taken by the first person without a sign-in name.
            models.CheckConstraint(condition=~Q(username=""), name="user_username_not_empty"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(is_active=False), name="user_closed_is_inactive"
            ),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        # Folding takes some scripts apart (Hangul), so that a long name grows beyond the column.
        self.search_name = fold(f"{self.preferred_name} {self.given_name} {self.family_name}")[:SEARCH_LENGTH]
        if self.username is not None:
            self.username = tidy(self.username) or None
        super().save(*args, **kwargs)

    @property
    def called(self) -> str:
        """What people say: the preferred or else the given name."""
        return self.preferred_name or self.given_name

    @property
    def name(self) -> str:
        return f"{self.called} {self.family_name}".strip()

    @property
    def full_name(self) -> str:
        """For letters and signatures: given and family name, as in the records."""
        return f"{self.given_name} {self.family_name}".strip()

    @property
    def initials(self) -> str:
        return (self.called[:1] + self.family_name[:1]).upper()

    @property
    def can_sign_in(self) -> bool:
        return self.is_active and bool(self.username) and self.has_usable_password()

    @property
    def can_be_written_to(self) -> bool:
        return bool(self.email) and self.closed_at is None

    def get_full_name(self):
        return self.full_name

    def get_short_name(self):
        return self.called

    def get_session_auth_hash(self):
        return self._session_hash(settings.SECRET_KEY)

    def get_session_auth_fallback_hash(self):
        for secret in settings.SECRET_KEY_FALLBACKS:
            yield self._session_hash(secret)

    def _session_hash(self, secret):
        """Changes with the password, as Django's own, and whenever all sessions are to end."""
        value = f"{self.password}:{self.session_generation}"
        return salted_hmac("accounts.session", value, secret=secret, algorithm="sha256").hexdigest()
