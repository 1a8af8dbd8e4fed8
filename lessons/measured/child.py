"""A child process that measures a variant in a way that hooks the whole process; see lessons.measured.passes.

    python -m lessons.measured.child memory <lesson's folder> <variant> <engine> <books> [<keyword>=<number> …]
    python -m lessons.measured.child fields (the same)
    python -m lessons.measured.child spans <lesson's folder> all <engine> <books>

Prints a JSON value as its last line; or what is wrong, with exit status 3. It stops, and undoes what it has done,
when its standard input is a pipe and nobody has the other end any more.
"""

import json
import os
import sys
from dataclasses import asdict
from functools import partial
from pathlib import Path

import django

REFUSED = 3  # exit status: what is printed is a sentence for the reader
LEFT = 4  # exit status: nobody is there to read anything


def main(kind, folder, variant, engine, books, *keywords):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from lab.exceptions import LabError, Left
    from lab.leaving import calling, is_left_alone
    from lab.shelves import Shelf
    from lessons.course.contract import LessonError
    from lessons.course.reading import read_lesson
    from lessons.runs.shelved import ShelvedLesson

    try:
        shelf = Shelf(books=int(books), engine_name=engine)
        lesson = read_lesson(Path(folder), recorded=False)  # whoever asks has read it
        shelved = ShelvedLesson(lesson=lesson, shelf=shelf, keywords=_read(keywords))
        with calling(partial(is_left_alone, sys.stdin.fileno())):
            measured = _trace(shelved) if kind == "spans" else _measure(kind, shelved, variant)
        print(json.dumps(measured))
    except (LabError, LessonError) as error:
        print(" ".join(str(error).split()))
        return REFUSED
    except Left:
        return LEFT
    return 0


def _read(keywords):
    pairs = (each.split("=") for each in keywords)
    return tuple((name, int(value)) for name, value in pairs)


def _measure(kind, shelved, name):
    from lab.running.fields import measure_fields
    from lab.running.memory import measure_memory

    variant = shelved.lesson.variant(name)
    if kind == "memory":
        return asdict(shelved.run(measure_memory, variant))
    return [asdict(use) for use in shelved.run(measure_fields, variant)]


def _trace(shelved):
    from lessons.measured.tracing import trace_variants

    return {name: asdict(trace) for name, trace in trace_variants(shelved).items()}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
