"""A shelf is one seeded bookstore of a given size on an engine."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from django.db import DatabaseError
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor

from lab.content_types import write_content_types
from lab.default import as_default
from lab.edition import MIGRATED, fingerprint
from lab.engines import Engine, get_engine
from lab.engines.base import Copy
from lab.exceptions import SetupFailed, ShelfStale
from lab.signals import shelf_opened
from library import seeding

DEFAULT_SIZES = (10, 100, 1_000, 10_000)
READ, WRITE = "read", "write"
Prepare = Callable[[], object]  # what a lesson does to a copy beforehand
_LABEL_TABLE = "queryshelf_shelf"


@dataclass(frozen=True, kw_only=True)
class Label:
    """What a shelf says of itself."""

    fingerprint: str  # of the migrations and the seeding it was made by
    seed: int


@dataclass(frozen=True, kw_only=True)
class Shelf:
    books: int
    engine_name: str = "sqlite"

    @property
    def engine(self) -> Engine:
        return get_engine(self.engine_name)

    @contextmanager
    def open(
        self,
        access: str = READ,
        *,
        recorded: bool = False,
        prepare: Prepare | None = None,
        template: Copy | None = None,
        databases: Sequence[str] = (),
    ) -> Iterator[BaseDatabaseWrapper]:
        """Let connections["default"] be this shelf, in this thread, until the block ends. The cache begins empty.

        access: READ, on a connection that refuses writes, or WRITE, on a throw-away copy.
        prepare: called first, on a connection of its own that may write; the shelf is a throw-away copy then
        template: what copy() gives, on which `prepare` is not called again. With WRITE, it is copied
        databases: aliases of further databases, each a throw-away copy like the first one; with WRITE alone
        Raises ShelfMissing or ShelfStale.
        """
        with self._connect(access, prepare, template, databases) as (connection, beside):
            self._check(self.engine, connection)
            with as_default(connection, threads=True, beside=beside) as replaced:
                shelf_opened.send(Shelf, connection=connection, replaced=replaced, recorded=recorded)
                yield connection

    @contextmanager
    def _connect(
        self, access: str, prepare: Prepare | None, template: Copy | None, databases: Sequence[str]
    ) -> Iterator[tuple[BaseDatabaseWrapper, dict[str, str]]]:
        """A connection to the shelf itself, or to a throw-away copy in which `prepare()` has run; and what is
        beside it, as copies() has it.
        """
        beside: dict[str, str] = {}
        with ExitStack() as stack:
            if access == READ and not (template or prepare):
                yield stack.enter_context(self.engine.reader(self.books)), beside
                return
            if access == READ:
                copy = template or stack.enter_context(self.copy(prepare=prepare))
            elif template or prepare or databases:
                copy, beside = stack.enter_context(self.copies(databases, prepare=prepare, template=template))
            else:
                copy = stack.enter_context(self.engine.copy(self.books))
            yield stack.enter_context(copy.connect(read_only=access == READ)), beside

    @contextmanager
    def copies(
        self, databases: Sequence[str] = (), *, prepare: Prepare | None = None, template: Copy | None = None
    ) -> Iterator[tuple[Copy, dict[str, str]]]:
        """A throw-away Copy, and beside it {alias: its NAME} of as many more as `databases` has aliases.

        prepare, template: as in open()
        """
        with ExitStack() as stack:
            copy = stack.enter_context(template.again() if template else self.copy(prepare=prepare))
            yield copy, {alias: str(stack.enter_context(copy.again()).where) for alias in databases}

    @contextmanager
    def copy(self, *, prepare: Prepare | None = None, kept: bool = False) -> Iterator[Copy]:
        """A throw-away lab.engines.base.Copy, dropped at the end of the block.

        prepare: as in open(); kept: as in Engine.copy(). Raises as open() does.
        """
        engine = self.engine
        with engine.copy(self.books, kept=kept) as copy:
            with copy.connect() as connection, as_default(connection, threads=True):
                self._check(engine, connection)
                if prepare:
                    _prepare(prepare, engine)
                    engine.analyze(connection)
            yield copy

    def label(self) -> Label:
        """Raises ShelfMissing or ShelfStale."""
        with self.engine.reader(self.books) as connection:
            return self._check(self.engine, connection)

    def seed(self) -> int:
        """The seed that it was made with, by this version of the site or by another; else the default one."""
        label = self._label_if_made() or self._label_of_another()
        return seeding.SEED if label is None else label.seed

    def is_current(self, seed: int | None = None) -> bool:
        """Whether the shelf is there and is what seeding it now would give, with `seed` if one is given."""
        label = self._label_if_made()
        return label is not None and label.fingerprint == fingerprint() and seed in (None, label.seed)

    def build(self, *, seed: int = seeding.SEED, progress: Callable[[int], None] | None = None) -> None:
        """Seed it, replacing what is there only when the new one is whole. `progress(rows)` as in seeding."""

        def fill(connection: BaseDatabaseWrapper) -> None:
            with as_default(connection):  # migrations and models ask for "default"
                _migrate(connection)
                write_content_types(connection)
                seeding.fill(connection, books=self.books, seed=seed, progress=progress)
            _write_label(connection, Label(fingerprint=fingerprint(), seed=seed))

        self.engine.build(self.books, fill)

    def _label_if_made(self) -> Label | None:
        if self.books not in self.engine.sizes():
            return None
        with self.engine.reader(self.books) as connection:
            return _read_label(self.engine, connection)

    def _label_of_another(self) -> Label | None:
        for edition in sorted(edition for edition, books in self.engine.shelves() if books == self.books):
            with self.engine.of(edition).reader(self.books) as connection:
                if label := _read_label(self.engine, connection):
                    return label
        return None

    def _check(self, engine: Engine, connection: BaseDatabaseWrapper) -> Label:
        label = _read_label(engine, connection)
        if label is not None and label.fingerprint == fingerprint():
            return label
        what = "was made by other models or another seeding" if label else "is not whole"
        raise ShelfStale(
            f"The shelf of {self.books:,} books on {engine.label} {what}."
            f" Make it anew: python manage.py seed_library --engine {self.engine_name} --books {self.books}"
        )


def _prepare(prepare: Prepare, engine: Engine) -> None:
    try:
        prepare()
    except (Exception, SystemExit) as error:
        if engine.lost(error):
            raise
        raise SetupFailed(f"The lesson’s setup fails: {type(error).__name__}: {error}") from error


def _migrate(connection: BaseDatabaseWrapper) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate([node for node in executor.loader.graph.leaf_nodes() if node[0] in MIGRATED])


def _read_label(engine: Engine, connection: BaseDatabaseWrapper) -> Label | None:
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT fingerprint, seed FROM {_LABEL_TABLE}")
            fingerprint, seed = cursor.fetchone()
    except (DatabaseError, TypeError) as error:  # not a shelf, or one without its label
        if engine.lost(error):
            raise
        return None
    return Label(fingerprint=fingerprint, seed=seed)


def _write_label(connection: BaseDatabaseWrapper, label: Label) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {_LABEL_TABLE} (fingerprint varchar(64), seed bigint)")
        cursor.execute(f"INSERT INTO {_LABEL_TABLE} VALUES (%s, %s)", [label.fingerprint, label.seed])
