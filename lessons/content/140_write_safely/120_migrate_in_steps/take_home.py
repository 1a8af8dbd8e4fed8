from concurrent.futures import ThreadPoolExecutor

from django.db import connection
from django.test import TransactionTestCase
from optimized import alice, bob
from setup import setup


def sell_elsewhere():
    try:
        return bob()
    finally:
        connection.close()


# In a TestCase the shop would not see the migration's rows, nor its locks.
class MigrateInStepsTests(TransactionTestCase):
    fixtures = ["library"]

    def tearDown(self):
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE library_book DROP COLUMN IF EXISTS list_price")

    def test_the_shop_sells_while_the_column_is_filled(self):
        setup()
        sold = []

        def meanwhile(execute, sql, *rest):
            result = execute(sql, *rest)
            if sql.startswith("UPDATE"):
                sold.append(threads.submit(sell_elsewhere).result())
            return result

        with ThreadPoolExecutor(max_workers=1) as threads, connection.execute_wrapper(meanwhile):
            alice()
        self.assertTrue(sold)
