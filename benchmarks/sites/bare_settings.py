"""The site's settings, with views that stand for what a developer would have written without Queryshelf."""

from config.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.sites.bare"
