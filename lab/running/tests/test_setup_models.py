"""Models of a lesson are what Django allows, on every engine."""

import textwrap

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType

from lab.exceptions import LoadError
from lab.recording.places import StackPlaces
from lab.running.loading import load
from lab.running.runner import record
from lab.running.setup import load_setup
from lab.shelves import READ, WRITE
from library.models import Author, Book

IMPORTS = """\
from django.contrib.contenttypes.fields import GenericForeignKey, GenericRelation
from django.contrib.contenttypes.models import ContentType
from django.db import connection, models
from django.db.models import F, Q
from django.db.models.functions import Lower

from library.models import Author, Book, Genre


"""
PROXY = (
    """
    class WatchedBook(Book):
        class Meta:
            proxy = True

        @property
        def shout(self):
            return self.title.upper()


    class Note(models.Model):
        book = models.ForeignKey(WatchedBook, models.CASCADE, related_name="+")


    def setup():
        Note.objects.create(book=WatchedBook.objects.get(pk=1))
    """,
    """
    from setup import Note, WatchedBook

    def run():
        for book in WatchedBook.objects.filter(reviews__isnull=False).distinct().order_by("pk"):
            yield book.shout.isupper(), book.pk
        yield [note.book.pk for note in Note.objects.select_related("book")][0], 0
    """,
)
VIEW = (
    """
    class Shelfmark(models.Model):
        title = models.CharField(max_length=200)

        class Meta:
            managed = False
            db_table = "shelfmark"


    def setup():
        with connection.cursor() as cursor:
            cursor.execute("CREATE VIEW shelfmark AS SELECT id, title FROM library_book")
    """,
    """
    from setup import Shelfmark

    def run():
        for mark in Shelfmark.objects.order_by("pk"):
            yield (mark.title,)
    """,
)
SAME_TABLE = (
    """
    class Spine(models.Model):
        title = models.CharField(max_length=200)

        class Meta:
            managed = False
            db_table = "library_book"


    def setup():
        Spine.objects.filter(pk=1).update(title="On the spine")
    """,
    """
    from setup import Spine

    def run():
        yield (Spine.objects.get(pk=1).title,)
    """,
)
CHILD = (
    """
    class Audiobook(Book):
        minutes = models.IntegerField()


    class Track(models.Model):
        audiobook = models.ForeignKey(Audiobook, models.CASCADE, related_name="tracks")


    class Serial(Audiobook):
        parts = models.IntegerField()


    def setup():
        book = Book.objects.get(pk=1)
        audiobook = Audiobook(book_ptr=book, minutes=90)
        audiobook.__dict__.update({f.attname: getattr(book, f.attname) for f in Book._meta.concrete_fields})
        audiobook.save()
        Track.objects.create(audiobook=audiobook)
        serial = Serial(audiobook_ptr=audiobook, parts=3)
        serial.__dict__.update({f.attname: getattr(audiobook, f.attname) for f in Audiobook._meta.concrete_fields})
        serial.save()
    """,
    """
    from setup import Audiobook, Serial

    def run():
        for audiobook in Audiobook.objects.filter(reviews__isnull=False).distinct():
            yield audiobook.minutes, audiobook.author.name, audiobook.tracks.count()
        yield Serial.objects.get().minutes, "", Audiobook.objects.get().serial.parts
    """,
)
PARENT_LINK = (
    """
    class Audiobook(Book):
        book = models.OneToOneField(Book, models.CASCADE, parent_link=True, related_name="+")
        minutes = models.IntegerField(default=90)


    def setup():
        audiobook = Audiobook(book=Book.objects.get(pk=1))
        audiobook.save_base(raw=True)
    """,
    """
    from setup import Audiobook

    def run():
        yield [audiobook.title for audiobook in Audiobook.objects.select_related("author")]
    """,
)
ABSTRACT = (
    """
    class Dated(models.Model):
        on = models.DateField(default="2026-01-01")
        book = models.ForeignKey(Book, models.CASCADE, related_name="%(class)s+")

        class Meta:
            abstract = True
            ordering = ["pk"]


    class Loan(Dated):
        pass


    class Sighting(Dated):
        class Meta(Dated.Meta):
            db_table = "sightings_of_books"


    def setup():
        for model in (Loan, Sighting):
            model.objects.create(book=Book.objects.get(pk=1))
    """,
    """
    from setup import Loan, Sighting

    def run():
        for model in (Loan, Sighting):
            yield [loan.book.title for loan in model.objects.all()]
    """,
)
RULES = (
    """
    class Copy(models.Model):
        book = models.ForeignKey(Book, models.CASCADE, related_name="+")
        code = models.CharField(max_length=20)
        shelf = models.IntegerField(null=True)
        squared = models.GeneratedField(
            expression=F("shelf") * F("shelf"), output_field=models.IntegerField(), db_persist=True
        )

        class Meta:
            constraints = [
                models.CheckConstraint(condition=Q(shelf__gte=0), name="copy_shelf"),
                models.UniqueConstraint(fields=["code"], condition=Q(shelf=1), name="copy_code_of_shelf"),
                models.UniqueConstraint(Lower("code"), "book", name="copy_code_of_book"),
            ]
            indexes = [
                models.Index(fields=["-code"], condition=Q(shelf__isnull=False), name="copy_shelved"),
                models.Index(Lower("code").desc(), "shelf", name="copy_lower"),
            ]


    def setup():
        Copy.objects.bulk_create(Copy(book=book, code=f"C{book.pk}", shelf=book.pk) for book in Book.objects.all())
    """,
    """
    from setup import Copy

    def run():
        for copy in Copy.objects.filter(code__startswith="C").order_by("pk"):
            yield copy.squared, copy.book.title
    """,
)
GENERIC = (
    """
    class Tag(models.Model):
        word = models.CharField(max_length=20)
        content_type = models.ForeignKey(ContentType, models.CASCADE)
        object_id = models.PositiveBigIntegerField()
        tagged = GenericForeignKey()


    class TaggedBook(Book):
        tags = GenericRelation(Tag, related_query_name="book")

        class Meta:
            proxy = True


    class Box(models.Model):
        kind = models.ForeignKey("contenttypes.ContentType", models.CASCADE, related_name="+")
        tags = GenericRelation(Tag)


    def setup():
        for book in Book.objects.all():
            Tag.objects.create(word="read", tagged=book)
        box = Box.objects.create(kind=ContentType.objects.get_for_model(Author))
        box.tags.create(word="boxed")
    """,
    """
    from setup import Box, Tag, TaggedBook

    def run():
        for tag in Tag.objects.filter(book__pk__gt=0).order_by("pk").prefetch_related("tagged"):
            yield tag.word, tag.tagged.title
        for book in TaggedBook.objects.filter(tags__word="read").prefetch_related("tags").order_by("pk"):
            yield [tag.word for tag in book.tags.all()][0], book.title
        for box in Box.objects.all():
            yield box.tags.get().word, box.kind.model
    """,
)
MANY = (
    """
    class Cabinet(models.Model):
        inside = models.ForeignKey("self", models.CASCADE, null=True, related_name="holds")
        beside = models.ManyToManyField("self")
        above = models.ManyToManyField("self", symmetrical=False, related_name="below")
        books = models.ManyToManyField(Book, through="Place", related_name="+")
        genres = models.ManyToManyField(Genre, related_name="+", db_table="cabinets_genres")
        keeper = models.ForeignKey("Keeper", models.CASCADE, null=True, related_name="cabinets")


    class Place(models.Model):
        cabinet = models.ForeignKey(Cabinet, models.CASCADE, related_name="places")
        book = models.ForeignKey(Book, models.CASCADE, related_name="+")
        row = models.IntegerField()


    class Keeper(models.Model):
        favourite = models.OneToOneField(Cabinet, models.CASCADE, null=True, related_name="favoured_by")


    def setup():
        outer = Cabinet.objects.create(keeper=Keeper.objects.create())
        inner = Cabinet.objects.create(inside=outer)
        outer.beside.add(inner)
        outer.above.add(inner)
        outer.books.add(Book.objects.get(pk=1), through_defaults={"row": 2})
        outer.genres.set(Genre.objects.all()[:2])
    """,
    """
    from setup import Cabinet

    def run():
        for cabinet in Cabinet.objects.prefetch_related("books", "genres", "beside", "holds", "below").order_by("pk"):
            yield [len(getattr(cabinet, name).all()) for name in ("books", "genres", "beside", "holds", "below")]
        yield Cabinet.objects.filter(books__title__gt="", places__row=2, genres__isnull=False).count()
        yield Cabinet.objects.get(keeper__isnull=False).keeper.pk
    """,
)
NEED_NO_SERVER_FEATURE = (
    """
    class OnlyThere(models.Model):
        class Meta:
            required_db_vendor = "oracle"


    def setup():
        assert "library_onlythere" not in connection.introspection.table_names()
    """,
    """
    def run():
        yield (1,)
    """,
)
MODELS = {
    "a proxy": PROXY,
    "a view": VIEW,
    "an unmanaged model of a bookstore's table": SAME_TABLE,
    "a child of a bookstore's model": CHILD,
    "a parent link": PARENT_LINK,
    "abstract bases": ABSTRACT,
    "constraints and indexes": RULES,
    "generic relations": GENERIC,
    "many-to-many and self-relations": MANY,
    "a model of another vendor": NEED_NO_SERVER_FEATURE,
}


def dedented(source):
    return textwrap.dedent(source).lstrip("\n")


def site_models():
    return {
        model: (dict(vars(model)), set(model._meta.get_fields(include_hidden=True))) for model in apps.get_models()
    }


@pytest.fixture(autouse=True)
def content_types_unknown():
    ContentType.objects.clear_cache()
    yield
    ContentType.objects.clear_cache()


@pytest.fixture
def setup_of(tmp_path):
    def setup_of(source):
        return load_setup(IMPORTS + dedented(source), str(tmp_path / "setup.py"))

    return setup_of


@pytest.fixture
def run(setup_of, tmp_path):
    def run(sources, shelf, access):
        setup = setup_of(sources[0])
        function = load(dedented(sources[1]), str(tmp_path / "naive.py"), modules={"setup": setup.module})["run"]
        where = {"shelf": shelf, "places": StackPlaces(tmp_path), "access": access, "prepare": setup.prepare}
        return record(function, ordered=True, **where)

    return run


@pytest.mark.parametrize("access", [READ, WRITE])
@pytest.mark.parametrize("kind", MODELS)
def test_models_that_django_allows(run, engine_shelves, kind, access):
    before = site_models()
    report = run(MODELS[kind], engine_shelves[10], access)
    assert report.error is None
    assert report.rows
    assert {group.place.file for group in report.groups if group.is_query} <= {"naive.py"}
    assert site_models() == before


def test_view_is_in_the_copies_of_a_prepared_shelf(setup_of, engine_shelves):
    setup, shelf = setup_of(VIEW[0]), engine_shelves[10]
    with shelf.copy(prepare=setup.prepare) as template, shelf.open(WRITE, template=template):
        Book.objects.filter(pk=1).update(title="Seen through the view")
        assert setup.module.Shelfmark.objects.get(pk=1).title == "Seen through the view"


REFUSED = {
    "a foreign key": "book = models.ForeignKey(Book, models.CASCADE)",
    "one that takes an accessor's place": 'author = models.ForeignKey(Author, models.CASCADE, related_name="books")',
    "a one-to-one": "book = models.OneToOneField(Book, models.CASCADE)",
    "a many-to-many": "books = models.ManyToManyField(Book)",
    "one to a proxy": "book = models.ForeignKey(Proxy, models.CASCADE)",
}


@pytest.mark.parametrize("kind", REFUSED)
def test_accessor_on_the_bookstore_is_refused_and_its_remedy_is_taken(setup_of, kind):
    line, before = REFUSED[kind], site_models()
    proxy = "class Proxy(Book):\n    class Meta:\n        proxy = True\n\n\n"
    source = f"{proxy}class Draft(models.Model):\n    {line}\n\n\ndef setup():\n    pass\n"
    with pytest.raises(LoadError, match=r'would add an accessor to (Book|Author)\. Say related_name="\+"\.'):
        setup_of(source)
    assert site_models() == before
    assert Author.books.rel.related_model is Book
    bare = line.replace(', related_name="books"', "")
    setup_of(source.replace(line, bare[:-1] + ', related_name="+")'))
    assert site_models() == before


def test_model_that_is_not_there_is_told(setup_of):
    with pytest.raises(LoadError, match=r"Draft\.book names the model Boook, which is not there\."):
        setup_of('class Draft(models.Model):\n    book = models.ForeignKey("Boook", models.CASCADE)\n')


def test_many_to_many_of_two_lessons_with_one_name(setup_of, shelf):
    source = """
        class Cabinet(models.Model):
            books = models.ManyToManyField(Book, related_name="+"{table})


        def setup():
            Cabinet.objects.create().books.set(Book.objects.all()[:{count}])
    """
    first = setup_of(source.format(table="", count=2))
    second = setup_of(source.format(table=', db_table="other"', count=3))
    for _ in range(2):
        for setup, count in ((first, 2), (second, 3)):
            with shelf.open(prepare=setup.prepare):
                assert setup.module.Cabinet.objects.get().books.count() == count
