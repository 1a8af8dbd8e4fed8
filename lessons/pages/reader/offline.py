"""The site as a web app: what a browser installs, and what it shows without a network."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse

from lessons.pages.errors.faults import NoSuchPage
from lessons.pages.kept import kept

_WORKER = "build/service_worker.js"


@kept
def offline(request: HttpRequest) -> HttpResponse:
    """What the service worker shows in the place of a page that the reader has not opened before."""
    return render(request, "lessons/reader/offline.html")


@kept
def manifest(request: HttpRequest) -> HttpResponse:
    """https://www.w3.org/TR/appmanifest/"""
    icon = {"src": staticfiles_storage.url("icon.svg"), "sizes": "any", "type": "image/svg+xml"}
    told = {
        "name": "Queryshelf",
        "description": "See what the Django ORM does to a database.",
        "start_url": reverse("home"),
        "scope": reverse("home"),
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "icons": [icon],
    }
    return JsonResponse(told, content_type="application/manifest+json")


@kept
def service_worker(request: HttpRequest) -> HttpResponse:
    """At the top of the site: it may serve what is below it alone. Raises NoSuchPage where it is not built."""
    found = finders.find(_WORKER)
    if found is None:
        raise NoSuchPage(f"{_WORKER} is not built.")
    return HttpResponse(Path(found).read_bytes(), content_type="text/javascript")
