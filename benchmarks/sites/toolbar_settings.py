"""The site's settings, with the debug toolbar installed, so that it can be measured; it shows nowhere."""

from config.settings import *  # noqa: F403

INSTALLED_APPS = [*INSTALLED_APPS, "debug_toolbar"]  # noqa: F405
