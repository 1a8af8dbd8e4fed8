"""Django's settings in the reader's browser: the bookstore, SQLite, and files in the memory of a worker."""

from pathlib import Path

BASE_DIR = Path("/site")
DATA_DIR = Path("/data")
POSTGRES_URL = MYSQL_URL = ""  # no server can be reached
RUNS_AT_ONCE = 1
SECRET_KEY = "in the reader's browser there are no secrets"
INSTALLED_APPS = [
    "lab",
    "library",
    "lessons.play.app.Own",
    "django.contrib.admin.apps.SimpleAdminConfig",  # that registers nothing by itself
    *(f"django.contrib.{app}" for app in ("auth", "contenttypes", "messages", "sessions")),
]
ROOT_URLCONF = "lessons.browser.urls"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": DATA_DIR / "site.sqlite3"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "OPTIONS": {
            "debug": True,  # as on the server: tokens know their columns
            "loaders": [
                "lessons.runs.loaders.LessonTemplates",
                "django.template.loaders.app_directories.Loader",
            ],
        },
    },
]
USE_I18N = False  # no translations are there
USE_TZ = True
TIME_ZONE = "UTC"
USE_THOUSAND_SEPARATOR = True
