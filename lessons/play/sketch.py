"""What a reader has written, and how it runs: on a copy of a shelf, with models of its own if it has some."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from functools import partial
from io import StringIO
from pathlib import Path
from shutil import rmtree
from typing import Any

from django.apps import apps
from django.db.models import Model

from lab.engines.base import Copy
from lab.exceptions import LabError, LoadError
from lab.recording.places import StackPlaces
from lab.recording.report import Report
from lab.running import runner
from lab.running.closed import closed
from lab.running.differing import with_rows
from lab.shelves import WRITE, Shelf
from lessons.play.files import Files
from lessons.play.own import define, forgetting, prepare
from lessons.play.script import load_script
from lessons.play.shown import Shown, see
from lessons.play.tables import Database, after, look
from lessons.runs.loaders import templates_of
from lessons.runs.row_diff import KEPT

_SMALLEST = 10  # books of the shelf that is emptied where none are wanted
_MOST = 20_000  # characters of what a run prints


@dataclass(frozen=True, kw_only=True)
class Sketch:
    """
    folder: where its files are written; files: texts by name, such as run.py, models.py, templates/list.html
    books: of the bookstore that it runs on; 0 for its empty tables
    """

    folder: Path
    files: dict[str, str]
    books: int

    def unloaded(self) -> "Loaded":
        """What is known of it where its models cannot be loaded."""
        return Loaded(sketch=self, files=Files(self.folder, self.files), own=())

    @contextmanager
    def loaded(self) -> Iterator["Loaded"]:
        """Have its models among the site's until the block ends. Raises LoadError."""
        self._write()
        files = Files(self.folder, self.files)
        with closed():
            own = define(files)
            with templates_of(self, files.opened):
                yield Loaded(sketch=self, files=files, own=own)

    def _write(self) -> None:
        """Templates of an earlier sketch would be found."""
        rmtree(self.folder, ignore_errors=True)
        for name, text in self.files.items():
            path = self.folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")


@dataclass(frozen=True, kw_only=True)
class Played:
    """One of the sketch's files, run."""

    report: Report
    shown: Shown  # what it returned
    printed: str


@dataclass(frozen=True, kw_only=True)
class Loaded:
    sketch: Sketch
    files: Files
    own: tuple[type[Model], ...]  # models

    def run_of(self, name: str) -> Callable[[], Any]:
        """What runs of a file: its run(), or all of it, as it stands. Raises LoadError."""
        path = str(self.sketch.folder / name)
        return load_script(self.files.text(name), path, see=see, modules=self.files, name=self.files.module_name)

    def play(self, name: str, template: Copy | None = None) -> Played:
        """template: what template() gives, for several files on the same data. Raises LabError."""
        shown, printed = Shown(), Printed()
        with redirect_stdout(printed), forgetting():
            report = runner.record(shown.taking(self.run_of(name)), keep=KEPT, template=template, **self._where)
        return Played(report=report, shown=shown, printed=printed.getvalue())

    @contextmanager
    def template(self) -> Iterator[Copy]:
        """The data that it begins with. Raises SetupFailed."""
        with self.shelf.copy(prepare=self._prepare) as template:
            yield template

    def again(self, how: Callable[..., Any], name: str, **options: Any) -> Any:
        """What `how(run, shelf=…, access=…, prepare=…, **options)` makes of a file, such as explain()."""
        return self._run(how, name, **self._where, prepare=self._prepare, **options)

    def _run(self, how: Callable[..., Any], name: str, **options: Any) -> Any:
        with redirect_stdout(Printed()), forgetting():
            return how(Shown().taking(self.run_of(name)), **options)

    def look(self, name: str | None = None) -> Database:
        """What is there after a run of the file; before any, where none is named. Raises LabError."""
        if name is None:
            with self.shelf.open(WRITE, prepare=self._prepare):
                return look()
        try:
            return self._run(with_rows, name, take=after, shelf=self.shelf, access=WRITE, prepare=self._prepare)
        except LabError:
            raise
        except (Exception, SystemExit) as error:
            raise LoadError(f"{name} does not come to its end: {type(error).__name__}: {error}") from error

    @property
    def models(self) -> list[type[Model]]:
        """All, for what reads statements."""
        return apps.get_models(include_auto_created=True)

    @property
    def shelf(self) -> Shelf:
        return Shelf(books=self.sketch.books or _SMALLEST)

    @property
    def _prepare(self) -> Callable[[], None]:
        return partial(prepare, self.files, self.own, is_empty=not self.sketch.books)

    @property
    def _where(self) -> dict[str, Any]:
        return {"shelf": self.shelf, "access": WRITE, "places": StackPlaces(self.sketch.folder)}


class Printed(StringIO):
    """Keeps the beginning of what is printed."""

    def write(self, text: str) -> int:
        super().write(text[: max(0, _MOST - self.tell())])
        return len(text)
