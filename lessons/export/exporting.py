"""The whole export: its folder, its workers, and what comes of it."""

import json
import multiprocessing
import os
import pickle
import platform
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django
from django.contrib.staticfiles import finders

from lab.engines import get_engine
from lessons.course.catalog import get_catalog
from lessons.course.contract import Kind
from lessons.export.crawling import Crawled
from lessons.export.parts import Part
from lessons.export.processes import begin, environment
from lessons.export.worker import Job, collect, crawl, first_parts, prune

STAMP = "queryshelf-export.json"  # by which a folder is known as an earlier export
_BEGINS = ("", "run-it-yourself/", "404.html", "offline/")  # no link leads to the last ones
Tell = Callable[[str], Any]


class ExportError(Exception):
    """Why there is no export, and what to do."""


@dataclass(frozen=True, kw_only=True)
class Exported:
    pages: int
    bytes: int


def export(job: Job, out: Path, *, processes: int, tell: Tell) -> Exported:
    """Write the export to `out`, once it is whole. job.folder: where it is made. Raises ExportError."""
    shutil.rmtree(job.folder, ignore_errors=True)
    job.folder.mkdir(parents=True)
    try:
        written = _crawl(job, processes, tell)
        prune(job.static_root)
        (job.folder / STAMP).write_text(f"{json.dumps(_stamp(job), indent=2)}\n")
        _put(job.folder, out)
    finally:
        shutil.rmtree(job.folder, ignore_errors=True)
    files = [path for path in out.rglob("*") if path.is_file()]
    return Exported(pages=len(written), bytes=sum(path.stat().st_size for path in files))


def check_out(out: Path) -> None:
    """Raise ExportError where the export would take the place of something else."""
    if out.exists() and not out.is_dir():
        raise ExportError(f"{out} is a file. Name a folder that is new, empty, or an earlier export.")
    if out.is_dir() and any(out.iterdir()) and not (out / STAMP).exists():
        raise ExportError(
            f"{out} is not empty, and is no earlier export: it has no {STAMP}. Name another folder, or empty it."
        )


def _put(made: Path, out: Path) -> None:
    """An earlier export stays until the new one is there."""
    earlier = out.with_name(f"{out.name}.earlier")
    if out.exists():
        out.rename(earlier)
    made.rename(out)
    shutil.rmtree(earlier, ignore_errors=True)


def _crawl(job: Job, processes: int, tell: Tell) -> set[Part]:
    # Not forked: a worker has settings of its own.
    told = (environment(str(job.static_root)), pickle.dumps(job))
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), begin, told) as pool:
        try:
            pool.submit(collect).result()
            worker = ("service_worker.js",) if finders.find("build/service_worker.js") else ()
            begins = tuple(f"{job.scope.prefix}{address}" for address in (*_BEGINS, *worker))
            return _Crawl(pool, tell).run(pool.submit(first_parts, begins).result())
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


class _Crawl:
    """Each lesson is one process's, which measures for all of its pages once; so is each page about the course."""

    def __init__(self, pool: ProcessPoolExecutor, tell: Tell) -> None:
        self._pool, self._tell = pool, tell
        self._written: set[Part] = set()
        self._under_way: dict[Future[Crawled], str] = {}
        self._wanted: dict[str, set[Part]] = defaultdict(set)  # by the lesson

    def run(self, parts: Iterable[Part]) -> set[Part]:
        self._want(parts)
        while self._under_way:
            ended, _ = wait(self._under_way, return_when=FIRST_COMPLETED)
            for future in ended:
                self._take(future)
        return self._written

    def _want(self, parts: Iterable[Part]) -> None:
        for part in parts:
            if part not in self._written:
                self._wanted[part.lesson].add(part)
        busy = {*self._under_way.values()} - {""}
        for lesson in sorted(self._wanted.keys() - busy, key=_by_length):
            wanted = self._wanted.pop(lesson) - self._written
            groups = [wanted] if lesson else [{part} for part in sorted(wanted)]
            for group in filter(None, groups):
                done = (
                    frozenset(part for part in self._written if part.lesson == lesson) if lesson else frozenset()
                )
                self._under_way[self._pool.submit(crawl, tuple(sorted(group)), done)] = lesson
            if not lesson:
                self._written |= wanted  # they are asked for: nobody else shall

    def _take(self, future: "Future[Crawled]") -> None:
        lesson, crawled = self._under_way.pop(future), future.result()
        if crawled.failed:
            address, said = crawled.failed[0]
            raise ExportError(
                f"The page {address} cannot be had, and so there is no export. The site says: {said}"
            )
        self._written |= crawled.written
        if lesson:
            self._tell(f"{lesson}: {len(crawled.written)} pages")
        self._want(crawled.named)


def _by_length(lesson: str) -> tuple[int, int, str]:
    """What takes long comes first, and no process is left alone with it: waits of races, setups, many queries."""
    if not lesson:
        return 3, 0, lesson
    told = get_catalog().lesson(lesson)
    counts = (
        count for variant in told.variants for depends in variant.counts.values() for _, count in depends.cases
    )
    rank = 0 if told.kind is Kind.RACES else 1 if (told.folder / "setup.py").exists() else 2
    return rank, -sum(counts), lesson


def _stamp(job: Job) -> dict[str, Any]:
    return {
        "made_at": job.export.made_at.isoformat(timespec="seconds"),
        "django": django.get_version(),
        "python": platform.python_version(),
        "engines": {name: get_engine(name).version() for name in sorted(job.scope.engines)},
        "books": sorted(job.scope.books),
        "lessons": len(job.scope.lessons),
        "path": job.scope.prefix,
    }


def workers() -> int:
    """More than there are processors: races wait much of their time."""
    return (os.cpu_count() or 2) + 3
