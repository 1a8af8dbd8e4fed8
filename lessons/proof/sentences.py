"""Tells faults: one sentence for each cause, wherever it holds."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.utils.text import get_text_list

from lab.engines import NAMES
from lessons.proof.findings import Fault

_cause = attrgetter("about", "what", "does", "remedy")


def tell(faults: Iterable[Fault], *, engines: Sequence[str]) -> list[str]:
    """Return a sentence for each cause in one lesson's faults, the most helpful first.

    engines: labels of all that were asked
    """
    found = list(faults)
    order = {_cause(fault): number for number, fault in reversed(list(enumerate(found)))}
    found.sort(key=lambda fault: (fault.about, order[_cause(fault)]))
    return [_sentence(list(same), engines) for _, same in groupby(found, key=_cause)]


def in_a_sentence(difference: Sequence[tuple[str, str]], books: int) -> str:
    """difference: what lessons.runs.differing.shown_difference() returns, with labels such as “in naive”"""
    if not difference:
        return ""
    left, right = (f"{row} {label}" for label, row in difference)
    return f"The first row that differs at {books:,} books is {left}, and {right}."


def _sentence(same: list[Fault], engines: Sequence[str]) -> str:
    labels = list(dict.fromkeys(fault.engine.label for fault in same if fault.engine))
    everywhere = set(labels) == set(engines)
    names = NAMES if everywhere else [fault.engine.name for fault in same if fault.engine]
    return same[0].sentence(_shelves(same), _on(labels, everywhere=everywhere), engines=names)


def _shelves(same: list[Fault]) -> str:
    books = sorted({fault.books for fault in same if fault.books})
    return f"at {get_text_list([f'{each:,}' for each in books], 'and')} books" if books else ""


def _on(labels: Sequence[str], *, everywhere: bool) -> str:
    if not labels:
        return ""
    return "on every engine" if everywhere and len(labels) > 1 else f"on {get_text_list(labels, 'and')}"
