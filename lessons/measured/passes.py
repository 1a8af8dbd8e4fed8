"""Measurements that hook a whole process, each made in a child process of its own."""

import json
import os
import subprocess
import sys

from django.conf import settings

from lab.exceptions import LabError
from lab.running.fields import FieldUse
from lab.running.memory import Memory
from lab.running.slot import slot
from lessons.measured.child import REFUSED
from lessons.measured.spans import read_trace

_SECONDS = 60  # a traced run takes a multiple of a bare one, which is bounded
_UNWATCHED = {"DEBUG_TOOLBAR": "0", "QUERYSHELF_SILK": "0"}


class PassFailed(LabError):
    """A child process could not measure."""


def measure_passes(shelved, variant):
    """Return {"memory": a Memory, "fields": FieldUses}, as far as the lesson saves such. Raises LabError."""
    return {kind: _PASSES[kind](shelved, variant) for kind in shelved.lesson.saves if kind in _PASSES}


def memory_of(shelved, variant):
    """Return the Memory of one run. Raises LabError."""
    return Memory(**_ask("memory", shelved, variant.name))


def fields_of(shelved, variant):
    """Return a FieldUse for each field that one run fetches into instances. Raises LabError."""
    return tuple(FieldUse(**use) for use in _ask("fields", shelved, variant.name))


def spans_of(shelved):
    """Return {variant name: the Trace of one request}, for each variant that can run. Raises LabError."""
    return {name: read_trace(plain) for name, plain in _ask("spans", shelved, "all").items()}


_PASSES = {"memory": memory_of, "fields": fields_of}


def unread(uses):
    """Cells (one field of one row) that were fetched and never read."""
    return sum(use.unread for use in uses)


def _ask(kind, shelved, variant):
    shelf = shelved.shelf
    asked = [kind, str(shelved.lesson.folder), variant, shelf.engine_name, str(shelf.books)]
    command = [sys.executable, "-m", "lessons.measured.child", *asked]
    try:
        with slot():
            answer = subprocess.run(
                command,
                capture_output=True,
                text=True,
                timeout=_SECONDS,
                cwd=settings.BASE_DIR,
                env={**os.environ, **_UNWATCHED},
                check=False,
            )
    except subprocess.TimeoutExpired:
        raise PassFailed(
            f"Measuring the {kind} took longer than {_SECONDS} seconds. Take a smaller shelf."
        ) from None
    *_, said = answer.stdout.splitlines() or [""]  # what comes before it, the lesson itself has printed
    if answer.returncode == REFUSED:
        raise PassFailed(said)
    if answer.returncode:
        last = (answer.stderr.strip() or "it said nothing").splitlines()[-1]
        raise PassFailed(f"Measuring the {kind} failed in its child process: {last}")
    return json.loads(said)
