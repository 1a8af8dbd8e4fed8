import re
from time import monotonic

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.sql import execute_unseen, query
from lab.exceptions import LabError
from lab.race.monitors import Monitor
from lab.race.report import End
from lab.race.session import Session, Waits

# Repeatable read with _SWITCH on, which refuses to lock a row that was changed since the transaction first looked.
# It is on by itself from MariaDB 11.6.2; here the other levels have it off, to be the same on every server.
SNAPSHOT = "snapshot"
_SWITCH = "innodb_snapshot_isolation"
_THREAD = re.compile(r"(?:MariaDB|MySQL) thread id (\d+)")
_STANDING = (
    "SELECT id FROM information_schema.processlist WHERE state = 'User lock' OR state LIKE 'Waiting for % lock'"
)
_MOMENT = 0.02  # seconds: the server's own threads, which hold tables too, let go of them sooner
_NOT_ALLOWED = 1227  # ER_SPECIFIC_ACCESS_DENIED_ERROR
_ENDS: dict[int | None, End] = {
    1213: End.DEADLOCK,  # ER_LOCK_DEADLOCK
    1205: End.LOCK_TIMEOUT,  # ER_LOCK_WAIT_TIMEOUT, which NOWAIT gives on MariaDB too
    3572: End.LOCKED,  # MySQL's ER_LOCK_NOWAIT
    1020: End.SERIALIZATION_FAILURE,  # ER_CHECKREAD, at the level SNAPSHOT
}


class MySQLMonitor(Monitor):
    """InnoDB finds a deadlock as soon as there is one, and rolls back the session that has changed the least."""

    levels = {
        "read committed": "each statement sees what was committed before it",
        "read uncommitted": "a plain read sees what others have not committed yet",
        "repeatable read": "plain reads see what was committed before the first; writes go to the newest row",
        SNAPSHOT: f"repeatable read with {_SWITCH}, MariaDB’s own from 11.6.2: a row changed since is refused",
        "serializable": "every read in a transaction locks what it reads",
    }

    def __init__(self, observer: BaseDatabaseWrapper, isolation: str | None = None) -> None:
        super().__init__(observer, isolation)
        self._sessions: dict[int, Session] = {}  # by the number of their thread on the server
        self._stand: dict[int, float] = {}  # thread: when it was first seen to wait, in monotonic seconds
        self._has_switch = bool(self.settings(observer))
        self._status()  # whether it may be asked for, before anybody waits for an answer

    @classmethod
    def settings(cls, connection: BaseDatabaseWrapper) -> dict[str, str]:
        """Which of the two is the server's own repeatable read: on, it is SNAPSHOT. MariaDB alone has it."""
        return dict(query(connection, f"SHOW VARIABLES LIKE '{_SWITCH}'"))

    def lacks_level(self) -> str:
        if self.isolation != SNAPSHOT or self._has_switch:
            return ""
        return f"The level {SNAPSHOT} needs {_SWITCH}, which MariaDB has from 10.6.18, 10.11.8 and 11.4.2 on."

    def let_wait(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        for name in ("lock_wait_timeout", "innodb_lock_wait_timeout"):  # whole seconds: of tables, and of rows
            execute_unseen(connection, f"SET SESSION {name} = {int(seconds)}")

    def enter(self, session: Session, connection: BaseDatabaseWrapper) -> None:
        is_snapshot = self.isolation == SNAPSHOT
        level = "repeatable read" if is_snapshot else self.isolation
        if self._has_switch:
            execute_unseen(connection, f"SET SESSION {_SWITCH} = {'ON' if is_snapshot else 'OFF'}")
        execute_unseen(connection, f"SET SESSION TRANSACTION ISOLATION LEVEL {level.upper()}")
        self._sessions[connection.connection.thread_id()] = session

    def waits(self, sessions: list[Session], running: list[Session]) -> Waits:
        threads = [
            int(found[1])
            for transaction in self._status().split("---TRANSACTION ")[1:]
            if "\nLOCK WAIT " in transaction and (found := _THREAD.search(transaction))
        ]
        waiting = {self._sessions.get(thread) for thread in (*threads, *self._above_innodb())}
        return {session: self._in_the_way(session, waiting) for session in running if session in waiting}

    def _above_innodb(self) -> list[int]:
        """The threads that wait for a table, or for a lock with a name. InnoDB's account leaves them out."""
        now = monotonic()
        self._stand = {thread: self._stand.get(thread, now) for (thread,) in query(self.observer, _STANDING)}
        return [thread for thread, since in self._stand.items() if now - since >= _MOMENT]

    def _in_the_way(self, session: Session, waiting: set[Session | None]) -> tuple[str, ...]:
        """Names of the others that have a transaction open: only they know the copy. Of several that wait, it is
        one that does not: InnoDB lets no circle of waits stand. Where none has one, it is a lock that needs none.
        """
        others = [other for other in self._sessions.values() if other is not session and other not in waiting]
        holders = [other for other in others if _is_in_transaction(other)] or others
        return tuple(other.name for other in holders if other.is_alive() and other.had_turn)

    def _status(self) -> str:
        """InnoDB's account of its transactions, as of now.

        Not information_schema's, which may be a tenth of a second old, or older if others ask for it too.
        """
        try:
            return str(query(self.observer, "SHOW ENGINE INNODB STATUS")[0][2])
        except OperationalError as error:
            if error.args[0] != _NOT_ALLOWED:
                raise
            raise LabError(
                "To see who waits for whom, the user of MYSQL_URL needs the privilege PROCESS:"
                " GRANT PROCESS ON *.* TO that user."
            ) from error

    def end_of(self, error: BaseException) -> End | None:
        return _ENDS.get(error.args[0] if error.args else None)


def _is_in_transaction(session: Session) -> bool:
    return session.is_alive() and session.connection is not None and not session.connection.autocommit
