"""Settings, from the environment: `YANZHEN_DATA`, `YANZHEN_DATABASE_URL`, `YANZHEN_HOSTS`, `YANZHEN_DEBUG`."""

from __future__ import annotations

import os
import secrets
from datetime import timedelta
from pathlib import Path

import dj_database_url

PACKAGE = Path(__file__).resolve().parent.parent
DATA_FOLDER = Path(os.environ.get("YANZHEN_DATA") or "data").resolve()
DATA_FOLDER.mkdir(parents=True, exist_ok=True)


def _secret() -> str:
    """The signing key of sessions and forms: kept in the data folder, made there at first start."""
    path = DATA_FOLDER / "secret"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50), "utf-8")
    return path.read_text("utf-8")


SECRET_KEY = _secret()
DEBUG = os.environ.get("YANZHEN_DEBUG") == "1"
ALLOWED_HOSTS = os.environ.get("YANZHEN_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "accounts.Account"
ROOT_URLCONF = "yanzhen.config.urls"
WSGI_APPLICATION = "yanzhen.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "axes",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "tablericons",
    "yanzhen.access",
    "yanzhen.ledger",
    "yanzhen.policy",
    "yanzhen.org",
    "yanzhen.people",
    "yanzhen.mobility",
    "yanzhen.contact",
    "yanzhen.duties",
    "yanzhen.sheets",
    "yanzhen.accounts",
    "yanzhen.web",
    "yanzhen.config",
]

MIDDLEWARE = [
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "yanzhen.web.headers.ContentPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "yanzhen.accounts.signing_in.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "yanzhen.accounts.middleware.ActorMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "web" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "yanzhen.web.context.shell",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("YANZHEN_DATABASE_URL") or f"sqlite:///{DATA_FOLDER / 'yanzhen.sqlite3'}",
        conn_max_age=60,
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        # A writer waits for the one before it instead of failing at its first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 60,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-16384;"
        ),
    }

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "yanzhen.accounts.backends.CodeBackend",
    "yanzhen.accounts.backends.FactorBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
]

CSRF_FAILURE_VIEW = "yanzhen.accounts.signing_in.sent_with_an_old_token"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = True  # on one's own telephone nobody signs in twice; 登录过的设备 takes it back

# Five failures lock this user name from this address for a quarter of an hour. axes alone counts, in the database:
# allauth's own count lives in one process's memory.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = "yanzhen.accounts.throttle.counted_by"
AXES_USERNAME_CALLABLE = "yanzhen.accounts.throttle.username_of"
AXES_SENSITIVE_PARAMETERS = [
    "username",
    "ip_address",
    "code",
    "again",
    "account",
    "factor",
]  # kept in no record of failures
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "429.html"
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None}

ACCOUNT_ADAPTER = "yanzhen.accounts.signing.AccountAdapter"
ACCOUNT_FORMS = {"change_password": "yanzhen.web.forms_factor.OwnPasswordForm"}
MFA_ADAPTER = "yanzhen.accounts.mfa.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = (
    1  # who types slowly may send the code before (RFC 6238, 5.2); each counts once all the same
)
MFA_FORMS = {
    "authenticate": "yanzhen.web.forms_factor.CodeForm",
    "reauthenticate": "yanzhen.web.forms_factor.CodeAgainForm",
    "authenticate_webauthn": "yanzhen.web.forms_factor.PasskeyForm",
    "reauthenticate_webauthn": "yanzhen.web.forms_factor.PasskeyAgainForm",
}

DEMO = (
    DATA_FOLDER / "demo.json"
).exists()  # fictional people: every page says so (the marker of `demo.folder`)

STATIC_URL = "static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
WHITENOISE_USE_FINDERS = (
    True  # no collecting step; addresses carry the content's hash, so browsers keep files for good
)
WHITENOISE_MAX_AGE = 31536000
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# A roster goes through memory: it never lies on the disk unsealed, and a full disk is met where it is put in words.
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024
# Fifty rows of a roster, each field of which can be decided; all members of a large branch ticked: Django takes 1,000.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000
