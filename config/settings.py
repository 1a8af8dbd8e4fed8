"""One settings file. The environment decides; `.env` beside manage.py may hold it."""

import os
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
DEBUG_TOOLBAR = env.bool("DEBUG_TOOLBAR", default=DEBUG)
QUERYSHELF_SILK = env.bool("QUERYSHELF_SILK", default=False)
TIMING_PAGES = ("/curve/", "/staircase/")  # they run and time much; what watches a page keeps off
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set, and DEBUG is off. On a server, set SECRET_KEY in the environment or in .env"
        " to a long random text. To read the course or work on it on your own machine, type"
        " `cp .env.example .env` instead: it sets DEBUG=1."
    )
# 127.0.0.1 always: the container asks itself whether it is well.
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=["localhost", "[::1]"]), "127.0.0.1"]
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
INTERNAL_IPS = ["127.0.0.1", "::1"]

# Shelves, throw-away copies and, unless DATABASE_URL says otherwise, the default database.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}")}
# The servers that lessons run on beside SQLite. Without POSTGRES_URL an embedded PostgreSQL is started.
POSTGRES_URL = env.str("POSTGRES_URL", default="")
MYSQL_URL = env.str("MYSQL_URL", default="")
# Each run of a lesson has its own keys in it.
CACHES = {"default": env.cache_url_config(env.str("CACHE_URL", default="") or "locmemcache://")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where the spans of requests and statements go, by OTLP over HTTP. Without it, what serves the site makes none.
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")

# The one run of a process, and measurements in its child processes, at the same time; others wait, then get a 503.
RUNS_AT_ONCE = env.int("RUNS_AT_ONCE", default=os.cpu_count() or 2)

INSTALLED_APPS = [
    "config",
    "lessons",
    "lab",
    "library",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_extensions",
    "django_htmx",
    "csp",
]
MIDDLEWARE = [
    "config.heads.without_body",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
if DEBUG_TOOLBAR:
    INSTALLED_APPS.append("debug_toolbar")
    # The page says which line a query comes from; traces of a thousand cost more than they do.
    DEBUG_TOOLBAR_CONFIG = {
        "ENABLE_STACKTRACES": False,
        # It would write out the whole course for each template that a page includes: gigabytes.
        "SHOW_TEMPLATE_CONTEXT": False,
        "SHOW_COLLAPSED": True,
        "SHOW_TOOLBAR_CALLBACK": "config.toolbar.show_toolbar_here",
    }
    # After GZip, which would hide the page from it.
    MIDDLEWARE.insert(4, "debug_toolbar.middleware.DebugToolbarMiddleware")
if QUERYSHELF_SILK:
    from config.silk import is_watched

    INSTALLED_APPS.append("silk")
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "silk.middleware.SilkyMiddleware")
    SILKY_INTERCEPT_FUNC = is_watched
    SILKY_AUTHENTICATION = SILKY_AUTHORISATION = not DEBUG  # on a server it is for staff
    SILKY_MAX_RECORDED_REQUESTS = 20  # of a thousand queries it keeps eight megabytes
    SILKY_MAX_RESPONSE_BODY_SIZE = 0  # pages can be asked for again
    LOGIN_URL = "admin:login"

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "debug": True,  # tokens know their columns, by which two tags on one line are told apart
            "loaders": [
                "lessons.runs.loaders.LessonTemplates",  # outside the cache: two lessons may use one name
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                ),
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "config.context.site",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Errors go to standard error, with DEBUG off too.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # For nobody, until a lesson adds a handler: a level of its own would be every thread's.
    "loggers": {"django.db.backends": {"level": "DEBUG", "propagate": False}},
}

# Whole statements: its default of 1,000 characters, which --truncate-sql=0 means too, cuts a join of two tables.
SHELL_PLUS_PRINT_SQL_TRUNCATE = None

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
FIXTURE_DIRS = [BASE_DIR / "fixtures"]
if not DEBUG:
    STORAGES = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }

# Nothing leaves the machine: no other host for scripts, styles, fonts or images.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [SELF],
    }
}
X_FRAME_OPTIONS = "SAMEORIGIN"
