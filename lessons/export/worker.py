"""What a worker process does for an export, once lessons.export.processes has begun it."""

import json
import shutil
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.urls import set_script_prefix

from lab.engines import Engine, all_engines
from lab.exceptions import EngineUnavailable
from lessons.export.asking import Site
from lessons.export.context import Export
from lessons.export.crawling import Crawled, Crawler
from lessons.export.parts import Part
from lessons.export.rewriting import Rewriter
from lessons.export.scope import Scope
from lessons.runs import kept
from lessons.runs.recording import one_recording

_LEFT_OUT = ["admin", "django_extensions"]  # no page of the course has them


@dataclass(frozen=True, kw_only=True)
class Job:
    """What is exported, as a worker is told."""

    folder: Path
    scope: Scope
    export: Export

    @property
    def static_root(self) -> Path:
        return self.folder / "static"


def _offer(engine: Engine, books: frozenset[int]) -> None:
    """Let pages know no shelf that the export has not: switches name them all, and curves run on all.

    They are looked up once, where each page would ask each engine. Raises EngineUnavailable.
    """
    offered = [size for size in engine.sizes() if size in books]
    engine.sizes = lambda: [*offered]  # type: ignore[method-assign]


_crawler: Crawler


def take_up(job: Job) -> None:
    global _crawler
    set_script_prefix(job.scope.prefix)
    for engine in all_engines():  # what pages say of engines is what is known of them
        with suppress(EngineUnavailable):
            engine.version()
            _offer(engine, job.scope.books)
    kept.most = len(job.scope.engines) * len(job.scope.books)  # all of a lesson's
    rewriter = Rewriter(
        part=lru_cache(maxsize=None)(job.scope.part),
        prefix=job.scope.prefix,
        static=settings.STATIC_URL,
        elsewhere=job.export.elsewhere,
    )
    _crawler = Crawler(Site(job.scope.prefix, job.export), rewriter, job.folder)


def collect() -> None:
    """Put the static files into the export, by their hashed names."""
    call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=_LEFT_OUT)


def prune(root: Path) -> None:
    """Leave the hashed static files alone: no page names others."""
    hashed = set(json.loads((root / "staticfiles.json").read_text())["paths"].values())
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.relative_to(root).as_posix() not in hashed:
            path.unlink()
    for folder in sorted((path for path in root.rglob("*") if path.is_dir()), reverse=True):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)


def crawl(parts: tuple[Part, ...], done: frozenset[Part]) -> Crawled:
    with one_recording():
        return _crawler.crawl(parts, done)


def first_parts(addresses: tuple[str, ...]) -> tuple[Part, ...]:
    """Where the crawl begins."""
    return _crawler.parts(addresses)
