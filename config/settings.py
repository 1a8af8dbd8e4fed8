"""One settings file. The environment decides; `.env` beside manage.py may hold it."""

import os
import socket
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

from config.headers import CONTENT_SECURITY_POLICY, let_load  # noqa: F401 - a setting
from config.insight.logs import FORMATS, make_logging
from config.public import read_public_url
from config.refusals import refuse_to_serve

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
if (BASE_DIR / ".env").exists():
    env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
# On a server whoever finds a login may guess at it.
ADMIN = env.bool("ADMIN", default=DEBUG)
DEBUG_TOOLBAR = env.bool("DEBUG_TOOLBAR", default=DEBUG)
QUERYSHELF_SILK = env.bool("QUERYSHELF_SILK", default=False)
TIMING_PAGES = ("/curve/", "/staircase/")  # they run and time much; what watches a page keeps off
SECRET_KEY = env.str("SECRET_KEY", default="only-for-development" if DEBUG else "")
if not DEBUG:
    refuse_to_serve(SECRET_KEY=SECRET_KEY, DEBUG_TOOLBAR=DEBUG_TOOLBAR, QUERYSHELF_SILK=QUERYSHELF_SILK)
# 127.0.0.1 always: the container asks itself whether it is well.
public_url = env.str("PUBLIC_URL", default="")
ALLOWED_HOSTS = ["127.0.0.1", *env.list("ALLOWED_HOSTS", default=[] if public_url else ["localhost", "[::1]"])]
CSRF_TRUSTED_ORIGINS = [*env.list("CSRF_TRUSTED_ORIGINS", default=[])]
if public_url:
    host, origin, behind_tls = read_public_url(public_url)
    ALLOWED_HOSTS.append(host)
    CSRF_TRUSTED_ORIGINS.append(origin)
    globals().update(behind_tls)
INTERNAL_IPS = ["127.0.0.1", "::1"]

# Shelves, throw-away copies and, unless DATABASE_URL says otherwise, the default database.
DATA_DIR = Path(env.str("DATA_DIR", default=str(BASE_DIR / "data"))).resolve()
DATA_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{DATA_DIR / 'site.sqlite3'}")}
# The servers that lessons run on beside SQLite. Without POSTGRES_URL an embedded PostgreSQL is started.
POSTGRES_URL = env.str("POSTGRES_URL", default="")
MYSQL_URL = env.str("MYSQL_URL", default="")
# Each run of a lesson has its own keys in it.
CACHES = {
    "default": env.cache_url_config(env.str("CACHE_URL", default="") or "locmemcache://"),
    # What pages of one lesson have in common, as HTML: templates name it. No run and no reader writes here.
    "fragments": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "fragments",
        "KEY_FUNCTION": "lessons.pages.kept.fragment_key",
        "OPTIONS": {"MAX_ENTRIES": 2_000},
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Where the spans of requests and statements go, by OTLP over HTTP. Without it, what serves the site makes none.
OTEL_EXPORTER_OTLP_ENDPOINT = env.str("OTEL_EXPORTER_OTLP_ENDPOINT", default="")

# What lessons run, runs in processes of their own, which know neither SECRET_KEY nor DATABASE_URL; with DEBUG it
# stays in the web's, where the debug toolbar looks into it.
RUNS_APART = env.bool("RUNS_APART", default=not DEBUG) and hasattr(socket, "send_fds")
RUNNERS = max(1, env.int("RUNNERS", default=max(2, os.cpu_count() or 1)))
RUNNER_MEMORY = env.int("RUNNER_MEMORY", default=1024)  # MiB that one may take before it is ended
RUNS_WAITING = env.int("RUNS_WAITING", default=8)  # requests, for one of them; the next is refused at once
READERS_SECRET = env.str("READERS_SECRET", default="")  # of the roles that may only read, see lab.engines

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
    "config.insight.requests.identified",
    "config.heads.without_body",
    "config.headers.forbidding",
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
    "lessons.pages.errors.middleware.InWords",
    "config.readers.attended",
]
CSRF_FAILURE_VIEW = "lessons.pages.errors.views.csrf_failure"
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
    MIDDLEWARE.insert(
        MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "debug_toolbar.middleware.DebugToolbarMiddleware"
    )
if QUERYSHELF_SILK:
    from config.silk import is_watched

    INSTALLED_APPS.append("silk")
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "silk.middleware.SilkyMiddleware")
    SILKY_INTERCEPT_FUNC = is_watched
    SILKY_MAX_RECORDED_REQUESTS = 20  # of a thousand queries it keeps eight megabytes
    SILKY_MAX_RESPONSE_BODY_SIZE = 0  # pages can be asked for again

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

# Events and errors go to standard error, with DEBUG off too. docs/operating.md says what each line means.
LOG_FORMAT = env.str("LOG_FORMAT", default="") or "text"
if LOG_FORMAT not in FORMATS:
    raise ImproperlyConfigured(f"LOG_FORMAT is {LOG_FORMAT}. Set it to one of: {', '.join(FORMATS)}.")
LOGGING = make_logging(LOG_FORMAT, level=env.str("LOG_LEVEL", default="WARNING" if DEBUG else "INFO"))

# Figures for Prometheus at /metrics, for whoever sends the token.
METRICS = env.bool("METRICS", default=False)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
if METRICS and not METRICS_TOKEN:
    raise ImproperlyConfigured(
        "METRICS is on, and METRICS_TOKEN is not set. Set it to a long random text, which Prometheus is to send"
        " as its bearer token."
    )
if METRICS:
    MIDDLEWARE.insert(1, "config.insight.metrics.measured")

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

WHITENOISE_ADD_HEADERS_FUNCTION = let_load
