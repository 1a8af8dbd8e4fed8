"""A child process that measures a variant in a way that hooks the whole process; see lessons.measured.passes.

    python -m lessons.measured.child memory <lesson's folder> <variant> <engine> <books>   (or fields)
    python -m lessons.measured.child spans <lesson's folder> all <engine> <books>

Prints a JSON value as its last line; or what is wrong, with exit status 3.
"""

import json
import os
import sys
from dataclasses import asdict
from pathlib import Path

import django

REFUSED = 3  # exit status: what is printed is a sentence for the reader


def main(kind, folder, variant, engine, books):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    from lab.exceptions import LabError
    from lab.shelves import Shelf
    from lessons.course.contract import LessonError
    from lessons.course.reading import read_lesson

    try:
        lesson = read_lesson(Path(folder))
        shelf = Shelf(books=int(books), engine_name=engine)
        if kind == "spans":
            print(json.dumps(_trace(lesson, shelf)))
        else:
            print(json.dumps(_measure(kind, lesson, lesson.variant(variant), shelf)))
    except (LabError, LessonError) as error:
        print(" ".join(str(error).split()))
        return REFUSED
    return 0


def _measure(kind, lesson, variant, shelf):
    from lab.running.fields import measure_fields
    from lab.running.memory import measure_memory
    from lessons.runs.running import run_variant

    if kind == "memory":
        return asdict(run_variant(measure_memory, lesson, variant, shelf))
    return [asdict(use) for use in run_variant(measure_fields, lesson, variant, shelf)]


def _trace(lesson, shelf):
    from lessons.measured.tracing import trace_variants

    return {name: asdict(trace) for name, trace in trace_variants(lesson, shelf).items()}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
