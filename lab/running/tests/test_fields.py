import pytest
from django.db.models import Model

from lab.running.fields import measure_fields
from library.models import Book


def used(function, shelf):
    return {(use.model, use.field): (use.fetched, use.read) for use in measure_fields(function, shelf=shelf)}


def test_fields_that_are_read_and_not(shelf):
    def run():
        for book in Book.objects.all():
            yield book.title

    fields = used(run, shelf)
    assert fields["Book", "title"] == (10, 10)
    assert fields["Book", "description"] == (10, 0)
    assert len(fields) == len(Book._meta.concrete_fields)


def test_field_counts_once_for_each_instance(shelf):
    def run():
        books = list(Book.objects.only("title"))
        return [book.title + book.title for book in books[:3]]

    assert used(run, shelf) == {("Book", "id"): (10, 0), ("Book", "title"): (10, 3)}


def test_joined_and_prefetched_instances_count(shelf):
    def run():
        for book in Book.objects.select_related("author").prefetch_related("genres"):
            yield book.author.name, [genre.name for genre in book.genres.all()]

    fields = used(run, shelf)
    assert fields["Author", "name"] == (10, 10)
    assert fields["Author", "bio"] == (10, 0)
    assert fields["Genre", "name"][0] == fields["Genre", "name"][1] > 0
    assert fields["Book", "id"] == (10, 10)  # by the prefetch


def test_deferred_field_counts_when_it_is_fetched(shelf):
    def run():
        book = Book.objects.only("title").order_by("pk")[0]
        return [book.pages]

    assert used(run, shelf)["Book", "pages"] == (1, 1)


def test_template_reads_fields(shelf):
    from django.template import Context, Template

    def run():
        return Template("{{ book.title }}").render(Context({"book": Book.objects.order_by("pk")[0]}))

    fields = used(run, shelf)
    assert (fields["Book", "title"], fields["Book", "isbn"]) == ((1, 1), (1, 0))


def test_rows_of_values_are_no_instances(shelf):
    assert used(lambda: list(Book.objects.values("title", "pages")), shelf) == {}


def test_models_are_as_before_after_an_error(shelf):
    before = Model.from_db.__func__

    def run():
        raise ValueError("halfway")

    with pytest.raises(ValueError, match="halfway"):
        measure_fields(run, shelf=shelf)
    assert Model.from_db.__func__ is before
    assert "__getattribute__" not in vars(Model)
