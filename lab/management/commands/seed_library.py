import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from time import sleep
from typing import Any

from django.conf import settings
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

from lab.engines import NAMES, Engine, all_engines
from lab.engines.scratch import take_lock
from lab.exceptions import EngineUnavailable
from lab.management.interrupts import interrupts
from lab.shelves import DEFAULT_SIZES, Shelf
from library import seeding
from library.models import Author

DEFAULT_DATABASE_BOOKS = 1_000
_ALL = "all"
_LOOK = 0.2  # seconds between two looks whether another process is done
_AS_BEFORE = "Shelves made before are as they were"


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
            "--engine",
            action="append",
            choices=[*NAMES, _ALL],
            help=f"may be repeated; {_ALL} that can be reached, if not given",
        )
        parser.add_argument(
            "--forget-others",
            action="store_true",
            help="remove the shelves of other versions of the site, once none of those serves",
        )
        parser.add_argument(
            "--flush", action="store_true", help="first remove every shelf and empty the default bookstore"
        )

    def handle(self, *, books: list[int] | None, engine: list[str] | None, verbosity: int, **options: Any) -> None:
        for size in books or []:
            if size < 1:
                raise CommandError(f"--books must be at least 1, not {size}.")
        self.verbosity = verbosity
        try:
            with interrupts() as self.interrupts, self.alone():
                self.fill(engine or [_ALL], books, options["seed"], options["flush"], options["forget_others"])
        except KeyboardInterrupt:
            said = f"Stopped. {_AS_BEFORE}; run this again to make the others."
            raise CommandError(said, returncode=130) from None
        except (DatabaseError, OSError, EngineUnavailable) as error:
            raise CommandError(_explain(error)) from error

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Wait until no other process fills these databases, and let none begin."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        waits = False
        while True:
            try:
                lock = take_lock(settings.DATA_DIR / "seeding.lock")
            except sqlite3.OperationalError as error:
                if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    raise OSError(f"{settings.DATA_DIR} cannot be written to: {error}") from error
            else:
                break
            if not waits:
                self.say("Another seed_library is at work here. This one waits for its end; Ctrl-C stops waiting.")
                waits = True
            sleep(_LOOK)
        with closing(lock):
            yield

    def fill(
        self, engines: list[str], books: list[int] | None, seed: int | None, flush: bool, forget_others: bool
    ) -> None:
        self.fill_default(seed, flush)
        for each in all_engines():
            if each.name not in engines and not (_ALL in engines and self.is_reached(each)):
                continue
            wait = f"{each.label}: another machine makes shelves there. This one waits for its end."
            with each.alone(partial(self.say, wait)):
                self.make_shelves(each, books, seed, flush)
                self.see_to_others(each, forget_others)

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

    def is_reached(self, engine: Engine) -> bool:
        try:
            engine.version()
        except EngineUnavailable as error:
            self.say(f"{engine.label}: off. {error}")
            return False
        return True

    def make_shelves(self, engine: Engine, books: list[int] | None, seed: int | None, flush: bool) -> None:
        if flush:
            for edition, size in engine.shelves():
                engine.of(edition).drop(size)
        # What there is of another version of the site is made for this one too.
        existing = [] if books else [size for _, size in engine.shelves()]
        for size in sorted({*(books or DEFAULT_SIZES), *existing}):
            shelf = Shelf(books=size, engine_name=engine.name)
            name = f"{engine.label}, {size:,} books"
            damaged = size in engine.sizes() and engine.is_damaged(size)
            if not damaged and shelf.is_current(seed):
                self.say(f"{name}: up to date")
                continue
            kept = seeding.SEED if damaged else shelf.seed()
            self.interrupts.check()
            with self.progress(name, size) as advance:
                shelf.build(seed=kept if seed is None else seed, progress=advance)

    def see_to_others(self, engine: Engine, forget: bool) -> None:
        others = {(edition, size) for edition, size in engine.shelves() if edition != engine.edition}
        for edition, size in others if forget else ():
            engine.of(edition).drop(size)
        if others and not forget:
            self.say(
                f"{engine.label}: shelves of another version of the site are kept, since it may still serve."
                " Once it does not: python manage.py seed_library --forget-others"
            )

    def say(self, text: str) -> None:
        if self.verbosity:
            self.stdout.write(text)

    @contextmanager
    def progress(self, name: str, books: int) -> Iterator[Callable[[int], None]]:
        told = TextColumn("{task.description}")
        columns = (told, BarColumn(), MofNCompleteColumn(), _Rate(), TimeRemainingColumn())
        with Progress(*columns, console=Console(), disable=not self.verbosity) as progress:
            task = progress.add_task(name, total=seeding.total_rows(books))

            def advance(rows: int) -> None:
                self.interrupts.check()
                progress.advance(task, rows)

            yield advance


class _Rate(ProgressColumn):
    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text(f"{speed:,.0f} rows/s" if speed else "")


def _explain(error: BaseException) -> str:
    if "full" in str(error) or getattr(error, "errno", None) == 28:  # ENOSPC
        return (
            f"The disk is full ({error}). Free some space, or set DATA_DIR to a folder on another disk, and run"
            f" this again. {_AS_BEFORE}."
        )
    return f"{error}. {_AS_BEFORE}; mend this and run the command again."
