import json
import os
import re
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

_HERE = Path(__file__).parent
_VIEWS = """
from django.db import connection
from django.http import HttpResponse, JsonResponse


def catalogue(request):
    with connection.cursor() as cursor:
        for parameter in (1, 2, 3, 3):
            cursor.execute("SELECT %s", [parameter])
        cursor.execute("SELECT 5")
    return HttpResponse("<html><body>" + "A book. " * 100 + "</body></html>")


def always(request):
    return True


def api(request):
    return JsonResponse({})
"""
_VISITS = """
import gzip
import json
import sys

import django

django.setup()
from django.core.checks import run_checks
from django.test import Client, override_settings


def get(path, **headers):
    browser = Client(raise_request_exception=False, HTTP_HOST="localhost", HTTP_ACCEPT_ENCODING="gzip")
    answer = browser.get(path, **headers)
    return (gzip.decompress if answer.get("Content-Encoding") == "gzip" else bytes)(answer.content).decode()


def visit():
    page = get("/")
    told = {"page": page, "api": get("/api/"), "elsewhere": get("/", REMOTE_ADDR="192.0.2.1")}
    told["checks"] = [message.id for message in run_checks()]
    if 'data-request-id="' in page:
        key = page.partition('data-request-id="')[2].partition('"')[0]
        told["panel"] = get(f"/__debug__/render_panel/?request_id={key}&panel_id=SQLPanel")
    return told


for settings in json.load(sys.stdin):
    with override_settings(**settings):
        print(json.dumps(visit()))
"""


def app_middleware_and_address(log):
    """To have the toolbar on every page, add the app, the middleware and `INTERNAL_IPS`."""
    [usual] = _visit({"ROOT_URLCONF": "shop.usual"})
    return _has_toolbar(usual["page"])


def with_its_urls(log):
    """With the app, the middleware, `INTERNAL_IPS` and the toolbar's URLs, every page has the toolbar."""
    gzip, toolbar = "django.middleware.gzip.GZipMiddleware", "debug_toolbar.middleware.DebugToolbarMiddleware"
    whole, above, off = _visit({}, {"MIDDLEWARE": [toolbar, gzip]}, {"DEBUG": False, "ALLOWED_HOSTS": ["*"]})
    return {
        "a page of HTML": _has_toolbar(whole["page"]),
        "a response that is not HTML": _has_toolbar(whole["api"]),
        "a page for a visitor whose address is not in `INTERNAL_IPS`": _has_toolbar(whole["elsewhere"]),
        "a page with `DEBUG` off": _has_toolbar(off["page"]),
        "a page that was compressed, by `GZipMiddleware` below the toolbar's": _has_toolbar(above["page"]),
    }


def similar_and_duplicated(log):
    """The toolbar shows how many queries ran, how many are similar, and how many are duplicates."""
    [visit] = _visit({})
    header = re.sub(r"(<[^>]+>|\\n|\s)+", " ", visit["panel"])
    told = re.search(r"(\d+) queries including (\d+) similar and (\d+) duplicates", header)
    return [int(number) for number in told.groups()] == [5, 4, 2]


def kept_out_of_tests(log):
    """You must take the toolbar out of the settings while tests run."""
    as_in_tests = {"DEBUG": False, "ALLOWED_HOSTS": ["*"]}
    always = {"SHOW_TOOLBAR_CALLBACK": "shop.views.always"}
    plain, own = _visit(as_in_tests, as_in_tests | {"DEBUG_TOOLBAR_CONFIG": always}, arguments=["test"])
    return {
        "with the toolbar's own rule for who sees it": "debug_toolbar.E001" in plain["checks"],
        "with your own `SHOW_TOOLBAR_CALLBACK`": "debug_toolbar.E001" in own["checks"],
    }


def _visit(*settings, arguments=()):
    """Look at the pages of a project made of the two files, with each of the settings changed in turn."""
    urls = _read("urls.py.txt")
    texts = {
        "__init__.py": "",
        "views.py": _VIEWS,
        "settings.py": _read("settings.py.txt"),
        "urls.py": urls,
        "usual.py": urls.replace("urlpatterns += debug_toolbar_urls()", ""),
    }
    with TemporaryDirectory() as folder:
        for name, text in texts.items():
            path = Path(folder, "shop", name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-c", _VISITS, *arguments],
            cwd=folder,
            env={**os.environ, "DJANGO_SETTINGS_MODULE": "shop.settings"},
            input=json.dumps(settings),
            capture_output=True,
            text=True,
            check=True,
        )
    return [json.loads(line) for line in done.stdout.splitlines()]


def _read(name):
    return (_HERE / name).read_text(encoding="utf-8")


def _has_toolbar(page):
    return 'id="djDebug"' in page and "A book." in page
