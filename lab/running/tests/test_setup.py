import textwrap
from contextlib import suppress

import pytest
from django.apps import apps
from django.db import connection
from django.db.models.options import Options

from lab.exceptions import LoadError, SetupFailed, ShelfStale
from lab.recording.places import StackPlaces
from lab.running.loading import load
from lab.running.runner import examine, measure, record
from lab.running.setup import load_setup
from lab.shelves import READ, WRITE
from library.models import Book

DRAFTS = """
    from django.db import connection, models

    from library.models import Book


    class Draft(models.Model):
        book = models.ForeignKey(Book, models.CASCADE, related_name="+")
        text = models.CharField(max_length=20)

        class Meta:
            constraints = [models.UniqueConstraint(fields=["text"], name="draft_text_unique")]


    def setup():
        Draft.objects.bulk_create(Draft(book=book, text=f"draft {book.pk}") for book in Book.objects.all())
        with connection.schema_editor() as editor:
            editor.add_index(Book, models.Index(fields=["pages"], name="book_pages"))
"""
READING = """
    from setup import Draft

    def run():
        for draft in Draft.objects.order_by("pk").select_related("book"):
            yield draft.text, draft.book.title
"""
WRITING = """
    from setup import Draft

    def run():
        Draft.objects.all().delete()
        yield Draft.objects.count()
"""


def dedented(source):
    return textwrap.dedent(source).lstrip("\n")


@pytest.fixture
def drafts(tmp_path):
    return load_setup(dedented(DRAFTS), str(tmp_path / "setup.py"))


@pytest.fixture
def run(drafts, tmp_path):
    """Load a variant that imports from setup.py and record it."""

    def run(source, shelf, access=READ):
        path = str(tmp_path / "naive.py")
        function = load(dedented(source), path, modules={"setup": drafts.module})["run"]
        return record(function, shelf=shelf, places=StackPlaces(tmp_path), access=access, prepare=drafts.prepare)

    return run


def test_setup_is_there_and_not_counted(run, engine_shelves):
    report = run(READING, engine_shelves[10])
    assert (report.error, report.rows, report.queries) == (None, 10, 1)
    assert report.transaction_statements == 0


def test_setup_is_made_anew_for_every_run(run, engine_shelves):
    first, second = (run(WRITING, engine_shelves[10], WRITE) for _ in range(2))
    assert first.error is None
    assert first.groups[0].sql == second.groups[0].sql
    assert run(READING, engine_shelves[10]).rows == 10


def test_setup_of_a_lesson_that_reads_leaves_it_read_only(run, engine_shelves):
    assert run(WRITING, engine_shelves[10]).error_type == "UndeclaredWrite"


def test_setup_makes_the_index(drafts, engine_shelves, tmp_path):
    def names(log):
        with connection.cursor() as cursor:
            return sorted(connection.introspection.get_constraints(cursor, "library_book"))

    where = {"shelf": engine_shelves[10], "places": StackPlaces(tmp_path), "prepare": drafts.prepare}
    assert "book_pages" in examine(names, **where).result


def test_setup_leaves_the_shelf_as_it_was(run, engine, engine_shelves):
    before = engine.checksum(10)
    run(WRITING, engine_shelves[10], WRITE)
    run(READING, engine_shelves[10])
    assert engine.checksum(10) == before


def test_setup_runs_once_for_measured_runs_that_read(shelf):
    calls = []
    measure(lambda: [1], shelf=shelf, prepare=lambda: calls.append(1), runs=3)
    assert len(calls) == 1


def test_own_models_stay_out_of_the_bookstore(drafts):
    assert "draft" not in apps.all_models["library"]
    assert drafts.models[0] not in [relation.related_model for relation in Book._meta.related_objects]
    assert drafts.models[0]._meta.db_table == "library_draft"


def test_two_lessons_may_have_models_of_one_name(drafts, tmp_path, shelf):
    other = load_setup(dedented(DRAFTS), str(tmp_path / "other.py"))
    assert other.models[0] is not drafts.models[0]
    for setup in (drafts, other):
        with shelf.open(prepare=setup.prepare):
            assert setup.models[0].objects.count() == 10


def test_accessor_on_the_bookstore_is_refused(tmp_path):
    with pytest.raises(LoadError, match=r'Draft\.book would add an accessor to Book\. Say related_name="\+"'):
        load_setup(dedented(DRAFTS).replace(', related_name="+"', ""), str(tmp_path / "setup.py"))


def test_file_without_setup_says_so(tmp_path):
    with pytest.raises(LoadError, match=r"has no setup\(\)"):
        load_setup("x = 1\n", str(tmp_path / "setup.py"))


@pytest.mark.parametrize("source", ["def setup():\n    pass\n", "1 / 0"])
def test_models_go_to_the_sites_registry_again(tmp_path, source):
    with suppress(LoadError):
        load_setup(source, str(tmp_path / "setup.py"))
    assert Options.default_apps is apps


def test_error_in_setup_is_told(shelf):
    def fail():
        Book.objects.create(title="Without an author")

    with pytest.raises(SetupFailed, match="The lesson’s setup fails: IntegrityError"), shelf.open(prepare=fail):
        pass


def test_stale_shelf_is_told_before_setup_runs(shelf, monkeypatch):
    calls = []
    monkeypatch.setattr("lab.shelves.fingerprint", lambda: "another")
    with pytest.raises(ShelfStale), shelf.open(prepare=lambda: calls.append(1)):
        pass
    assert calls == []


def test_own_models_know_those_defined_after_they_were_asked(tmp_path):
    source = """
        from django.db import models


        class Cabinet(models.Model):
            pass


        before = [field.name for field in Cabinet._meta.get_fields()]


        class Drawer(models.Model):
            cabinet = models.ForeignKey("Cabinet", models.CASCADE, related_name="drawers")


        def setup():
            pass
    """
    module = load_setup(dedented(source), str(tmp_path / "setup.py")).module
    assert module.before == ["id"]
    assert [field.name for field in module.Cabinet._meta.get_fields()] == ["drawers", "id"]
