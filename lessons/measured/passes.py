"""Measurements that hook a whole process, each made in a child process of its own."""

import json
import os
import subprocess
import sys
from contextlib import suppress
from time import monotonic

from django.conf import settings

from lab import leaving
from lab.apart.client import apart
from lab.exceptions import LabError
from lab.running.fields import FieldUse
from lab.running.memory import Memory
from lab.running.slot import slot
from lessons.measured.child import REFUSED
from lessons.measured.spans import read_trace

_SECONDS = 60  # a traced run takes a multiple of a bare one, which is bounded
_LONG = _SECONDS + 10  # in which the child has been ended, too
_GRACE = 1  # second in which a child that nobody waits for undoes what it has done
_UNWATCHED = {"DEBUG_TOOLBAR": "0", "QUERYSHELF_SILK": "0", "METRICS": "0"}


class PassFailed(LabError):
    """A child process could not measure."""


def measure_passes(shelved, variant):
    """Return {"memory": a Memory, "fields": FieldUses}, as far as the lesson saves such. Raises LabError."""
    return {kind: _PASSES[kind](shelved, variant) for kind in shelved.lesson.saves if kind in _PASSES}


@apart(_LONG)
def memory_of(shelved, variant):
    """Return the Memory of one run. Raises LabError."""
    return Memory(**_ask("memory", shelved, variant.name))


@apart(_LONG)
def fields_of(shelved, variant):
    """Return a FieldUse for each field that one run fetches into instances. Raises LabError."""
    return tuple(FieldUse(**use) for use in _ask("fields", shelved, variant.name))


@apart(_LONG)
def spans_of(shelved):
    """Return {variant name: the Trace of one request}, for each variant that can run. Raises LabError."""
    return {name: read_trace(plain) for name, plain in _ask("spans", shelved, "all").items()}


_PASSES = {"memory": memory_of, "fields": fields_of}


def unread(uses):
    """Cells (one field of one row) that were fetched and never read."""
    return sum(use.unread for use in uses)


def _ask(kind, shelved, variant):
    shelf = shelved.shelf
    keywords = [f"{name}={value}" for name, value in shelved.keywords]
    asked = [kind, str(shelved.lesson.folder), variant, shelf.engine_name, str(shelf.books), *keywords]
    command = [sys.executable, "-m", "lessons.measured.child", *asked]
    try:
        with slot():
            status, printed, errors = _run(command)
    except subprocess.TimeoutExpired:
        raise PassFailed(
            f"Measuring the {kind} took longer than {_SECONDS} seconds. Take a smaller shelf."
        ) from None
    *_, said = printed.splitlines() or [""]  # what comes before it, the lesson itself has printed
    if status == REFUSED:
        raise PassFailed(said)
    if status:
        last = (errors.strip() or "it said nothing").splitlines()[-1]
        raise PassFailed(f"Measuring the {kind} failed in its child process: {last}")
    return json.loads(said)


def _run(command):
    """Return (status, output, errors) of a child process. Raises TimeoutExpired or Left, once it has ended."""
    theirs, ours = os.pipe()
    with (
        os.fdopen(theirs, "rb") as stdin,
        os.fdopen(ours, "wb") as held,
        subprocess.Popen(
            command,
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=settings.BASE_DIR,
            env={**os.environ, **_UNWATCHED},
        ) as child,
    ):
        try:
            return _wait(child)
        except BaseException:
            held.close()  # which tells it to stop
            with suppress(subprocess.TimeoutExpired):
                child.wait(_GRACE)
            child.kill()
            raise


def _wait(child):
    deadline = monotonic() + _SECONDS
    while True:
        leaving.check()
        try:
            printed, errors = child.communicate(timeout=leaving.LOOK)
            return child.returncode, printed, errors
        except subprocess.TimeoutExpired:
            if monotonic() >= deadline:
                raise
