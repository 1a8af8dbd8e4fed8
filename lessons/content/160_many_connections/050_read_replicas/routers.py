from contextlib import contextmanager
from contextvars import ContextVar

_has_written = ContextVar("has_written", default=None)  # None outside of own_writes()


class ReplicaRouter:
    """Reads from the replica, and writes to the primary."""

    def db_for_read(self, model, **hints):
        return "default" if _has_written.get() else "replica"

    def db_for_write(self, model, **hints):
        if _has_written.get() is not None:
            _has_written.set(True)
        return "default"

    def allow_relation(self, one, other, **hints):
        return True


@contextmanager
def own_writes():
    """After its first write, the block reads from the primary. Put it around a view, or into a middleware."""
    token = _has_written.set(False)
    try:
        yield
    finally:
        _has_written.reset(token)
