"""Of a project that has the bookstore, and an app for each test that is taken home."""

import json
import os
from pathlib import Path

FOLDER = Path(os.environ["SCRATCH"])
SECRET_KEY = "for tests alone"
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = ["library", *sorted(path.name for path in FOLDER.glob("lesson_*"))]
FIXTURE_DIRS = [Path(__file__).parents[2] / "fixtures"]
DATABASES = {"default": json.loads(os.environ["SCRATCH_DATABASE"])}
