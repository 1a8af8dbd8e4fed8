from django.db import connection
from django.db.models import Index

from library.models import Sale


def setup():
    with connection.schema_editor() as editor:
        editor.add_index(Sale, Index(fields=["sold_at"], name="sale_sold_at"))
