from django.db import connection
from django.db.models import BooleanField
from django.db.models.expressions import RawSQL


def containing(subscribers, typed):
    """Those whose name has what is typed, by the index of trigrams, if the database has one."""
    if len(typed) < 3 or connection.vendor == "mysql":
        return subscribers.filter(name__icontains=typed)
    if connection.vendor == "sqlite":
        phrase = '"{}"'.format(typed.replace('"', '""'))
        found = RawSQL("SELECT rowid FROM subscriber_trigrams WHERE subscriber_trigrams MATCH %s", [phrase])
        return subscribers.filter(pk__in=found)
    has_all = RawSQL("trigrams(name) @> trigrams(%s)", [typed], output_field=BooleanField())
    return subscribers.filter(has_all, name__icontains=typed)
