"""Settings: Django's, from the environment register and nothing else."""

from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from huiyin.project import environment, logs

PACKAGE = Path(__file__).resolve().parent.parent


def database(url: str) -> dict[str, Any]:
    """Return Django's settings for one PostgreSQL URL."""
    parts = urlsplit(url)
    return {
        "ENGINE": "huiyin.project.tenancy.backend",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"server_side_binding": True, **dict(parse_qsl(parts.query))},
    }


SECRET_KEY = environment.SECRET_KEY.read()
HUIYIN_INDEX_KEY = environment.INDEX_KEY.read() or sha256(f"index:{SECRET_KEY}".encode()).hexdigest()
DEBUG = environment.DEBUG.read_flag()
BASE_DOMAIN = environment.BASE_DOMAIN.read()
ALLOWED_HOSTS = [BASE_DOMAIN, f".{BASE_DOMAIN}"]

HUIYIN_ROLE_PREFIX = environment.ROLE_PREFIX.read()
HUIYIN_DATA = environment.DATA.read_folder()
HUIYIN_TENANTS = environment.TENANTS.read_folder()
HUIYIN_FONTS = environment.FONTS.read_folder() if environment.FONTS.read() else None
HUIYIN_SENTRY_DSN = environment.SENTRY_DSN.read()
HUIYIN_SUPPRESS_BELOW = environment.SUPPRESS_BELOW.read_number()
HUIYIN_PROBE_ADDRESSES = environment.PROBE_ADDRESSES.read_list()

DATABASES = {
    "default": database(environment.DATABASE_URL.read()),
    "owner": database(environment.OWNER_DATABASE_URL.read()),
}
DATABASE_ROUTERS = ["huiyin.project.tenancy.router.TenantRouter"]
TENANT_SYNC_ROUTER = DATABASE_ROUTERS[0]
TENANT_DB_ALIAS = "owner"
GET_EXECUTOR_FUNCTION = "huiyin.project.onboarding.executor.executor_for"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

PUBLIC_APPS = ["huiyin.platform"]
COUNTY_APPS = ["django.contrib.sessions", "huiyin.accounts", "huiyin.county"]
PROVINCE_APPS = ["django.contrib.sessions", "huiyin.accounts", "huiyin.province"]
# Installed for their code: the router lets no table of theirs exist in any schema.
CODE_ONLY_APPS = [
    "django_tenants",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "huiyin.jobs",
    "huiyin.interfaces",
    "huiyin.project",
]
INSTALLED_APPS = list(dict.fromkeys([*CODE_ONLY_APPS, *PUBLIC_APPS, *COUNTY_APPS, *PROVINCE_APPS]))

TENANT_MODEL = "platform.County"
TENANT_DOMAIN_MODEL = "platform.Domain"
HAS_MULTI_TYPE_TENANTS = True
MULTI_TYPE_DATABASE_FIELD = "kind"
TENANT_TYPES = {
    "public": {"APPS": PUBLIC_APPS, "URLCONF": "huiyin.project.urls_county"},
    "county": {"APPS": COUNTY_APPS, "URLCONF": "huiyin.project.urls_county"},
    "province": {"APPS": PROVINCE_APPS, "URLCONF": "huiyin.project.urls_province"},
}
ROOT_URLCONF = "huiyin.project.urls_county"
WSGI_APPLICATION = "huiyin.project.wsgi.application"

MIDDLEWARE = [
    "huiyin.project.logs.RequestLogMiddleware",
    "huiyin.project.tenancy.middleware.ProbeMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "huiyin.project.tenancy.middleware.TenantMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "huiyin.project.tenancy.middleware.SessionCountyMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "huiyin.interfaces.refusals.RefusalMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "interfaces" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "huiyin.interfaces.pages.context.office",
            ],
        },
    }
]
FORM_RENDERER = "huiyin.interfaces.rendering.FormRenderer"

AUTH_USER_MODEL = "accounts.Staff"
AUTHENTICATION_BACKENDS = ["huiyin.accounts.backend.StaffBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "today"

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_TLS = environment.SECURE.read_flag()
SESSION_COOKIE_NAME = "__Host-session" if SECURE_TLS else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if SECURE_TLS else "csrf"
SESSION_COOKIE_SECURE = SECURE_TLS
CSRF_COOKIE_SECURE = SECURE_TLS
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "huiyin.interfaces.pages.errors.csrf_failed"
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 60 * 60
SECURE_HSTS_SECONDS = 31536000 if SECURE_TLS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}

CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "KEY_FUNCTION": "huiyin.project.tenancy.cache.key",
    }
}

HUIYIN_BROKER = "huiyin.project.broker.new_broker"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = HUIYIN_DATA / "static"
STATICFILES_DIRS = [
    folder
    for folder in (PACKAGE / "interfaces" / "static", PACKAGE / "interfaces" / "assets" / "built")
    if folder.is_dir()
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500
SILENCED_SYSTEM_CHECKS: list[str] = []

LOGGING = logs.configuration()
