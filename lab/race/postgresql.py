from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import InsufficientPrivilege
from psycopg.pq import TransactionStatus

from lab.engines.sql import execute_unseen, query
from lab.race.monitors import Monitor
from lab.race.report import End
from lab.race.session import Session, State, Waits
from lab.recording.statements import Statement

# PostgreSQL looks for a deadlock when a session has waited so long, once; who looks is who dies. Only one that
# begins to wait while another waits can close a circle: it looks soon, and those before it never do.
_SOON, _NEVER = "10ms", "1h"
_ENDS: dict[str | None, End] = {
    "40P01": End.DEADLOCK,
    "40001": End.SERIALIZATION_FAILURE,
    "55P03": End.LOCKED,  # lock_not_available: NOWAIT, and lock_timeout, which the words tell apart
}


class PostgreSQLMonitor(Monitor):
    levels = {
        "read committed": "each statement sees what was committed before it",
        "repeatable read": "all statements see what was committed before the first; a row changed since, refused",
        "serializable": "all ends as if one went after the other, or somebody is refused",
    }

    def __init__(self, observer: BaseDatabaseWrapper, isolation: str | None = None) -> None:
        super().__init__(observer, isolation)
        self._may_choose = True  # whose turn it is to look for deadlocks
        self._looks: dict[Session, str] = {}  # session: _SOON or _NEVER
        self._sessions: dict[int, Session] = {}  # by the number of their process on the server

    def let_wait(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        execute_unseen(connection, f"SET lock_timeout = {int(seconds * 1000)}")

    def enter(self, session: Session, connection: BaseDatabaseWrapper) -> None:
        execute_unseen(connection, f"SET default_transaction_isolation = '{self.isolation}'")
        try:
            execute_unseen(connection, f"SET deadlock_timeout = '{_NEVER}'")
        except InsufficientPrivilege:
            self._may_choose = False
            self.remark = (
                "Which session a deadlock ends is chance here: on PostgreSQL only a superuser decides it."
            )
        self._looks[session] = _NEVER
        self._sessions[connection.connection.info.backend_pid] = session

    def before(self, session: Session, statement: Statement) -> None:
        looks = _SOON if any(_stands(other) for other in self._looks if other is not session) else _NEVER
        connection = session.connection
        if not self._may_choose or looks == self._looks[session] or statement.kind == "transaction":
            return
        if connection.connection.info.transaction_status == TransactionStatus.INERROR:
            return
        execute_unseen(connection, f"SET deadlock_timeout = '{looks}'")
        self._looks[session] = looks

    def waits(self, sessions: list[Session], running: list[Session]) -> Waits:
        asked = [pid for pid, session in self._sessions.items() if session in running]
        blocked = query(self.observer, "SELECT pid, pg_blocking_pids(pid) FROM unnest(%s::int[]) AS pid", [asked])
        found = {}
        for pid, by in blocked:
            if names := sorted({self._sessions[other].name for other in by if other in self._sessions}):
                found[self._sessions[pid]] = tuple(names)
        return found

    def end_of(self, error: BaseException) -> End | None:
        end = _ENDS.get(getattr(error.__cause__, "sqlstate", None))
        return End.LOCK_TIMEOUT if end == End.LOCKED and "timeout" in str(error) else end


def _stands(session: Session) -> bool:
    return session.state is State.RUNNING  # while another has its turn: it waits for a lock
