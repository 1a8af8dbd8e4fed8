from django.db import connection, models

DB_CASCADE = getattr(models, "DB_CASCADE", models.CASCADE)  # new in Django 6.1


class Visit(models.Model):
    """Somebody looks around in the web shop."""

    is_old = models.BooleanField()

    def __str__(self):
        return f"Visit {self.pk}"


class PageView(models.Model):
    visit = models.ForeignKey(Visit, models.CASCADE, related_name="+")

    def __str__(self):
        return f"Page view {self.pk}"


class Click(models.Model):
    page_view = models.ForeignKey(PageView, models.CASCADE, related_name="+")

    def __str__(self):
        return f"Click {self.pk}"


class FreeVisit(models.Model):
    """The same three models, whose foreign keys leave the cascade to the database."""

    is_old = models.BooleanField()

    def __str__(self):
        return f"Visit {self.pk}"


class FreePageView(models.Model):
    visit = models.ForeignKey(FreeVisit, DB_CASCADE, related_name="+")

    def __str__(self):
        return f"Page view {self.pk}"


class FreeClick(models.Model):
    page_view = models.ForeignKey(FreePageView, DB_CASCADE, related_name="+")

    def __str__(self):
        return f"Click {self.pk}"


def setup():
    """A visit for each book, two of three of them old; with three page views each, and two clicks on each page."""
    for visit, page_view, click in ((Visit, PageView, Click), (FreeVisit, FreePageView, FreeClick)):
        _insert(visit, "id, is_old", "SELECT id, id % 3 <> 0 FROM library_book")
        _insert(page_view, "visit_id", f"SELECT id FROM {visit._meta.db_table} CROSS JOIN {_numbers(3)}")
        _insert(click, "page_view_id", f"SELECT id FROM {page_view._meta.db_table} CROSS JOIN {_numbers(2)}")


def _insert(model, columns, select):
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({columns}) {select}")


def _numbers(count):
    return f"({' UNION ALL '.join(f'SELECT {number} AS number' for number in range(count))}) numbers"
