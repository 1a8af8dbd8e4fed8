"""What PostgreSQL itself says it was sent, by its log."""

import re
from contextlib import contextmanager

from lab.engines.sql import execute
from lab.recording.watching import Watch

_LINE = re.compile(r"^\S+ \S+ \S+ \[(?P<pid>\d+)\] LOG:  (?:statement|execute [^:]*): (?P<sql>.*)", re.MULTILINE)
# What it cannot parse it logs as an error alone.
_NOT_PARSED = re.compile(
    r"^\S+ \S+ \S+ \[(?P<pid>\d+)\] ERROR:  syntax error [^\n]*\n[^\n]*STATEMENT:  (?P<sql>.*)", re.MULTILINE
)
_TRANSACTION = {"begin", "commit", "rollback", "savepoint", "release", "start"}
_OF_A_CURSOR = {"fetch", "close", "move"}  # what a DECLARE has begun


class Wire:
    """The statements of the connections that were watched while it listened, as (pid, sql)."""

    def __init__(self, log):
        self.log = log
        self.watched = set()
        self._from = log.stat().st_size

    def statements(self):
        with self.log.open(encoding="utf-8", errors="replace") as log:
            log.seek(self._from)
            whole = log.read().replace("\n\t", " ")  # a statement of several lines
        found = [*_LINE.finditer(whole), *_NOT_PARSED.finditer(whole)]
        return [(int(match["pid"]), match["sql"]) for match in sorted(found, key=re.Match.start)]

    def queries(self):
        """How many queries they were sent, from when they were watched until then: what the page counts."""
        count, listening = 0, set()
        for pid, sql in self.statements():
            words = sql.lower().replace('"', " ").split()
            if words[:2] == ["set", "statement_timeout"]:
                listening.add(pid)
            elif words[:2] == ["reset", "statement_timeout"]:
                listening.discard(pid)
            elif pid in listening & self.watched:
                is_transaction = words[0] in _TRANSACTION or words[:2] == ["set", "transaction"]
                count += not is_transaction and words[0] not in _OF_A_CURSOR
        return count


@contextmanager
def listening(engine, monkeypatch):
    """Let the embedded PostgreSQL log every statement; yields a function that gives a new Wire."""
    roles = ("postgres", engine.role)
    wires = []
    hold = Watch._hold

    def watch(self):
        hold(self)
        wires[-1].watched.add(self.connection.connection.info.backend_pid)

    def listen():
        wires.append(Wire(engine.address.server.data / "log"))
        return wires[-1]

    monkeypatch.setattr(Watch, "_hold", watch)
    with engine._admin() as admin:
        for role in roles:
            execute(admin, f"ALTER ROLE \"{role}\" SET log_statement = 'all'")
    try:
        yield listen
    finally:
        with engine._admin() as admin:
            for role in roles:
                execute(admin, f'ALTER ROLE "{role}" RESET log_statement')
