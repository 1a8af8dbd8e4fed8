from django.db import connection
from django.db.backends.signals import connection_created
from django.test import TransactionTestCase
from optimized import run


class ConnectionTests(TransactionTestCase):
    fixtures = ["library"]

    def test_ten_requests_need_one_connection(self):
        opened = []

        def count(connection, **kwargs):
            opened.append(connection)

        connection_created.connect(count)
        self.addCleanup(connection_created.disconnect, count)
        self.addCleanup(connection.settings_dict.update, connection.settings_dict.copy())
        self.assertEqual(len(list(run())), 10)
        self.assertLessEqual(len(opened), 1)
