"""How far the SQL of a lesson reaches that may only read: the rows of its shelf, and nothing else of the server."""

import stat
from pathlib import Path

import pytest
from django.db import DatabaseError

from lab.engines.sql import execute, query
from lab.engines.tests.test_readers import LIFTING

# What an attacker tried, by engine; {file} is one that is not there.
REACHING = {
    "postgresql": [
        "BEGIN READ WRITE; UPDATE library_book SET title = 'Not read only'; COMMIT",
        "COPY (SELECT 1) TO PROGRAM 'cat > {file}'",
        "COPY (SELECT 1) TO '{file}'",
        "COPY library_book FROM PROGRAM 'echo 1'",
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT lo_import('/etc/passwd')",
        "ALTER SYSTEM SET log_statement = 'all'",
        "CREATE DATABASE queryshelf_leftover",
        "CREATE ROLE leftover SUPERUSER",
        "SET ROLE postgres",
        "SET SESSION AUTHORIZATION postgres",
        "SELECT rolpassword FROM pg_authid",
        "CREATE SCHEMA leftover",
        "ALTER ROLE CURRENT_USER SUPERUSER",
    ],
    "mysql": [
        "SELECT 1 INTO OUTFILE '{file}'",
        "SELECT 1 INTO DUMPFILE '{file}'",
        "CREATE DATABASE queryshelf_leftover",
        "CREATE USER leftover",
        "SET GLOBAL max_connections = 10",
        "SELECT * FROM mysql.global_priv",
        "GRANT ALL ON *.* TO CURRENT_USER",
        "LOAD DATA INFILE '/etc/passwd' INTO TABLE library_genre (name)",
        "CREATE PROCEDURE leftover() SELECT 1",
    ],
    "sqlite": [
        "ATTACH DATABASE '{file}' AS leftover",
        "VACUUM INTO '{file}'",
        "SELECT load_extension('{file}')",
    ],
}
CASES = [(name, statement) for name, statements in REACHING.items() for statement in statements]
REFUSALS = {
    "postgresql": r"permission denied|must be superuser|Only roles",
    "mysql": r"denied",
    "sqlite": r"attached|authorized",
}


@pytest.mark.parametrize(("engine", "statement"), CASES, indirect=["engine"])
def test_reader_reaches_nothing_but_his_shelf(engine, engine_shelves, statement, tmp_path):
    """Also where he has lifted the read-only setting of his session."""
    before = engine.checksum(10)
    with engine.reader(10) as connection:
        for lifting in LIFTING[engine.name]:
            execute(connection, lifting)
        refused(connection, statement, tmp_path)
    assert engine.checksum(10) == before


@pytest.mark.parametrize("engine", ["sqlite"], indirect=True)
@pytest.mark.parametrize("statement", REACHING["sqlite"])
def test_copy_of_sqlite_reaches_no_other_file(engine, engine_shelves, statement, tmp_path):
    with engine.copy(10) as copy, engine.connect(copy) as connection:
        execute(connection, "DELETE FROM library_review")  # it may write, and what it writes is thrown away
        refused(connection, statement, tmp_path)


def refused(connection, statement, folder):
    folder.chmod(0o777)  # so that a server's user could
    with pytest.raises(DatabaseError, match=REFUSALS[connection.vendor]):
        execute(connection, statement.replace("{file}", str(folder / "leftover")))
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("engine", ["postgresql"], indirect=True)
def test_embedded_server_is_reached_by_its_socket_alone(engine):
    folder = Path(engine.address.find()["HOST"])
    with engine._admin() as admin:
        assert query(admin, "SHOW listen_addresses") == [("",)]
        assert query(admin, "SHOW unix_socket_directories") == [(str(folder),)]
    sockets = [each for each in folder.iterdir() if each.is_socket()]
    assert len(sockets) == 1
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700  # whatever the mode of the socket
