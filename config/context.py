import platform

import django
from django.conf import settings


def site(request):
    """What every page may say of the machine it runs on."""
    return {
        "versions": f"Django {django.get_version()}, Python {platform.python_version()}",
        "watchers": " and ".join(_watchers()),
    }


def _watchers():
    """What slows a recorded run down, for a page to name."""
    if settings.DEBUG_TOOLBAR:
        yield "the debug toolbar"
    if settings.QUERYSHELF_SILK:
        yield "Silk"
