from unittest import mock

from django.db import router
from django.test import TestCase
from optimized import shopper
from routers import ReplicaRouter


class OneDatabase(ReplicaRouter):
    """Notes what the router answers to reads, and reads from the one database that tests have."""

    def __init__(self):
        self.answers = []

    def db_for_read(self, model, **hints):
        self.answers.append(super().db_for_read(model, **hints))
        return "default"


class ReadReplicasTests(TestCase):
    fixtures = ["library"]

    def test_what_was_written_is_read_from_the_primary(self):
        one_database = OneDatabase()
        with mock.patch.object(router, "routers", [one_database]):
            shopper()
        self.assertEqual(one_database.answers, ["default"])
