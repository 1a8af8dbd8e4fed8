"""Lets Silk see the queries of a lesson's recorded run, and nothing else that is done with a shelf.

Silk stands in the ORM's compiler, so it sees a query whatever connection it runs on. And it asks for the plan of
every query that it sees, on the same connection: on a shelf the recorder would count that as the lesson's.
"""

from functools import wraps

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.decorators import csp_update
from django.conf import settings
from django.urls import URLPattern, include

# What Silk's own pages do and the site's forbid. Scripts still come from here alone, and none stands in the HTML.
_POLICY = {
    "style-src": [SELF, UNSAFE_INLINE],
    "script-src": [SELF, UNSAFE_EVAL],  # its calendar makes functions of text
    "script-src-attr": [UNSAFE_INLINE],
}


def is_watched(request):
    """Not where much is run and timed: Silk keeps kilobytes of each query."""
    return not request.path_info.endswith(settings.TIMING_PAGES)


def urls():
    """Return Silk's addresses, for path()."""
    from silk.urls import app_name, urlpatterns

    relaxed = csp_update(_POLICY)
    patterns = [
        URLPattern(each.pattern, relaxed(each.callback), each.default_args, each.name) for each in urlpatterns
    ]
    return include((patterns, app_name))


def watch_shelves():
    """Wrap the two functions by which Silk comes between a query and its connection. Neither can be set."""
    from silk import middleware, sql

    from lab.signals import shelf_opened

    shelf_opened.connect(_note_recorded)
    sql._explain_query = _explaining(sql._explain_query)
    middleware.execute_sql = _watching(middleware.execute_sql)


def _note_recorded(connection, recorded, **kwargs):
    connection.is_recorded = recorded


def _explaining(explain_query):
    @wraps(explain_query)
    def explain(connection, *args):
        return None if _is_shelf(connection) else explain_query(connection, *args)

    return explain


def _watching(execute_sql):
    @wraps(execute_sql)
    def execute(compiler, *args, **kwargs):
        connection = compiler.connection
        if _is_shelf(connection) and not getattr(connection, "is_recorded", False):
            return compiler._execute_sql(*args, **kwargs)  # Django's own, which Silk keeps there
        return execute_sql(compiler, *args, **kwargs)

    return execute


def _is_shelf(connection):
    return getattr(connection, "is_shelf", False)
