"""Of a project that has the bookstore, the admin, and an app for each test that is taken home."""

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["SCRATCH"])
SECRET_KEY = "for tests alone"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "library",
    *(f"django.contrib.{app}" for app in ("admin", "auth", "contenttypes", "messages", "sessions")),
    *sorted(path.name for path in FOLDER.glob("lesson_*")),
]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
STATIC_URL = "static/"
FIXTURE_DIRS = [Path(__file__).parents[2] / "fixtures"]
DATABASES = {"default": json.loads(os.environ["SCRATCH_DATABASE"])}
