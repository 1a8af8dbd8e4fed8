from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.core.management import CommandError, CommandParser, call_command
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connections
from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    Task,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from lab.engines import NAMES, Engine, all_engines, get_engine
from lab.exceptions import EngineUnavailable
from lab.shelves import DEFAULT_SIZES, Shelf
from library import seeding
from library.models import Author

DEFAULT_DATABASE_BOOKS = 1_000


class Command(BaseCommand):
    help = "Make the shelves that lessons run on, and fill the default database with a bookstore."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--books",
            type=int,
            action="append",
            metavar="N",
            help="make a shelf of N books (may be repeated); without it, what is missing of "
            + ", ".join(f"{size:,}" for size in DEFAULT_SIZES),
        )
        parser.add_argument(
            "--seed", type=int, help=f"of the random numbers; {seeding.SEED} for new shelves if not given"
        )
        parser.add_argument(
            "--engine", default="all", choices=[*NAMES, "all"], help="all that can be reached, if not given"
        )
        parser.add_argument(
            "--flush", action="store_true", help="first remove every shelf and empty the default bookstore"
        )

    def handle(
        self,
        *,
        books: list[int] | None,
        seed: int | None,
        engine: str,
        flush: bool,
        verbosity: int,
        **options: Any,
    ) -> None:
        for size in books or []:
            if size < 1:
                raise CommandError(f"--books must be at least 1, not {size}.")
        self.verbosity = verbosity
        try:
            self.fill_default(seed, flush)
            if engine == "all":
                for each in all_engines():
                    self.make_shelves_if_reached(each, books, seed, flush)
            else:
                self.make_shelves(get_engine(engine), books, seed, flush)
        except (DatabaseError, OSError, EngineUnavailable) as error:
            raise CommandError(_explain(error)) from error

    def fill_default(self, seed: int | None, flush: bool) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        connection = connections["default"]
        if flush:
            seeding.clear(connection)
        if Author.objects.exists():
            self.say("default database: has a bookstore already")
            return
        with self.progress("default database", DEFAULT_DATABASE_BOOKS) as advance:
            seeding.fill(
                connection,
                books=DEFAULT_DATABASE_BOOKS,
                seed=seeding.SEED if seed is None else seed,
                progress=advance,
            )

    def make_shelves_if_reached(
        self, engine: Engine, books: list[int] | None, seed: int | None, flush: bool
    ) -> None:
        try:
            engine.version()
        except EngineUnavailable as error:
            self.say(f"{engine.label}: off. {error}")
        else:
            self.make_shelves(engine, books, seed, flush)

    def make_shelves(self, engine: Engine, books: list[int] | None, seed: int | None, flush: bool) -> None:
        if flush:
            for size in engine.sizes():
                engine.drop(size)
        existing = [] if books else engine.sizes()  # an upgrade makes shelves stale that nobody names
        for size in sorted({*(books or DEFAULT_SIZES), *existing}):
            shelf = Shelf(books=size, engine_name=engine.name)
            name = f"{engine.label}, {size:,} books"
            if shelf.is_current(seed):
                self.say(f"{name}: up to date")
                continue
            with self.progress(name, size) as advance:
                shelf.build(seed=shelf.seed() if seed is None else seed, progress=advance)

    def say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)

    @contextmanager
    def progress(self, name: str, books: int) -> Iterator[Callable[[int], None]]:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
        )
        with Progress(*columns, console=Console(), disable=not self.verbosity) as progress:
            task = progress.add_task(name, total=seeding.total_rows(books))
            yield lambda rows: progress.advance(task, rows)


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")


def _explain(error: BaseException) -> str:
    if "full" in str(error) or getattr(error, "errno", None) == 28:  # ENOSPC
        return (
            f"The disk is full ({error}). Free some space, or set DATA_DIR to a folder on another disk, and run"
            " this again. Shelves made before are as they were."
        )
    return f"{error}. Shelves made before are as they were; mend this and run the command again."
