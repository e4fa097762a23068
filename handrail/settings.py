"""Django's settings. What an operator may change is declared in `handrail.kit.settings`."""

from ipaddress import ip_network
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext_lazy as _

from handrail.kit.logging import logging_settings
from handrail.kit.postgres import database_url
from handrail.kit.settings import environment

ROOT = Path(__file__).resolve().parent
DEBUG = environment.HANDRAIL_DEBUG
SECRET_KEY = environment.HANDRAIL_SECRET_KEY
BASE_URL = environment.HANDRAIL_BASE_URL.rstrip("/")
_HOST = urlsplit(BASE_URL).hostname or "127.0.0.1"
_LOOPBACK = {"127.0.0.1", "localhost", "[::1]"}
_NAMES_HERE = _LOOPBACK if _HOST in {"::1", *_LOOPBACK} else {f"[{_HOST}]" if ":" in _HOST else _HOST}
ALLOWED_HOSTS = [*_NAMES_HERE, *environment.HANDRAIL_ALLOWED_HOSTS]
CSRF_TRUSTED_ORIGINS = [BASE_URL]
SERVED_SECURELY = BASE_URL.startswith("https://")
TRUSTED_PROXIES = [ip_network(each, strict=False) for each in environment.HANDRAIL_TRUSTED_PROXIES]

ROOMS = [
    "handrail.demo",
    "handrail.workbench",
    "handrail.portal",
    "handrail.notifications",
    "handrail.channels.email",
    "handrail.tickets",
    "handrail.knowledge",
    "handrail.customers",
    "handrail.team",
    "handrail.fields",
    "handrail.accounts",
    "handrail.calendars",
    "handrail.files",
    "handrail.search",
    "handrail.events",
    "handrail.ui",
    "handrail.kit",
]
INSTALLED_APPS = [
    "procrastinate.contrib.django",
    *ROOMS,
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django.contrib.humanize",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
]
MIDDLEWARE = [
    "handrail.accounts.middleware.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "handrail.files.uploads.LongWords",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "handrail.accounts.middleware.in_disguise",
    "handrail.accounts.middleware.as_the_person_likes",
    "handrail.accounts.middleware.second_factor_first",
]
ROOT_URLCONF = "handrail.urls"
WSGI_APPLICATION = "handrail.wsgi.application"
APPEND_SLASH = False
CSRF_FAILURE_VIEW = "handrail.ui.errors.csrf_refused"

TEMPLATES = [
    {
        "BACKEND": "handrail.ui.backend.Jinja2Templates",
        "DIRS": [ROOT / room.removeprefix("handrail.").replace(".", "/") / "templates" for room in ROOMS],
        "OPTIONS": {
            "environment": "handrail.ui.jinja.environment",
            "context_processors": ["handrail.ui.forgery.once"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    },
]


#: The driver prepares a statement that ran so often; `kit.prepared` asks for it at once, nothing else ever.
ONLY_WHERE_ASKED = 2**31


def _database() -> dict[str, object]:
    parts = urlsplit(database_url())
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")) or "handrail",
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.pop("host", "") or parts.hostname or ""),
        "PORT": str(query.pop("port", "") or parts.port or ""),
        # A connection from the pool is checked before use, so that the desk recovers by itself after the
        # database was away; a request waits no longer than `timeout` seconds for one.
        "OPTIONS": {
            "pool": {"min_size": 1, "max_size": 12, "timeout": 5, "max_idle": 300},
            "prepare_threshold": ONLY_WHERE_ASKED,
            **query,
        },
        "CONN_HEALTH_CHECKS": True,
    }


DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["handrail.accounts.backend.AddressAndPassword"]
SESSION_ENGINE = "handrail.accounts.sessions"
LOGIN_URL = "accounts:sign-in"
LOGIN_REDIRECT_URL = "/"
PASSWORD_HASHERS = ["handrail.accounts.hashers.Argon2"]
_JUDGES = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_JUDGES}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_JUDGES}.CommonPasswordValidator"},
    {"NAME": f"{_JUDGES}.UserAttributeSimilarityValidator"},
]
# The library serves second factors; our own door, throttles and mails stand before it.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
ACCOUNT_ADAPTER = "handrail.accounts.adapters.Door"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False
MFA_ADAPTER = "handrail.accounts.adapters.Factors"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODE_DIGITS = 10

# The prefix makes browsers refuse such a cookie from anywhere but this very host over TLS. Plain http (a
# trial on one machine) cannot use it.
_COOKIE = "__Host-" if SERVED_SECURELY else ""
SESSION_COOKIE_NAME = f"{_COOKIE}handrail-session"
CSRF_COOKIE_NAME = f"{_COOKIE}handrail-csrf"
LANGUAGE_COOKIE_NAME = f"{_COOKIE}handrail-language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = SERVED_SECURELY
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SERVED_SECURELY else 0

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("de", _("German"))]
LOCALE_PATHS = [ROOT / "locale"]
USE_TZ = True
TIME_ZONE = "UTC"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "ui" / "static"]
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_IMMUTABLE_FILE_TEST = r"^.+\.[0-9a-f]{12}\..+$"

FILES_FOLDER = environment.HANDRAIL_HOME / "files"
CLAMAV = environment.HANDRAIL_CLAMAV
#: Pictures on other servers that were fetched; may be emptied at any time, and is in no backup.
FETCHED_FOLDER = environment.HANDRAIL_HOME / "cache" / "pictures"
FILE_UPLOAD_HANDLERS = [
    "handrail.files.uploads.BoundedUpload",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
TRASH_DAYS = environment.HANDRAIL_TRASH_DAYS
UNDO_SECONDS = environment.HANDRAIL_UNDO_SECONDS
DELIVERY_RECEIPTS = environment.HANDRAIL_DELIVERY_RECEIPTS
MAIL_DOMAIN = environment.HANDRAIL_MAIL_DOMAIN
MAIL_AUTHSERV_IDS = environment.HANDRAIL_MAIL_AUTHSERV_IDS
MAIL_HELD_AFTER = environment.HANDRAIL_MAIL_HELD_AFTER
MAIL_REFUSED_AFTER = environment.HANDRAIL_MAIL_REFUSED_AFTER
MAIL_IS_CAUGHT = not environment.HANDRAIL_MAIL_URL
MAIL_URL = environment.HANDRAIL_MAIL_URL or f"smtp://127.0.0.1:{environment.HANDRAIL_CATCHALL_PORT}"
SMTP_PORT = environment.HANDRAIL_SMTP_PORT
MAIL_SERVER_NETWORKS = [ip_network(each) for each in environment.HANDRAIL_MAIL_SERVER_NETWORKS]
MAIL_SERVER_AUTHORITIES = environment.HANDRAIL_MAIL_SERVER_AUTHORITIES
MAIL_CONSENT = {
    "google": environment.HANDRAIL_GOOGLE_CLIENT.partition(":")[::2],
    "microsoft": environment.HANDRAIL_MICROSOFT_CLIENT.partition(":")[::2],
}
MAIL_MICROSOFT_TENANT = environment.HANDRAIL_MICROSOFT_TENANT

LOGGING_CONFIG = None
LOGGING = logging_settings(level=environment.HANDRAIL_LOG_LEVEL)
SILENCED_SYSTEM_CHECKS: list[str] = []
