"""Settings, all of them from the environment (docs/operations.md lists them). Without DEBUG nothing unsafe starts."""

from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
VAR = Path(env.str("VAR", default=str(BASE_DIR / "var")))

SECRET_KEY = env.str("SECRET_KEY", default="only-for-a-demo-on-this-machine" if DEBUG else "")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
REDIS_URL = env.str("REDIS_URL", default="")
# The address that e-mails and letters print, e.g. https://plans.example.org
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

if not DEBUG:
    if len(SECRET_KEY) < 50:
        raise ImproperlyConfigured("Set SECRET_KEY to at least 50 random characters, or DEBUG=1 to try things out.")
    if not ALLOWED_HOSTS or "*" in ALLOWED_HOSTS:
        raise ImproperlyConfigured("Set ALLOWED_HOSTS to the names this site is served under, separated by commas.")

# A demo school with known passwords may exist only where DEBUG says that nobody real is here.
DEMO = DEBUG
# True in processes that serve under ASGI: there each request has a thread of its own, so a kept connection would leak.
UNDER_ASGI = env.bool("UNDER_ASGI", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "servestatic",
    "channels",
    "csp",
    "django_htmx",
    "crispy_forms",
    "crispy_bootstrap5",
    "common",
    "audit",
    "accounts",
    "files",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "schools",
    "notices",
    "students",
    "coedit",
    "mentors",
    "plans",
    "advisories",
    "internships",
    "exhibitions",
    "outcomes",
    "rosters",
    "dashboards",
    "demo",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.PersonalPagesMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if DEBUG:
    # In production nginx serves static files; under WSGI this would cost every page more than a millisecond of threads.
    MIDDLEWARE.insert(1, "servestatic.middleware.ServeStaticMiddleware")

ROOT_URLCONF = "bpl.urls"
WSGI_APPLICATION = "bpl.wsgi.application"
ASGI_APPLICATION = "bpl.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "bpl.context.site",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "common.templatetags.quick",
                "common.templatetags.throughline",
                "common.templatetags.icons",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"

# Database: SQLite by default, PostgreSQL wherever more than one process or school works.
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR / 'throughline.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"] == "django.db.backends.sqlite3":
    _db["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-16000;",
    }
    # A file, not memory: shared-cache locks in memory ignore the time limit (Django ticket 29062).
    _db["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
else:
    _db["CONN_MAX_AGE"] = 0 if UNDER_ASGI else 600
    _db["CONN_HEALTH_CHECKS"] = not UNDER_ASGI
    # What a page reads is in memory. Left to think of a turning disk, PostgreSQL reads the tables of all schools where
    # an index leads to one. DATABASE_URL may say otherwise (?options=).
    _db.setdefault("OPTIONS", {}).setdefault("options", "-c random_page_cost=1.1")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

if REDIS_URL:
    # A Redis that starts again signs nobody out and stops no page.
    _away = {"socket_connect_timeout": 2, "socket_timeout": 5}
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL},
        "sessions": {"BACKEND": "common.cache.CopiesInRedis", "LOCATION": REDIS_URL, "OPTIONS": _away},
    }
    CHANNEL_LAYERS = {
        "default": {"BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer", "CONFIG": {"hosts": [REDIS_URL]}}
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
    SESSION_CACHE_ALIAS = "sessions"
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
    SESSION_ENGINE = "django.contrib.sessions.backends.db"

# Celery. Tasks are named by their callers, so that actions import none.
CELERY_BROKER_URL = REDIS_URL or "memory://localhost/"
CELERY_BROKER_TRANSPORT_OPTIONS = {} if REDIS_URL else {"polling_interval": 0.1}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_SERIALIZER = "json"
CELERY_TASK_TIME_LIMIT = 600
CELERY_TIMEZONE = "UTC"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_REDIRECT_STDOUTS = False
# Where tasks are sent: imported by whoever sends one, and so never by a process that only writes live.
TASKS_GO_TO = "bpl.celery.app"

# People and sign-in.
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backends.SignInBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "given_name", "family_name", "preferred_name", "email")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
# The backend takes an e-mail address too; allauth would want addresses to be unique, and two parents may share one.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*"]
ACCOUNT_UNIQUE_EMAIL = False
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Strict for one account; wide for one address, because a whole school signs in from one address at 8:30.
# A printed code is counted by its first letters, right or wrong.
ACCOUNT_RATE_LIMITS = {
    "login": "1000/m/ip",
    "login_failed": "600/m/ip,5/5m/key",
    "join_code": "600/5m/ip,6/10m/key",
    "new_address": "5/d/user",
}
ACCOUNT_FORMS = {
    "change_password": "accounts.forms.ChangePasswordForm",
    "reset_password": "accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms.ResetPasswordKeyForm",
    "add_email": "accounts.forms.AddEmailForm",
}
# allauth's own would keep addresses in a second table, where an old one stays good for a new password.
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "django.contrib.auth.tokens.PasswordResetTokenGenerator"  # noqa: S105
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXIES", default=0)
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Throughline"

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not DEBUG
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if not DEBUG:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

# E-mail: a row first, then sent. In a demo the files are under var/mail.
if env.str("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(VAR / "mail")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Throughline <no-reply@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("en-gb", _("British English")), ("es", _("Spanish"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["bpl.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = env.str("STATIC_ROOT", default=str(VAR / "static"))
SERVESTATIC_USE_FINDERS = DEBUG
SERVESTATIC_AUTOREFRESH = DEBUG
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "servestatic.storage.CompressedManifestStaticFilesStorage"
    },
}
# What people upload, private: a view asks the door for each byte. Behind nginx it names the file and nginx sends it.
FILES_ROOT = env.str("FILES_ROOT", default=str(VAR / "files"))
FILES_INTERNAL = env.str("FILES_INTERNAL", default="")
STORAGES["files"] = {
    "BACKEND": "django.core.files.storage.FileSystemStorage",
    "OPTIONS": {"location": FILES_ROOT, "base_url": None},
}
# Or in an S3-compatible store, where a browser is sent to an address that is signed for a minute.
FILES_S3_BUCKET = env.str("FILES_S3_BUCKET", default="")
FILES_S3_ENDPOINT = env.str("FILES_S3_ENDPOINT", default="").rstrip("/")
FILES_S3_REGION = env.str("FILES_S3_REGION", default="us-east-1")
if FILES_S3_BUCKET:
    if not (find_spec("storages") and find_spec("boto3")):
        raise ImproperlyConfigured(
            "FILES_S3_BUCKET names a store, and what speaks with it is not installed: install requirements-s3.txt in "
            "place of requirements.txt (in Docker, REQUIREMENTS=requirements-s3.txt), or leave FILES_S3_BUCKET empty."
        )
    _store = urlsplit(FILES_S3_ENDPOINT or f"https://s3.{FILES_S3_REGION}.amazonaws.com")
    # Browsers are sent there from pages under TLS; to another name, since cookies go to every port of one.
    if not DEBUG and (_store.scheme != "https" or _store.hostname in (None, urlsplit(SITE_URL).hostname)):
        raise ImproperlyConfigured("Set FILES_S3_ENDPOINT to https:// and a name that is not the site's own.")
    STORAGES["files"] = {
        "BACKEND": "files.stores.PrivateStore",
        "OPTIONS": {
            "bucket_name": FILES_S3_BUCKET,
            "endpoint_url": _store.geturl(),
            "region_name": FILES_S3_REGION,
            "addressing_style": "path" if FILES_S3_ENDPOINT else "virtual",
            # Without a key boto3 looks for one where it always does: the environment, the role of the machine.
            "access_key": env.str("FILES_S3_KEY", default="") or None,
            "secret_key": env.str("FILES_S3_SECRET", default="") or None,
        },
    }
    # Pages show pictures and films from this bucket, and nothing else from there.
    _named = f"{_store.netloc}/{FILES_S3_BUCKET}" if FILES_S3_ENDPOINT else f"{FILES_S3_BUCKET}.{_store.netloc}"
    for _kind in ("img-src", "media-src"):
        CONTENT_SECURITY_POLICY["DIRECTIVES"].setdefault(_kind, ["'self'"]).append(f"{_store.scheme}://{_named}/")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

SILENCED_SYSTEM_CHECKS = [
    "auth.W004",  # sign-in names may be empty: many people here never sign in
    "security.W005",  # whether a school's other names are all served under TLS is for the school to say:
    "security.W021",  # SECURE_HSTS_INCLUDE_SUBDOMAINS, SECURE_HSTS_PRELOAD
]
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
}
