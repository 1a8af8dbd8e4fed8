"""Code that reaches a second database beside its shelf."""

import pytest

from lab.conftest import Snippet
from lab.engines.tests.leftovers import leftovers
from lab.exceptions import LabError
from lab.recording.places import StackPlaces
from lab.running.explaining import explain
from lab.shelves import WRITE, Shelf

BESIDE = {"access": WRITE, "databases": ("replica",)}
TWO = """
    from library.models import Genre

    def run():
        Genre.objects.create(name="Atlases")
        for alias in ("default", "replica"):
            yield {"alias": alias, "there": Genre.objects.using(alias).filter(name="Atlases").count()}
"""


@pytest.fixture
def engine_snippet(tmp_path, engine, engine_shelves):
    return Snippet(tmp_path, engine_shelves[10])


def test_it_is_another_copy_of_the_shelf(engine_snippet):
    report = engine_snippet.record(TWO, **BESIDE)
    assert report.preview == ({"alias": "default", "there": 1}, {"alias": "replica", "there": 0})
    assert [(group.kind, group.beside) for group in report.groups if group.is_query] == [
        ("insert", ""),
        ("select", ""),
        ("select", "replica"),
    ]
    assert report.queries == 3


def test_it_is_as_setup_leaves_the_shelf(engine_snippet):
    def prepare():
        from library.models import Genre

        Genre.objects.create(name="Atlases")

    source = TWO.replace('Genre.objects.create(name="Atlases")', "pass")
    report = engine_snippet.record(source, prepare=prepare, **BESIDE)
    assert [row["there"] for row in report.preview] == [1, 1]


def test_it_may_be_written_and_transactions_on_it_are_told(snippet):
    report = snippet.record(
        """
        from django.db import transaction
        from library.models import Genre

        def run():
            with transaction.atomic(using="replica"):
                Genre(name="Atlases").save(using="replica")
            return [{"names": Genre.objects.using("replica").filter(name="Atlases").count()}]
        """,
        **BESIDE,
    )
    assert report.preview == ({"names": 1},)
    assert {group.beside for group in report.groups} == {"replica"}
    assert [group.sql.split()[0] for group in report.groups if not group.is_query] == ["BEGIN", "COMMIT"]


def test_its_threads_reach_it_too(snippet):
    report = snippet.record(
        """
        from concurrent.futures import ThreadPoolExecutor
        from library.models import Genre

        def count():
            return Genre.objects.using("replica").count()

        def run():
            with ThreadPoolExecutor(1) as pool:
                return [{"same": pool.submit(count).result() == count()}]
        """,
        **BESIDE,
    )
    assert report.preview == ({"same": True},)
    assert [(group.beside, group.count) for group in report.groups] == [("replica", 2)]


def test_its_statements_are_explained_there(snippet):
    run = snippet.load(
        """
        from django.db import connections

        def run():
            with connections["replica"].cursor() as cursor:
                cursor.execute("CREATE TABLE only_there (id integer)")
                cursor.execute("SELECT id FROM only_there")
                return [{"id": id} for id, in cursor.fetchall()]
        """
    )["run"]
    explanation = explain(run, 2, shelf=snippet.shelf, places=StackPlaces(snippet.folder), **BESIDE)
    assert explanation.statement.beside == "replica"
    assert [node.table for node in explanation.plan.walk()] == ["only_there"]


def test_who_did_not_ask_for_one_has_none(snippet):
    with pytest.raises(LabError, match=r"no database “replica”.*databases = \[\"replica\"\]"):
        snippet.record(
            """
            from concurrent.futures import ThreadPoolExecutor
            from django.db import connections

            def run():
                connections.settings["replica"] = connections.settings["default"]
                connections["replica"].cursor()
            """
        )


def test_nothing_of_it_is_left(snippet):
    from django.db import connections

    before = sorted(connections.settings), snippet.shelf.engine.checksum(10)
    snippet.record(TWO, **BESIDE)
    assert (sorted(connections.settings), snippet.shelf.engine.checksum(10)) == before
    assert "replica" not in [each.alias for each in connections.all(initialized_only=True)]
    assert leftovers(snippet.shelf.engine) == []


def test_each_copy_of_a_template_has_its_own(engine, engine_shelves):
    shelf = Shelf(books=10, engine_name=engine.name)
    with shelf.copy() as template:
        names = []
        for _ in range(2):
            with shelf.copies(("replica", "archive"), template=template) as (copy, beside):
                assert set(beside) == {"replica", "archive"}
                names += [str(copy.where), *beside.values()]
    assert len(set(names)) == 6
