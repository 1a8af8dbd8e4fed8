from django.db.models import Aggregate, JSONField


class JSONArrayAgg(Aggregate):
    """Django has no aggregate that makes JSON on every database. Each database has a function for it."""

    output_field = JSONField()
    allow_distinct = True

    def as_sqlite(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_GROUP_ARRAY", **context)

    def as_postgresql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)

    def as_mysql(self, compiler, connection, **context):
        return self.as_sql(compiler, connection, function="JSON_ARRAYAGG", **context)
