from django.core.checks import Error
from django.db import connection, models
from django.db.models.signals import post_delete
from django.test.utils import isolate_apps
from setup import DB_CASCADE, Click, FreeClick, FreePageView, FreeVisit, PageView, Visit


def each_row_is_announced(log):
    """`post_delete` is sent for every row that goes with the cascade."""
    return {
        "`CASCADE`": _is_heard(Visit, Click),
        "`DB_CASCADE`, the rows of the queryset": _is_heard(FreeVisit, FreeVisit),
        "`DB_CASCADE`, the rows that point to them": _is_heard(FreeVisit, FreeClick),
    }


def delete_counts_all(log):
    """`delete()` returns how many rows it has deleted, those of the cascade among them."""
    return {
        "`CASCADE`": _counts_all(Visit, PageView, Click),
        "`DB_CASCADE`": _counts_all(FreeVisit, FreePageView, FreeClick),
    }


def triggers_fire(log):
    """A trigger of the database fires for each row that a cascade deletes."""
    return {"`CASCADE`": _fires(Visit, Click), "`DB_CASCADE`": _fires(FreeVisit, FreeClick)}


@isolate_apps("library")
def one_key_at_a_time(log):
    """You can change one foreign key of a model to `DB_CASCADE` and leave the others as they are."""

    class Parcel(models.Model):
        class Meta:
            app_label = "library"

    class Label(models.Model):
        parcel = models.ForeignKey(Parcel, DB_CASCADE, related_name="+")
        printer = models.ForeignKey(Parcel, models.PROTECT, related_name="+")

        class Meta:
            app_label = "library"

    class Stamp(models.Model):
        label = models.ForeignKey(Label, models.CASCADE, related_name="+")

        class Meta:
            app_label = "library"

    class Note(models.Model):
        parcel = models.ForeignKey(Parcel, DB_CASCADE, related_name="+")
        author = models.ForeignKey("library.Author", models.DO_NOTHING, related_name="+")

        class Meta:
            app_label = "library"

    class Box(models.Model):
        parcel = models.ForeignKey(Parcel, DB_CASCADE, related_name="+")
        genres = models.ManyToManyField("library.Genre", related_name="+")

        class Meta:
            app_label = "library"

    class Bill(models.Model):
        parcel = models.ForeignKey(Parcel, models.CASCADE, related_name="+")

        class Meta:
            app_label = "library"

    return {
        "another key of the model says `PROTECT`": _is_accepted(Label),
        "a key that points to the model says `CASCADE`": _is_accepted(Stamp),
        "the model has a `ManyToManyField`": _is_accepted(Box),
        "another key of the model says `DO_NOTHING`": _is_accepted(Note),
        "two models point to a third one, one with `CASCADE`": _is_accepted(Bill) and _is_accepted(Parcel),
    }


def _is_heard(deleted, heard_of):
    heard = []

    def receive(**kwargs):
        heard.append(True)

    post_delete.connect(receive, sender=heard_of)
    try:
        deleted.objects.filter(is_old=True).delete()
    finally:
        post_delete.disconnect(receive, sender=heard_of)
    return bool(heard)


def _counts_all(*tables):
    before = sum(model.objects.count() for model in tables)
    count, _ = tables[0].objects.filter(is_old=True).delete()
    return count == before - sum(model.objects.count() for model in tables)


def _fires(deleted, child):
    table, record = child._meta.db_table, "INSERT INTO deleted_clicks VALUES (OLD.id)"
    for statement in {
        "sqlite": [f"CREATE TRIGGER on_{table} AFTER DELETE ON {table} BEGIN {record}; END"],
        "mysql": [f"CREATE TRIGGER on_{table} AFTER DELETE ON {table} FOR EACH ROW {record}"],
        "postgresql": [
            f"CREATE FUNCTION note_{table}() RETURNS trigger LANGUAGE plpgsql"
            f" AS $$ BEGIN {record}; RETURN OLD; END $$",
            f"CREATE TRIGGER on_{table} AFTER DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION note_{table}()",
        ],
    }[connection.vendor]:
        _execute(statement)
    _execute("DROP TABLE IF EXISTS deleted_clicks")
    _execute("CREATE TABLE deleted_clicks (id bigint)")
    before = child.objects.count()
    deleted.objects.filter(is_old=True).delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM deleted_clicks")
        return cursor.fetchone()[0] == before - child.objects.count()


def _execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def _is_accepted(model):
    errors = model.check(databases=["default"])
    return not any(isinstance(error, Error) and error.id in ("fields.E323", "models.E050") for error in errors)
