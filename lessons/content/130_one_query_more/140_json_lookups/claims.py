from django.db import NotSupportedError, connection, transaction
from django.db.models import Index, Q
from django.db.models.fields.json import KT
from setup import Event, EventWithStatus


def none_is_missing(log):
    """`filter(payload__reason=None)` finds the events that have no reason."""
    events = Event.objects.filter(payload__reason=None)
    missing = [event.pk for event in Event.objects.all() if "reason" not in event.payload]
    null = [event.pk for event in Event.objects.all() if event.payload.get("reason", "") is None]
    found = {event.pk for event in events}
    return {
        "those with a null": found >= set(null),
        "those without the key": found >= set(missing),
        "`payload__reason__isnull=True` finds those without the key": {
            event.pk for event in Event.objects.filter(payload__reason__isnull=True)
        }
        == set(missing),
    }


def exclude_returns_the_rest(log):
    """`exclude()` by a key returns every event that `filter()` does not return."""
    everything = Event.objects.count()
    expired = Q(payload__reason="card expired")
    kept = Event.objects.filter(~expired | Q(payload__reason__isnull=True))
    excluded = Event.objects.exclude(expired)
    return {
        "a key that each event has": _both(payload__status="failed") == everything,
        "a key that some events lack": _both(payload__reason="card expired") == everything,
        "the events where that key is null": excluded.filter(payload__reason=None).count()
        == Event.objects.filter(payload__reason=None).count(),
        "`~Q(…) | Q(payload__reason__isnull=True)`": kept.count()
        == everything - Event.objects.filter(expired).count(),
    }


def a_number_is_a_number(log):
    """The database compares and sorts the numbers of a document as numbers."""
    Event.objects.all().delete()
    for amount in (9, 10, 100):
        Event.objects.create(sale_id=1, payload={"amount": amount})
    events = Event.objects.annotate(text=KT("payload__amount"))
    return {
        "`payload__amount__gt=9`": Event.objects.filter(payload__amount__gt=9).count() == 2,
        '`order_by("payload__amount")`': _amounts(events.order_by("payload__amount")) == [9, 10, 100],
        '`order_by(KT("payload__amount"))`': _amounts(events.order_by("text")) == [9, 10, 100],
    }


def index_on_the_key(log):
    """An index on `KT("payload__status")` serves `filter(payload__status=…)`."""
    events = Event.objects.annotate(kt=KT("payload__status"))
    index = Index(KT("payload__status"), name="event_kt")
    with connection.schema_editor() as editor:
        editor.add_index(Event, index)
    with connection.cursor() as cursor:
        made = "event_kt" in connection.introspection.get_constraints(cursor, Event._meta.db_table)
    return {
        "the index is there": made,
        "`filter(payload__status=…)`": _is_looked_up(Event.objects.filter(payload__status="failed")),
        "`filter()` by an annotation of the same `KT()`": _is_looked_up(events.filter(kt="failed")),
        "`filter()` by an indexed `GeneratedField` of it": _is_looked_up(
            EventWithStatus.objects.filter(status="failed")
        ),
    }


def gin_serves_all(log):
    """On PostgreSQL one GIN index on the field serves every lookup in it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE INDEX event_gin ON {Event._meta.db_table} USING gin (payload)")
    failed = Event.objects.filter(payload__status="failed")
    return {
        "`payload__contains={…}`": _is_looked_up(Event.objects.filter(payload__contains={"status": "failed"})),
        "`payload__has_key=…`": _is_looked_up(Event.objects.filter(payload__has_key="reason")),
        "`payload__status=…`": _is_looked_up(failed),
    }


def _both(**conditions):
    return Event.objects.filter(**conditions).count() + Event.objects.exclude(**conditions).count()


def _amounts(events):
    return [event.payload["amount"] for event in events]


def _is_looked_up(events):
    """Whether an index leads to the rows, even in a table so small that PostgreSQL would rather read it all."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
        try:
            plan = events.values("pk").explain()
        except NotSupportedError:
            return False
    return any(words in plan for words in ("SEARCH", "Index Cond", " range ", " ref "))
