"""What to change, where code that was written elsewhere does not run here."""

import re
from pathlib import Path

import django.db.models
from django.apps import apps
from django.db.models import functions

from lab.exceptions import LabError, LoadError, SetupFailed
from lab.recording.places import Place, StackPlaces
from lessons.play.files import Files

_HOW_TO_IMPORT = {
    "models": "from django.db import models",
    "transaction": "from django.db import transaction",
    "connection": "from django.db import connection",
    "settings": "from django.conf import settings",
    "timezone": "from django.utils import timezone",
    "_": "from django.utils.translation import gettext_lazy as _",
    "reverse": "from django.urls import reverse",
    "User": "from django.contrib.auth.models import User",
    "get_user_model": "from django.contrib.auth import get_user_model",
    "ContentType": "from django.contrib.contenttypes.models import ContentType",
    "Decimal": "from decimal import Decimal",
    "date": "from datetime import date",
    "datetime": "from datetime import datetime",
    "timedelta": "from datetime import timedelta",
    "uuid": "import uuid",
    "get_object_or_404": "from django.shortcuts import get_object_or_404",
    "render_to_string": "from django.template.loader import render_to_string",
}
_VIEW = {
    "request": "There is no request here. Put in its place what the view takes from it, such as a user.",
    "self": "There is no view here. Put what it has in the place of self, or call the code in a function.",
    "kwargs": "No address was asked for. Put the value in the place of kwargs.",
    "cls": "There is no class here. Put its name in the place of cls.",
}
_ONLY_SERVERS = re.compile(
    r"DISTINCT ON|no such function|unrecognized token|near \"(ILIKE|LATERAL)\"|contains lookup"
)


def advise(error: str, files: Files) -> str | None:
    """A sentence or two of what to do about an error of the reader's code; None where Python says it all.

    error: its type and what it says, such as NameError: name 'Q' is not defined
    """
    if found := re.match(r"NameError: name '(\w+)'", error):
        return _of_name(found[1], files)
    if found := re.match(r"ModuleNotFoundError: No module named '([\w.]+)'", error):
        return _of_module(found[1])
    if found := re.match(r"ImportError: cannot import name '\w+' from .*?(\w+\.py)\)", error):
        return _of_import(found[1], files)
    return _of_words(error)


def blame(error: BaseException, folder: Path) -> Place | None:
    """Where in the reader's files it is."""
    error = _innermost(error)
    if isinstance(error, SyntaxError) and error.lineno:
        file = Path(error.filename or "").name
        column = max(0, (error.offset or 1) - 1)
        return Place(file=file, line=error.lineno, end_line=error.lineno, column=column, end_column=column + 1)
    return StackPlaces(folder).blame(error)


def say(error: BaseException) -> str:
    """What went wrong."""
    inner = _innermost(error)
    if isinstance(inner, SyntaxError):
        return f"This is not valid Python: {inner.msg}."
    return str(error) if isinstance(inner, LabError) else f"{type(inner).__name__}: {inner}"


def _innermost(error: BaseException) -> BaseException:
    """What the reader's code has raised, of what was made of it on the way."""
    while isinstance(error, (LoadError, SetupFailed)) and error.__cause__ is not None:
        error = error.__cause__
    return error


def _of_name(name: str, files: Files) -> str | None:
    for module in files.modules:
        if re.search(rf"^class {re.escape(name)}\b", files.texts[module], re.MULTILINE):
            return _write(f"from {module.removesuffix('.py')} import {name}")
    if name in _VIEW:
        return _VIEW[name]
    if name in _HOW_TO_IMPORT:
        return _write(_HOW_TO_IMPORT[name])
    for module in (django.db.models, functions):
        if name in module.__all__:
            return _write(f"from {module.__name__} import {name}")
    if name in {model.__name__ for model in apps.get_app_config("library").get_models()}:
        return _write(f"from library.models import {name}")
    if name[0].isupper():
        return f"Nothing here is called {name}. If it is a model, write its class into models.py."
    return None


def _write(line: str) -> str:
    return f"Write this above: {line}"


def _of_module(name: str) -> str:
    top = name.partition(".")[0]
    if top in {"factory", "faker"}:
        return f"{top} is not in your browser. Make rows with a function setup() in models.py instead."
    if name.endswith("models"):
        return f"There is no {name} here. Write the models that the code needs into models.py."
    return (
        f"{name} is not in your browser, where there are Python’s library, Django and Django REST framework."
        " Take the import out, or write what the code needs of it into a file of your own."
    )


def _of_import(file: str, files: Files) -> str | None:
    if file not in files.modules:
        return None
    classes = re.findall(r"^(?:class|def) (\w+)", files.texts[file], re.MULTILINE)
    return f"{file} has {', '.join(classes) or 'nothing'}. Add what is missing, or take the import out."


def _of_words(text: str) -> str | None:
    if found := re.search(r"no such table: (\w+)", text):
        return f"There is no table {found[1]}. Tables are made of the models in models.py, and of no others."
    if _ONLY_SERVERS.search(text):
        return "SQLite cannot do this. PostgreSQL may: run Queryshelf on your own machine, and try it in a lesson."
    if found := re.search(r"TemplateDoesNotExist: (\S+)", text):
        return f"Add the template as a file: templates/{found[1]}"
    if "SynchronousOnlyOperation" in text:
        return "Define run() as async def run(), and use the methods whose names begin with a."
    return None
