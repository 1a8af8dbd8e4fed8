"""Stylesheets of pages, in bundles: static/css/bundles says which stylesheets each has."""

from pathlib import Path

from django import template
from django.conf import settings
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.html import format_html

from lessons.pages.challenge.built import built

STYLESHEETS = settings.BASE_DIR / "static" / "css"

register = template.Library()


@register.simple_tag
def bundle(name):
    """Link a bundle, by its name there.

    It is one file where the build has made it. Where it has not, or (in development) a stylesheet was written
    since, it is what the build makes it of: a browser then asks for each stylesheet that it imports.
    """
    made = f"build/css/{name}.css"
    current = built(made) if not settings.DEBUG or _is_current(made) else ""
    return format_html('<link rel="stylesheet" href="{}">', current or static(f"css/bundles/{name}.css"))


def _is_current(made):
    written = max(path.stat().st_mtime for path in STYLESHEETS.rglob("*.css"))
    return (found := finders.find(made)) is not None and Path(found).stat().st_mtime >= written
