from library.models import Author, Book, Sale


def the_name_and_the_id(log):
    """`only("id", "name")` loads the id and the name, and no other field."""
    author = Author.objects.only("id", "name").order_by("pk").first()
    return author.get_deferred_fields() == {"email", "bio", "joined_on", "country_id"}


def the_id_must_be_named(log):
    """`only()` fetches the primary key only if you name it, as in `only("id", "name")`."""
    list(Author.objects.only("id", "name"))
    list(Author.objects.only("name"))
    with_id, without_id = log
    return with_id.sql != without_id.sql


def fewer_columns(log):
    """`only()` makes the query select fewer columns."""
    books = Book.objects.all()
    querysets = {
        '`only("title", "price")`': books.only("title", "price"),
        '`only("title", "price")`, then `only("title")`': books.only("title", "price").only("title"),
        '`only("title", "price")`, then `defer("price")`': books.only("title", "price").defer("price"),
        '`only("title")`, then `defer("title")`': books.only("title").defer("title"),
        '`defer("title")`, then `only("title")`': books.defer("title").only("title"),
        "`only(*names)`, where `names` is empty": books.only(*[]),
    }
    all_columns = len(Book._meta.concrete_fields)
    return {words: _columns(log, queryset) < all_columns for words, queryset in querysets.items()}


def slow_for_large_tables(log):
    """Django loads all columns, and this is why large tables are slow."""
    longer = Sale.objects.count() > Book.objects.count()
    return {
        "all columns are loaded": _columns(log, Book.objects.all()) == len(Book._meta.concrete_fields),
        "ten rows of a longer table hold more text": longer and _characters(Sale) > _characters(Book),
    }


def _columns(log, queryset):
    list(queryset)
    selected, _, _ = log[-1].sql.partition(" FROM ")
    return selected.count(",") + 1


def _characters(model):
    """Of ten rows, all columns, printed."""
    return sum(len(str(value)) for row in model.objects.order_by("pk").values_list()[:10] for value in row)
