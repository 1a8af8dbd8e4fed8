import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db.utils import ConnectionHandler
from django.utils.connection import ConnectionProxy

from lessons.take_home import in_turns as harness


def test_sqlite_in_memory_is_refused(monkeypatch):
    connections = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    monkeypatch.setattr(harness, "connection", ConnectionProxy(connections, "default"))
    with pytest.raises(ImproperlyConfigured, match=r'"TEST": {"NAME": "test.sqlite3"}'):
        harness.in_turns("alice", alice=lambda: None)
