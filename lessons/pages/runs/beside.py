"""The statement that an address puts beside another one."""

import re
from dataclasses import replace

from lab.engines import NAMES
from lessons.pages.asked import nearest_engine
from lessons.pages.errors.faults import WrongValue, nearest_name, shown, whole_number

_BESIDE = re.compile(rf"(?P<variant>\w+)\.(?P<n>[0-9]{{1,9}})(?:\.(?P<engine>{'|'.join(NAMES)}))?")


def beside_from(request, lesson):
    """Return what the address asks to put beside, "" for nothing. Raises WrongValue."""
    beside, names = request.GET.get("beside", ""), [variant.name for variant in lesson.variants]
    found = _BESIDE.fullmatch(beside)
    if beside and not (found and found["variant"] in names):
        raise WrongValue(
            f"“{shown(beside)}” is no statement to put beside. Write a variant ({', '.join(names)}), a dot and the"
            f" statement’s number: {names[-1]}.1",
            beside=_nearest_beside(beside, names),
        )
    return beside


def _nearest_beside(beside, names):
    variant, n, engine = [*beside.split("."), "", "", ""][:3]
    parts = [nearest_name(variant, names), str(whole_number(n) or 1)]
    return ".".join([*parts, nearest_engine(engine)] if engine else parts)


def find_beside(shelved, beside):
    """Return (lesson on a shelf, variant, n) of what beside_from() returned."""
    variant, n, engine = [*beside.split("."), shelved.shelf.engine_name][:3]
    there = replace(shelved, shelf=replace(shelved.shelf, engine_name=engine))
    return there, shelved.lesson.variant(variant), int(n)
