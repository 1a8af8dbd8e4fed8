"""Runs functions at the same time, each on a connection of its own, one statement at a time in a given order."""

from threading import Event, Semaphore, Thread

from django.core.exceptions import ImproperlyConfigured
from django.db import connection

PATIENCE = 0.2  # seconds, after which a statement that has not ended waits for a lock
NO_TURNS = ("BEGIN", "SAVEPOINT", "RELEASE", "SET")  # they go with the statement that follows


class Session(Thread):
    def __init__(self, function):
        super().__init__(daemon=True)
        self.function, self.turn, self.settled = function, Semaphore(0), Event()
        self.result = self.error = None
        self.ended = False

    def run(self):
        try:
            connection.ensure_connection()
            for name in "commit", "rollback":
                setattr(connection, name, self.in_turn(getattr(connection, name)))
            with connection.execute_wrapper(self.execute_in_turn):
                self.result = self.function()
        except Exception as error:
            self.error = error
        finally:
            connection.close()
            self.ended = True
            self.settled.set()

    def in_turn(self, function):
        def wait_and_call():
            self.wait()
            function()

        return wait_and_call

    def execute_in_turn(self, execute, sql, *rest):
        if not sql.startswith(NO_TURNS):
            self.wait()
        return execute(sql, *rest)

    def wait(self):
        self.settled.set()
        self.turn.acquire()

    def step(self):
        self.settled.clear()
        self.turn.release()
        self.settled.wait(PATIENCE)


def in_turns(order, **functions):
    """order: names, such as "alice bob alice". Returns {name: result}. Raises what one raised."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        # There a lock is an error at once, and nobody waits.
        raise ImproperlyConfigured('Add to DATABASES["default"]: "TEST": {"NAME": "test.sqlite3"}')
    sessions = {name: Session(function) for name, function in functions.items()}
    for session in sessions.values():
        session.start()
        session.settled.wait()
    for name in order.split():
        for session in sessions.values():
            session.settled.wait(PATIENCE)  # a commit before this turn may have let it go on
        if not sessions[name].ended and sessions[name].settled.is_set():
            sessions[name].step()
    for session in sessions.values():
        while not session.ended:  # what is left runs to its end
            session.step()
    for session in sessions.values():
        if session.error:
            raise session.error
    return {name: session.result for name, session in sessions.items()}
