"""The pages of free play. No code of a reader comes to the server: it is in the address, behind the #."""

import inspect
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from lessons.pages.asked import of_course
from lessons.pages.challenge.built import missing, runtime
from lessons.pages.errors.faults import NoSuchPage
from lessons.pages.kept import PASSING, kept
from lessons.pages.play.offered import can_be_played, sketch_of
from library import models


@kept
def play(request: HttpRequest) -> HttpResponse:
    lacking = missing()
    page = None if lacking else _page()
    response = render(request, "lessons/play/play.html", {"page": page, "missing": lacking})
    if lacking:
        response[PASSING] = "yes"  # it may be built meanwhile
    return response


@xframe_options_exempt
@csp_replace({"frame-ancestors": ["*"]})
@kept
def embed(request: HttpRequest) -> HttpResponse:
    """Other sites may have it in a frame: it shows what its address holds, and runs nothing."""
    return render(request, "lessons/play/embed.html")


@kept
def lesson_files(request: HttpRequest, track: str, slug: str) -> HttpResponse:
    """Raises NoSuchPage."""
    lesson = of_course("lesson", f"{track}/{slug}")
    if not can_be_played(lesson):
        raise NoSuchPage(f"“{lesson.title}” does not run in a browser, which has SQLite and one session alone.")
    return JsonResponse(sketch_of(lesson))


def _page() -> dict[str, Any]:
    """What frontend/play.js reads. home: what the address of a lesson's files begins with"""
    return {
        **runtime("play"),
        "bookstore": inspect.getsource(models),
        "home": reverse("home"),
        "embed": reverse("play_embed"),
    }
