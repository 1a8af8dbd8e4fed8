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
    from lessons.runs.shelved import ShelvedLesson

    try:
        shelf = Shelf(books=int(books), engine_name=engine)
        shelved = ShelvedLesson(lesson=read_lesson(Path(folder)), shelf=shelf)
        if kind == "spans":
            print(json.dumps(_trace(shelved)))
        else:
            print(json.dumps(_measure(kind, shelved, shelved.lesson.variant(variant))))
    except (LabError, LessonError) as error:
        print(" ".join(str(error).split()))
        return REFUSED
    return 0


def _measure(kind, shelved, variant):
    from lab.running.fields import measure_fields
    from lab.running.memory import measure_memory

    if kind == "memory":
        return asdict(shelved.run(measure_memory, variant))
    return [asdict(use) for use in shelved.run(measure_fields, variant)]


def _trace(shelved):
    from lessons.measured.tracing import trace_variants

    return {name: asdict(trace) for name, trace in trace_variants(shelved).items()}


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
