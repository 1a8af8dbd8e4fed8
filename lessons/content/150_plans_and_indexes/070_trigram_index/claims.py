from setup import (
    Subscriber,
    SubscriberInLanguage,
    SubscriberWithDbIndex,
    SubscriberWithPatternIndex,
    SubscriberWithTrigrams,
)
from trigrams import containing

PLAIN = '`Index(fields=["name"])`'


def startswith_uses_the_index(log):
    """An index on a text column serves `startswith`."""
    return {
        f"{PLAIN}, the collation C": _starts(Subscriber),
        f"{PLAIN}, the collation of a language": _starts(SubscriberInLanguage),
        "`db_index=True`, the collation of a language": _starts(SubscriberWithDbIndex),
        "an index for patterns": _starts(SubscriberWithPatternIndex),
        f"{PLAIN}, and `istartswith`": _starts(Subscriber, "istartswith"),
        "an index for patterns, and `istartswith`": _starts(SubscriberWithPatternIndex, "istartswith"),
    }


def any_part_of_the_text(log):
    """A trigram index serves a search for any part of the text."""
    return {
        "the middle, `dberg`": _by_trigrams("dberg"),
        "three letters, `dbe`": _by_trigrams("dbe"),
        "two letters, `db`": _by_trigrams("db"),
        "the end, `erg`": _by_trigrams("erg"),
        "with a space, `rid sandb`": _by_trigrams("rid sandb"),
    }


def _starts(model, lookup="startswith"):
    """Whether an index leads to the rows, in the words of SQLite, PostgreSQL and MariaDB."""
    plan = model.objects.filter(**{f"name__{lookup}": "Ingrid H"}).explain()
    return any(words in plan for words in ("SEARCH", "Index Cond", " range "))


def _by_trigrams(typed):
    plan = containing(SubscriberWithTrigrams.objects, typed).explain()
    return any(words in plan for words in ("VIRTUAL TABLE", "subscriber_trigrams"))
