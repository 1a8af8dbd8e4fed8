import platform

import django
from django.conf import settings


def site(request):
    """What every page may say of the machine it runs on."""
    return {
        "versions": f"Django {django.get_version()}, Python {platform.python_version()}",
        "toolbar": settings.DEBUG_TOOLBAR,
    }
