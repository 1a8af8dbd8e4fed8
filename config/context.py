import platform

import django
from django.conf import settings

from lab.engines import get_engine, names_at_hand


def site(request):
    """What every page may say of the machine it runs on."""
    engines = [get_engine(name) for name in names_at_hand()]
    return {
        "versions": ", ".join(
            [
                *(f"{engine.label} {engine.version()}" for engine in engines),
                f"Django {django.get_version()}",
                f"Python {platform.python_version()}",
            ]
        ),
        "toolbar": settings.DEBUG_TOOLBAR,
    }
