from django.db import connection
from shop import BOOKS, page


def run():
    connection.settings_dict["CONN_MAX_AGE"] = 60
    connection.settings_dict["CONN_HEALTH_CHECKS"] = True
    return [page(book_id) for book_id in BOOKS]
