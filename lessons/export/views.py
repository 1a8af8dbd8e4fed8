"""The pages that only an export has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def yourself(request: HttpRequest) -> HttpResponse:
    """How to run the site: what is not in the export leads here."""
    return render(request, "lessons/export/yourself.html")


def missing(request: HttpRequest) -> HttpResponse:
    """What static hosts show where an address has no file."""
    return render(request, "lessons/export/missing.html")
