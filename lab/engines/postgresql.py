from typing import Any

import psycopg
from django.db import Error as DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper

from lab.engines.server import ServerEngine
from lab.engines.sql import execute, execute_unseen, query

_READ_ONLY = "25006"  # SQLSTATE read_only_sql_transaction
_NOT_ALLOWED = "42501"  # insufficient_privilege
_SOON = 2.0  # seconds in which the server takes a word from beside the connection
_GOING_AWAY = ("08", "57P", "53300")  # connection exceptions, shutdowns, too many connections


class PostgreSQL(ServerEngine):
    """A shelf is two equal databases: the one that is read, and a pristine one that nobody connects to, because
    PostgreSQL copies only such a one.
    """

    name = "postgresql"
    label = "PostgreSQL"
    backend = "django.db.backends.postgresql"

    def interrupt(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        execute_unseen(connection, f"SET statement_timeout = {int(seconds * 1000)}")

    def cancel(self, connection: Any) -> None:
        connection.connection.cancel_safe(timeout=_SOON)

    def let_run(self, connection: BaseDatabaseWrapper) -> None:
        execute_unseen(connection, "RESET statement_timeout")

    def refused(self, error: BaseException) -> bool:
        # Who may write owns all tables of a copy.
        return _sqlstate(error) == _READ_ONLY or (
            _sqlstate(error) == _NOT_ALLOWED and "permission denied for table" in str(error)
        )

    def drop(self, books: int) -> None:
        with self._admin() as admin:
            self._drop(admin, self._shelf(books))
            self._drop(admin, self._source(books))

    def checksum(self, books: int) -> str:
        with self.reader(books) as connection, connection.cursor() as cursor:
            cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            quoted = [(name, connection.ops.quote_name(name)) for (name,) in cursor.fetchall()]
            sums = [("sequences", "SELECT sequencename, last_value FROM pg_sequences ORDER BY 1")] + [
                (name, f"SELECT count(*), sum(hashtextextended(t::text, 0)::numeric) FROM {table} t")
                for name, table in quoted
            ]
            found = []
            for name, query in sums:
                cursor.execute(query)
                found.append((name, cursor.fetchall()))
        return repr(found)

    def disk_bytes(self, books: int) -> int:
        with self._admin() as admin, admin.cursor() as cursor:
            names = [self._shelf(books), self._source(books)]
            cursor.execute(
                "SELECT sum(pg_database_size(datname)) FROM pg_database WHERE datname = ANY(%s)", [names]
            )
            return int(cursor.fetchone()[0] or 0)

    def _databases(self, admin: BaseDatabaseWrapper) -> set[str]:
        return {name for (name,) in query(admin, "SELECT datname FROM pg_database")}

    def _create(self, admin: BaseDatabaseWrapper, name: str) -> None:
        execute(admin, f'CREATE DATABASE "{name}"')

    def _copy(self, admin: BaseDatabaseWrapper, source: str, name: str) -> None:
        execute(admin, f'CREATE DATABASE "{name}" TEMPLATE "{source}"')

    def _drop(self, admin: BaseDatabaseWrapper, name: str) -> None:
        execute(admin, f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')

    def _publish(self, admin: BaseDatabaseWrapper, name: str, books: int) -> None:
        with self._scratch(admin, lambda admin, other: self._copy(admin, name, other)) as other:
            for made, published in ((name, self._source(books)), (other, self._shelf(books))):
                self._drop(admin, published)
                execute(admin, f'ALTER DATABASE "{made}" RENAME TO "{published}"')

    def _make_role(self, admin: BaseDatabaseWrapper, password: str) -> None:
        known = query(admin, "SELECT FROM pg_roles WHERE rolname = %s", [self.role])
        execute(admin, f"{'ALTER' if known else 'CREATE'} ROLE \"{self.role}\" LOGIN PASSWORD '{password}'")

    def _let_read(self, connection: BaseDatabaseWrapper) -> None:
        for kind in ("TABLES", "SEQUENCES"):
            execute(connection, f'GRANT SELECT ON ALL {kind} IN SCHEMA public TO "{self.role}"')
            execute(
                connection,
                f'ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON {kind} TO "{self.role}"',
            )

    def analyze(self, connection: BaseDatabaseWrapper) -> None:
        """But for the server's own tables, which nobody changed and which take longer than a small shelf."""
        tables = connection.introspection.table_names()
        execute(connection, f"VACUUM (ANALYZE) {', '.join(map(connection.ops.quote_name, tables))}")

    def _hold(self, admin: BaseDatabaseWrapper, name: str) -> bool:
        return bool(query(admin, "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))", [name])[0][0])

    def _settings(self, settings: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
        options = {"connect_timeout": 3, "application_name": "queryshelf", **settings.get("OPTIONS", {})}
        if read_only:
            options["options"] = f"{options.get('options', '')} -c default_transaction_read_only=on"
        return {**settings, "OPTIONS": options}

    def _version_of(self, connection: BaseDatabaseWrapper) -> str:
        return "{}.{}".format(*divmod(connection.pg_version, 10_000))

    def _is_lost(self, error: BaseException) -> bool:
        if not isinstance(error, DatabaseError):
            return False
        state = _sqlstate(error)
        if state is None:  # the driver's own: no server, or the connection broke
            return isinstance(error.__cause__, (psycopg.OperationalError, psycopg.InterfaceError))
        return state.startswith(_GOING_AWAY)

    def _source(self, books: int) -> str:
        return f"{self._shelf(books)}_pristine"


def _sqlstate(error: BaseException) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)
