import re
import time
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.template.defaultfilters import filesizeformat
from django.utils import timezone

from lab.engines import NAMES, all_engines, get_engine
from lab.exceptions import EngineUnavailable
from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES
from lessons.export.context import Export
from lessons.export.exporting import ExportError, check_out, export, workers
from lessons.export.scope import Scope
from lessons.export.worker import Job
from lessons.pages.addresses import DEFAULT_BOOKS

_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*/?")


class Command(BaseCommand):
    requires_system_checks: list[str] = []
    help = "Write the course as static files: its pages with recorded runs, search, and challenges in the browser."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("out", type=Path, metavar="OUT", help="a folder: new, empty, or an earlier export")
        parser.add_argument(
            "--base-url",
            required=True,
            metavar="URL",
            help="where it will lie: https://host/ or https://host/folder/",
        )
        parser.add_argument(
            "--source", default="", metavar="URL", help="where readers get the code, to run it live"
        )
        parser.add_argument(
            "--books",
            type=int,
            nargs="+",
            default=SIZES,
            metavar="N",
            help=f"shelves, beside the usual {DEFAULT_BOOKS}",
        )
        parser.add_argument(
            "--engines", nargs="+", metavar="ENGINE", help=f"{', '.join(NAMES)}; else those at hand"
        )
        parser.add_argument(
            "--lessons", nargs="+", metavar="track/slug", help="some of the course; else all of it"
        )
        parser.add_argument(
            "--processes", type=int, default=workers(), metavar="N", help="three more than there are processors"
        )

    def handle(self, *, out: Path, base_url: str, source: str, processes: int, **options: Any) -> None:
        began, out = time.monotonic(), out.resolve()
        shelves = _shelves()
        engines = _engines(options["engines"], shelves)
        books = frozenset({*_books(options["books"], engines, shelves), DEFAULT_BOOKS})
        scope = Scope(
            prefix=_prefix(base_url),
            lessons=_lessons(options["lessons"]),
            engines=frozenset(engines),
            books=books,
            shelves={name: sizes & books for name, sizes in shelves.items()},
        )
        if processes < 1:
            raise CommandError(f"--processes is {processes}. Give 1 or more.")
        made_at = timezone.now().replace(second=0, microsecond=0)
        job = Job(
            folder=out.with_name(f"{out.name}.part"),
            scope=scope,
            export=Export(made_at=made_at, source=_source(source)),
        )
        try:
            check_out(out)
            exported = export(job, out, processes=processes, tell=self._teller(options["verbosity"]))
        except ExportError as error:
            raise CommandError(str(error)) from error
        took, size = round(time.monotonic() - began), filesizeformat(exported.bytes)
        self.stdout.write(f"{exported.pages:,} pages, {size.replace(chr(160), ' ')}, in {took} s: {out}")

    def _teller(self, verbosity: int) -> Any:
        return self.stdout.write if verbosity > 1 else (lambda line: None)


def _prefix(base_url: str) -> str:
    url = urlsplit(base_url)
    if url.scheme not in ("http", "https") or not url.netloc or url.query or url.fragment:
        raise CommandError(f"--base-url is {base_url}. Give the address of the export: https://host/folder/")
    if not _PATH.fullmatch(url.path):
        raise CommandError(
            f"--base-url has the path {url.path}. Name its folders with letters, digits and - . _ ~"
        )
    return f"{url.path.rstrip('/')}/"


def _source(text: str) -> str:
    if text and urlsplit(text).scheme not in ("http", "https"):
        raise CommandError(f"--source is {text}. Give an address that begins with https://, or leave it out.")
    return text


def _lessons(paths: list[str] | None) -> frozenset[str]:
    catalog = get_catalog()
    if catalog.faults:
        raise CommandError(f"The course is broken, and so there is no export. {catalog.faults[0]}")
    known = {lesson.path for lesson in catalog.lessons}
    if strangers := sorted({*(paths or ())} - known):
        raise CommandError(f"There is no lesson {strangers[0]}. Name lessons as their addresses do: track/slug")
    return frozenset(paths or known)


def _shelves() -> dict[str, frozenset[int]]:
    """The sizes of the shelves of each engine that is at hand and has any."""
    found = {}
    for engine in all_engines():
        with suppress(EngineUnavailable):
            engine.version()
            found[engine.name] = frozenset(engine.sizes())
    return {name: sizes for name, sizes in found.items() if sizes}


def _engines(names: list[str] | None, shelves: dict[str, frozenset[int]]) -> list[str]:
    for name in names or ():
        if name not in NAMES:
            raise CommandError(f"There is no engine {name}. There are: {', '.join(NAMES)}.")
        if name not in shelves:
            off = get_engine(name).off() or f"Make its shelves: python manage.py seed_library --engine {name}"
            raise CommandError(f"{get_engine(name).label} is not at hand. {off}")
    if not shelves:
        raise CommandError("No engine has shelves. Make them: python manage.py seed_library")
    return names or [*shelves]


def _books(sizes: list[int], engines: list[str], shelves: dict[str, frozenset[int]]) -> list[int]:
    for name in engines:
        for books in (*sizes, DEFAULT_BOOKS):
            if books not in shelves[name]:
                command = f"python manage.py seed_library --engine {name} --books {books}"
                raise CommandError(f"{get_engine(name).label} has no shelf of {books} books. Make it: {command}")
    return sizes
