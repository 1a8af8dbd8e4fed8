"""What the tests of plans share: how one is asked for."""

from contextlib import contextmanager

from django.db.models import QuerySet

from lab.plans import explain
from lab.recording.places import StackPlaces
from lab.recording.recorder import Recorder
from lab.recording.statements import Statement


def statement(sql, params=None, many=False):
    return Statement(sql, params, many, None, "")


@contextmanager
def opened(shelf, access="read"):
    with shelf.open(access) as connection:
        connection.ensure_connection()
        yield connection


def last_plan(ask, shelf, folder, access="read"):
    """The Plan of the last statement of `ask()`, or of the queryset that it returns."""
    with opened(shelf, access) as connection:
        with Recorder(connection, engine=shelf.engine, places=StackPlaces(folder)) as recorder:
            result = ask()
            if isinstance(result, QuerySet):
                list(result)
        queries = [query for query in recorder.statements if query.kind != "transaction"]
        return explain(connection, queries[-1])


def told(plan):
    """{table: how it is read} of a plan; its steps that no table is told by are left out."""
    return {node.table: str(node.access) for node in plan.walk() if node.access}


def titles(plan):
    return [node.title for node in plan.walk()]


def says(plan):
    return [node.says for node in plan.walk()]
