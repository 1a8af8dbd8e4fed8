from django.db import connection, models
from django.db.models.functions import Collate

_PIECES = (  # of the names, ten for each digit of the number
    ("Al", "Ber", "Cor", "Da", "El", "Fre", "Gre", "Han", "Ing", "Jo"),
    ("bert", "ta", "nel", "vid", "in", "da", "gor", "na", "rid", "han"),
    (" Lind", " Berg", " Holm", " Sand", " Dal", " Ek", " Nord", " West", " Wall", " Alm"),
    ("qui", "gre", "stra", "ber", "ro", "hol", "vi", "la", "da", "fel"),
    ("st", "n", "nd", "g", "s", "m", "k", "ng", "hl", "dt"),
)


class AbstractSubscriber(models.Model):
    name = models.CharField(max_length=60)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name


class Subscriber(AbstractSubscriber):
    class Meta:
        indexes = [models.Index(fields=["name"], name="subscriber_name")]


class SubscriberWithTrigrams(AbstractSubscriber):
    """Its index of trigrams is made in setup()."""


class SubscriberInLanguage(AbstractSubscriber):
    """On PostgreSQL, in the collation of a language, as nearly all servers have it."""

    class Meta:
        indexes = [models.Index(fields=["name"], name="in_language_name")]


class SubscriberWithDbIndex(AbstractSubscriber):
    name = models.CharField(max_length=60, db_index=True)


class SubscriberWithPatternIndex(AbstractSubscriber):
    """Its index for patterns is made in setup()."""


def setup():
    """A hundred thousand subscribers, and an index of their trigrams. For the claims, a tenth of them."""
    for model in (Subscriber, SubscriberWithTrigrams):
        _fill(model, 100_000)
    for model in (SubscriberInLanguage, SubscriberWithDbIndex, SubscriberWithPatternIndex):
        if connection.vendor == "postgresql":
            _put_in_language(model)
        _fill(model, 10_000)
    add_pattern_index(SubscriberWithPatternIndex)
    add_trigram_index(SubscriberWithTrigrams)


def _put_in_language(model):
    """The default collation of the site's server is C.UTF-8, which has no language."""
    collation = (
        "SELECT collname FROM pg_collation WHERE collname = 'en-x-icu' OR collprovider = 'c' AND collcollate"
        " NOT IN ('C', 'POSIX') AND collencoding = pg_char_to_encoding(getdatabaseencoding())"
        " ORDER BY collprovider LIMIT 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(collation)
        for (name,) in cursor.fetchall():
            cursor.execute(
                f'ALTER TABLE {model._meta.db_table} ALTER COLUMN name TYPE varchar(60) COLLATE "{name}"'
            )


def _fill(model, rows):
    pieces = [
        " UNION ALL ".join(f"SELECT {digit} AS d, '{piece}' AS piece" for digit, piece in enumerate(ten))
        for ten in _PIECES
    ]
    name = "CONCAT({})" if connection.vendor == "mysql" else "{}"
    name = name.format((", " if connection.vendor == "mysql" else " || ").join(f"{a}.piece" for a in "abcef"))
    tables = ", ".join(f"({ten}) {alias}" for ten, alias in zip(pieces, "abcef", strict=True))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} (id, name)"
            f" SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d, {name} FROM {tables}"
            f" WHERE a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d < {rows}"
        )


def add_pattern_index(model):
    if connection.vendor == "postgresql":
        index = models.Index(fields=["name"], name="pattern_name", opclasses=["varchar_pattern_ops"])
    elif connection.vendor == "sqlite":
        index = models.Index(Collate("name", "nocase"), name="pattern_name")
    else:
        index = models.Index(fields=["name"], name="pattern_name")
    with connection.schema_editor() as editor:
        editor.add_index(model, index)


def add_trigram_index(model):
    table = model._meta.db_table
    statements = {
        "postgresql": [  # what the extension pg_trgm brings
            "CREATE FUNCTION trigrams(text) RETURNS text[] LANGUAGE sql IMMUTABLE AS $$ SELECT ARRAY("
            "SELECT DISTINCT substr(upper($1), n, 3) FROM generate_series(1, length($1) - 2) AS n) $$",
            f"CREATE INDEX subscriber_trigrams ON {table} USING gin (trigrams(name))",
        ],
        "sqlite": [
            f"CREATE VIRTUAL TABLE subscriber_trigrams USING fts5 (name, content={table}, content_rowid=id,"
            " tokenize='trigram')",
            "INSERT INTO subscriber_trigrams (subscriber_trigrams) VALUES ('rebuild')",
        ],
    }
    with connection.cursor() as cursor:
        for statement in statements.get(connection.vendor, ()):
            cursor.execute(statement)
