from shop_console import console

from library.models import Book

# Of settings.py:
DEBUG = True
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.db.backends": {"handlers": ["console"], "level": "DEBUG", "propagate": False},
    },
}


def catalogue():
    return [(book.title, book.author.name) for book in Book.objects.order_by("pk")]


def catalogue_joined():
    return [(book.title, book.author.name) for book in Book.objects.order_by("pk").select_related("author")]


def run():
    """What the console shows while a browser opens both pages."""
    for page in (catalogue, catalogue_joined):
        with console(DEBUG, LOGGING) as lines:
            page()
        yield from lines
        yield "django.server", f"GET /{page.__name__}/ 200"
