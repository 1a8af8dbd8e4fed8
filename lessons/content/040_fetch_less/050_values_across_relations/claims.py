from django.db.models import F

from library.models import Author, Book, Genre


def the_author_is_fetched(log):
    """`select_related("author").values("title", "author__name")` fetches each book's author with it."""
    row = Book.objects.select_related("author").values("title", "author__name")[0]
    return {
        "it fetches the author's name": "author__name" in row,
        "it fetches another column of the author": '"email"' in log[-1].sql.replace("`", '"'),
        "it gives an `Author` object": any(isinstance(value, Author) for value in row.values()),
    }


def every_path_joins(log):
    """`values()` makes a join for each relation in a path."""
    paths = {"author": 1, "author_id": 1, "author__pk": 1, "author__name": 1, "author__country": 2}
    return {f"`{path}`": _joins(log, path) == relations for path, relations in paths.items()}


def no_editor_no_row(log):
    """`values("title", "editor__name")` joins the editors, so a book without an editor is not in the list."""
    return len(Book.objects.values("title", "editor__name")) < Book.objects.count()


def a_row_for_each_book(log):
    """`values()` gives one row for each book."""
    paths = ("author__name", "editor__name", "genres__name")
    return {f"with `{path}`": len(Book.objects.values("title", path)) == Book.objects.count() for path in paths}


def filter_before_or_after(log):
    """`filter()` before `values()` gives the same rows as `filter()` after it."""
    book = Book.objects.order_by("pk")[1]
    genre = Genre.objects.filter(books=book).order_by("pk")[0]
    return {
        "`author__name`": _same_either_way("author__name", book.author.name),
        "`genres__name`": _same_either_way("genres__name", genre.name),
    }


def any_name_will_do(log):
    """`values(any_name=F("author__name"))` accepts any name for the column."""
    return {f"`{name}`": _may_be_called(name) for name in ("author_name", "writer", "author", "sales")}


def _joins(log, path):
    list(Book.objects.values("title", path))
    return log[-1].sql.count(" JOIN ")


def _same_either_way(path, value):
    books = Book.objects.order_by("pk")
    before = books.filter(**{path: value}).values("title", path)
    after = books.values("title", path).filter(**{path: value})
    return list(before) == list(after)


def _may_be_called(name):
    try:
        return name in Book.objects.values(**{name: F("author__name")})[0]
    except ValueError:
        return False
