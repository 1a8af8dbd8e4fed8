"""Whether the site is ready: what a health check asks."""

from django.conf import settings

from lab.engines import get_engine
from lab.exceptions import EngineUnavailable, ShelfDamaged
from lab.shelves import Shelf
from lessons.pages.asked import without_shelves


def list_faults():
    """Return what keeps lessons from running on an engine, a sentence each with its remedy.

    A server that does not answer is none: it says so on its own pages, and the others work. The embedded
    PostgreSQL is not asked: it would be started for that.
    """
    servers = {"postgresql": settings.POSTGRES_URL, "mysql": settings.MYSQL_URL}
    names = ["sqlite", *(name for name, url in servers.items() if url)]
    return [fault for name in names if (fault := _fault(get_engine(name)))]


def _fault(engine):
    try:
        sizes = engine.sizes()
        if not sizes:
            return str(without_shelves(engine))
        stale = [books for books in sizes if not Shelf(books=books, engine_name=engine.name).is_current()]
    except ShelfDamaged as error:
        return str(error)
    except EngineUnavailable:
        return None
    if not stale:
        return None
    command = f"python manage.py seed_library --engine {engine.name}"
    return f"{engine.label} has shelves to make anew: {', '.join(f'{books:,}' for books in stale)}. Run: {command}"
