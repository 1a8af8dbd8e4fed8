import importlib.util
from collections.abc import Sequence
from contextlib import AbstractContextManager, closing
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from lab import leaving
from lab.engines.base import Copy
from lab.engines.server import ServerEngine
from lab.engines.sql import execute, execute_unseen, query

# ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION; ER_DBACCESS_DENIED_ERROR and ER_TABLEACCESS_DENIED_ERROR, which nobody
# gets who may write.
_REFUSED = (1792, 1044, 1142)
# No server at the address, it went away or shut down, the connection was killed; too many connections.
_GONE = (2002, 2003, 2005, 2006, 2013, 2055, 1053, 1152, 1927, 4031, 1040)


class MySQL(ServerEngine):
    """MariaDB or MySQL, whichever MYSQL_URL names."""

    name = "mysql"
    backend = "django.db.backends.mysql"

    @property
    def label(self) -> str:
        if not self._version:
            return "MariaDB/MySQL"
        return "MariaDB" if "MariaDB" in self._version else "MySQL"

    def _not_set_up(self) -> str | None:
        if reason := super()._not_set_up():
            return reason
        if importlib.util.find_spec("MySQLdb") is None:
            return "Its driver is not installed: python -m pip install -r requirements-mysql.txt"
        return None

    def version(self) -> str:
        return super().version().removeprefix("5.5.5-").partition("-")[0]

    def interrupt(self, connection: BaseDatabaseWrapper, seconds: float) -> None:
        if self.label == "MariaDB":
            execute_unseen(connection, f"SET SESSION max_statement_time = {seconds}")
        else:  # of SELECT alone
            execute_unseen(connection, f"SET SESSION max_execution_time = {int(seconds * 1000)}")

    def cancel(self, connection: Any) -> None:
        """As the same user, who may always end what is his own."""
        with closing(BaseDatabaseWrapper.copy(connection)) as beside:  # not the run's own
            execute(beside, f"KILL QUERY {connection.server_thread}")

    def let_run(self, connection: BaseDatabaseWrapper) -> None:
        variable = "max_statement_time" if self.label == "MariaDB" else "max_execution_time"
        execute_unseen(connection, f"SET SESSION {variable} = DEFAULT")

    def refused(self, error: BaseException) -> bool:
        return _number(error) in _REFUSED

    def checksum(self, books: int) -> str:
        with self.reader(books) as connection:
            tables = _tables(connection, self._shelf(books))
            sums = query(connection, f"CHECKSUM TABLE {', '.join(_quoted(*table) for table in tables)}")
            counters = query(
                connection,
                "SELECT table_name, auto_increment FROM information_schema.tables"
                " WHERE table_schema = DATABASE() ORDER BY 1",
            )
        return repr((sums, counters))

    def disk_bytes(self, books: int) -> int:
        with self._admin() as admin:
            sizes = "SELECT SUM(data_length + index_length) FROM information_schema.tables WHERE table_schema = %s"
            return int(query(admin, sizes, [self._shelf(books)])[0][0] or 0)

    def _databases(self, admin: BaseDatabaseWrapper) -> set[str]:
        return {name for (name,) in query(admin, "SHOW DATABASES")}

    def _create(self, admin: BaseDatabaseWrapper, name: str) -> None:
        execute(admin, f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4")

    def _copy(self, admin: BaseDatabaseWrapper, source: str, name: str) -> None:
        """Foreign keys and counters included, which CREATE TABLE … LIKE would leave out."""
        self._create(admin, name)
        tables = _tables(admin, source)
        made = [query(admin, f"SHOW CREATE TABLE {_quoted(*table)}")[0][1] for table in tables]
        with self._connect(name) as connection, connection.constraint_checks_disabled():
            for (_, table), statement in zip(tables, made, strict=True):
                leaving.check()
                execute(connection, statement)
                columns = _written_columns(admin, source, table)
                execute(
                    connection, f"INSERT INTO `{table}` ({columns}) SELECT {columns} FROM {_quoted(source, table)}"
                )
            for view, definition in _views(admin, source):  # of a lesson's setup
                execute(
                    connection, f"CREATE VIEW `{view}` AS {definition.replace(_quoted(source), _quoted(name))}"
                )

    def _drop(self, admin: BaseDatabaseWrapper, name: str) -> None:
        execute(admin, f"DROP DATABASE IF EXISTS `{name}`")

    def _publish(self, admin: BaseDatabaseWrapper, name: str, books: int) -> None:
        shelf = self._shelf(books)
        moves = [f"{_quoted(name, table)} TO {_quoted(shelf, table)}" for _, table in _tables(admin, name)]
        self._drop(admin, shelf)
        self._create(admin, shelf)
        execute(admin, f"RENAME TABLE {', '.join(moves)}")

    def copy_again(self, copy: Copy) -> AbstractContextManager[Copy]:
        """Analyzed as the first one: tables are copied row by row, and not their statistics."""

        def make(admin: BaseDatabaseWrapper, name: str) -> None:
            self._copy(admin, copy.where, name)
            with self._connect(name) as connection:
                self.analyze(connection)

        return self._copied(make)

    def _make_role(self, admin: BaseDatabaseWrapper, password: str) -> None:
        user, databases = f"'{self.role}'@'%'", self.address.prefix.replace("_", r"\_")
        execute(admin, f"CREATE USER IF NOT EXISTS {user} IDENTIFIED BY '{password}'")
        execute(admin, f"ALTER USER {user} IDENTIFIED BY '{password}'")
        execute(admin, rf"GRANT SELECT, SHOW VIEW ON `{databases}\_%`.* TO {user}")

    def _let_read(self, connection: BaseDatabaseWrapper) -> None:
        return None  # the grant is for all databases of that name, and what is in them

    def analyze(self, connection: BaseDatabaseWrapper) -> None:
        tables = connection.introspection.table_names()
        query(connection, f"ANALYZE TABLE {', '.join(f'`{table}`' for table in tables)}")

    def _hold(self, admin: BaseDatabaseWrapper, name: str) -> bool:
        return bool(query(admin, "SELECT GET_LOCK(%s, 0)", [name])[0][0] == 1)

    def _settings(self, settings: dict[str, Any], *, read_only: bool) -> dict[str, Any]:
        options = {"connect_timeout": 3, **settings.get("OPTIONS", {})}
        if read_only:
            options["init_command"] = "SET SESSION TRANSACTION READ ONLY"
        return {**settings, "NAME": "", "OPTIONS": options}

    def _version_of(self, connection: BaseDatabaseWrapper) -> str:
        version: str = connection.connection.get_server_info()
        return version

    def _is_lost(self, error: BaseException) -> bool:
        return _number(error) in _GONE or (type(error).__name__ == "InterfaceError" and _number(error) == 0)


def _number(error: BaseException) -> object:
    return error.args[0] if error.args else None


def _tables(connection: BaseDatabaseWrapper, database: str) -> Sequence[tuple[str, str]]:
    """[(database, table)] of it, in the order of their names."""
    listed = (
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema = %s AND table_type = 'BASE TABLE' ORDER BY 2"
    )
    return query(connection, listed, [database])


def _written_columns(connection: BaseDatabaseWrapper, database: str, table: str) -> str:
    """Those of a table, but what the database computes by itself and lets nobody write."""
    listed = (
        "SELECT column_name FROM information_schema.columns WHERE table_schema = %s AND table_name = %s"
        " AND COALESCE(generation_expression, '') = '' ORDER BY ordinal_position"
    )
    return ", ".join(_quoted(name) for (name,) in query(connection, listed, [database, table]))


def _views(connection: BaseDatabaseWrapper, database: str) -> Sequence[tuple[str, str]]:
    """[(view, its SELECT, in which tables have the database's name)] of it."""
    listed = "SELECT table_name, view_definition FROM information_schema.views WHERE table_schema = %s ORDER BY 1"
    return query(connection, listed, [database])


def _quoted(*names: str) -> str:
    return ".".join(f"`{name}`" for name in names)
