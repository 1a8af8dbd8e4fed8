import platform

import django
from django.conf import settings
from django.utils.formats import date_format


def site(request):
    """What every page may say of the machine it runs on, and of the export that it is made for."""
    export = request.META.get("queryshelf.export")  # a lessons.export.context.Export, or None: the site is live
    versions = f"Django {django.get_version()}, Python {platform.python_version()}"
    return {
        "versions": versions,
        "watchers": " and ".join(_watchers()),
        "export": export,
        "when": f"on {date_format(export.made_at, 'j F Y')} with {versions}" if export else "just now",
    }


def _watchers():
    """What slows a recorded run down, for a page to name."""
    if settings.DEBUG_TOOLBAR:
        yield "the debug toolbar"
    if settings.QUERYSHELF_SILK:
        yield "Silk"
