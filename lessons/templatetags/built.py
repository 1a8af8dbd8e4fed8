from django import template
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage

register = template.Library()


@register.simple_tag
def built(name):
    """The address of a static file that has to be built, or "" where it was not."""
    if finders.find(name) is None:
        return ""
    try:
        return staticfiles_storage.url(name)
    except ValueError:  # built since the static files were collected
        return ""
