import re

from lab.engines.server import execute, execute_unseen, query
from lab.race.report import End
from lab.race.watches import Watch

_THREAD = re.compile(r"(?:MariaDB|MySQL) thread id (\d+)")
_ENDS = {
    1213: End.DEADLOCK,  # ER_LOCK_DEADLOCK
    1205: End.LOCK_TIMEOUT,  # ER_LOCK_WAIT_TIMEOUT, which NOWAIT gives on MariaDB too
    3572: End.LOCKED,  # MySQL's ER_LOCK_NOWAIT
    1020: End.SERIALIZATION_FAILURE,  # ER_CHECKREAD: innodb_snapshot_isolation
}


class MySQLWatch(Watch):
    """InnoDB finds a deadlock as soon as there is one, and rolls back the session that has changed the least."""

    levels = ("read committed", "read uncommitted", "repeatable read", "serializable")

    def __init__(self, observer, isolation=None):
        super().__init__(observer, isolation)
        self._sessions = {}  # by the number of their thread on the server

    def enter(self, session, connection):
        execute_unseen(connection, f"SET SESSION TRANSACTION ISOLATION LEVEL {self.isolation.upper()}")
        self._sessions[connection.connection.thread_id()] = session

    def waits(self, sessions, running):
        # Not information_schema, which tells what was true a tenth of a second ago, or later if others ask too.
        status = query(self.observer, "SHOW ENGINE INNODB STATUS")[0][2]
        waiting = {
            self._sessions.get(int(found[1]))
            for transaction in status.split("---TRANSACTION ")[1:]
            if "\nLOCK WAIT " in transaction and (found := _THREAD.search(transaction))
        }
        return {
            session: tuple(other.name for other in sessions if other is not session and _may_block(other))
            for session in running
            if session in waiting
        }

    def cancel(self, session):
        for thread, other in self._sessions.items():
            if other is session:
                execute(self.observer, f"KILL QUERY {thread}")

    def end_of(self, error):
        number = error.args[0] if error.args else None
        if number == 1205 and "NOWAIT" in str(error).upper():
            return End.LOCKED
        return _ENDS.get(number)


def _may_block(session):
    """Only these sessions know the copy, so it is one that has begun a transaction and not ended it."""
    return session.is_alive() and session.connection is not None and not session.connection.autocommit
