"""Applies sabotages to scratch clones of the repository, one at a time, and finds the test that catches each."""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from tempfile import TemporaryDirectory
from time import monotonic

ROOT = Path(__file__).parent.parent
BUILT = Path("static/build")  # what git leaves out and the suite needs
_SECONDS, _LONG = 300, 3_600  # in which the tests named, or the whole fast suite, must have ended
_GRACE = 60  # seconds in which a run that is interrupted should have ended
_FAST = "not soak"  # what `make test` runs
_WHOLE = ["-n", "logical", "--dist", "loadgroup"]  # and how
_FAILED = 1  # pytest's exit code where tests ran and some failed; others but 0 say that they could not be run
_OURS = {"CI", "PYTEST_ADDOPTS"}  # on CI a test that is skipped fails, and that is no catch


class SabotageError(Exception):
    """Nothing can be told of a sabotage. The message says why."""


@dataclass(frozen=True, kw_only=True)
class Sabotage:
    """One place of the code, changed as by a slip."""

    name: str  # what is wrong then, in words
    path: str
    old: str
    new: str
    tests: str  # as pytest takes it: a module, or a test, that catches it in seconds

    def apply(self, text):
        """Return the text of the file with the slip in it. Raises SabotageError where it does not fit."""
        if (count := text.count(self.old)) != 1:
            raise SabotageError(
                f"it no longer fits: {self.path} has its old text {count} times, and must have it once."
                f" Mend “{self.name}” in tests/sabotage.py: {self.old.strip()[:80]}"
            )
        return text.replace(self.old, self.new)

    def is_meant(self, part):
        return part in self.name or part in self.path


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What became of a sabotage."""

    sabotage: Sabotage
    seconds: float
    caught_by: str | None = None  # the first test that failed
    fault: str | None = None  # why nothing can be told

    def __str__(self):
        name, took = self.sabotage.name, f"{self.seconds:.0f} s"
        if self.fault:
            return f"! {name}: {self.fault}"
        return f"✓ {name}: {self.caught_by}, {took}" if self.caught_by else f"✗ NOT CAUGHT in {took}: {name}"


def main(sabotages, arguments):
    """Attempt those that are asked for. Returns the exit code: 1 if any is not caught, or nothing can be told of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.sabotage")
    parser.add_argument(
        "parts", nargs="*", metavar="part", help="of a name or a path; without any, all are attempted"
    )
    parser.add_argument("--list", action="store_true", help="list them, and attempt none")
    parser.add_argument("--jobs", type=int, default=min(2, os.cpu_count() or 1), help="how many at a time")
    asked = parser.parse_args(arguments)
    chosen = [each for each in sabotages if not asked.parts or any(map(each.is_meant, asked.parts))]
    if not chosen:
        parser.error(
            f"no sabotage is called {' or '.join(asked.parts)}. To see them: python -m tests.sabotage --list"
        )
    if asked.list:
        print(*(f"{each.path}: {each.name}" for each in chosen), sep="\n")
        return 0
    for each in (signal.SIGINT, signal.SIGTERM):  # a shell that starts it in the background has the first ignored
        signal.signal(each, signal.default_int_handler)
    caught = 0
    for attempt in attempt_all(chosen, jobs=asked.jobs):
        print(attempt, flush=True)
        caught += attempt.caught_by is not None
    print(f"{caught} of {len(chosen)} are caught.")
    return int(caught < len(chosen))


def attempt_all(sabotages, *, jobs, root=ROOT):
    """Yield an Attempt for each, in their order. jobs: how many are tried at a time, each in a clone of its own"""
    with TemporaryDirectory(prefix="queryshelf-sabotage-") as folder, ThreadPoolExecutor(jobs) as pool:
        clones = [Clone(root, Path(folder) / str(number)) for number in range(jobs)]
        idle: SimpleQueue = SimpleQueue()
        for clone in clones:
            idle.put(clone)

        def attempt(sabotage):
            clone = idle.get()
            try:
                return clone.attempt(sabotage)
            finally:
                idle.put(clone)

        try:
            yield from pool.map(attempt, sabotages)
        finally:  # where it is interrupted
            for clone in clones:
                clone.end()


class Clone:
    """The committed state of the repository at `root`, in a `folder` of its own."""

    def __init__(self, root, folder):
        self.folder = folder
        self.log = folder.with_name(f"{folder.name}.log")
        self._under_way = None  # the process of its last run
        subprocess.run(["git", "clone", "--quiet", root, folder], check=True)
        if (root / BUILT).exists():
            shutil.copytree(root / BUILT, folder / BUILT)

    def attempt(self, sabotage):
        started, told = monotonic(), {}
        try:
            told["caught_by"] = self._first_failure(sabotage)
        except SabotageError as error:
            told["fault"] = str(error)
        return Attempt(sabotage=sabotage, seconds=monotonic() - started, **told)

    def end(self):
        """End its run, which then puts away its servers and its data."""
        if self._under_way is None or self._under_way.poll() is not None:
            return
        self._under_way.send_signal(signal.SIGINT)
        try:
            self._under_way.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._under_way.kill()

    def _first_failure(self, sabotage):
        """A test that fails with the sabotage and passes without it; None where the whole fast suite passes."""
        with self._applied(sabotage):
            named = ["--cache-clear", "-x", sabotage.tests]
            if not (self._fails(*named, seconds=_SECONDS) or self._fails(*_WHOLE, seconds=_LONG)):
                return None
            failed = self._last_failed()
        self._fails("--last-failed", seconds=_SECONDS)
        still = self._last_failed()
        if caught_by := next((test for test in failed if test not in still), None):
            return caught_by
        raise SabotageError(f"{failed[0]} fails without it, too.")

    @contextmanager
    def _applied(self, sabotage):
        path = self.folder / sabotage.path
        text = path.read_text(encoding="utf-8")
        path.write_text(sabotage.apply(text), encoding="utf-8")
        try:
            yield
        finally:
            path.write_text(text, encoding="utf-8")

    def _fails(self, *options, seconds):
        """Whether a test fails. Raises SabotageError where they could not be run, or do not end."""
        code = self._run([sys.executable, "-m", "pytest", "-q", "--tb=short", "-m", _FAST, *options], seconds)
        if code not in (0, _FAILED):
            said = self.log.read_text(encoding="utf-8", errors="replace").strip() or "it said nothing"
            raise SabotageError(f"pytest could not run its tests (exit code {code}): {said.splitlines()[-1]}")
        return code == _FAILED

    def _run(self, command, seconds):
        """Return the exit code. The bytecode of two texts of one size and second would be taken for the same."""
        kept = {name: value for name, value in os.environ.items() if name not in _OURS}
        with self.log.open("wb") as log:
            self._under_way = subprocess.Popen(
                command, cwd=self.folder, env={**kept, "PYTHONDONTWRITEBYTECODE": "1"}, stdout=log, stderr=log
            )
            try:
                return self._under_way.wait(seconds)
            except subprocess.TimeoutExpired:
                self.end()
                raise SabotageError(f"its tests had not ended after {seconds} s.") from None

    def _last_failed(self):
        """The tests that failed when they were last run."""
        cache = self.folder / ".pytest_cache/v/cache/lastfailed"
        return list(json.loads(cache.read_text(encoding="utf-8")))
