"""The Proofs of lessons on one engine as a table: the queries of each variant below each shelf."""

from collections.abc import Sequence

from rich.table import Column, Table

from lab.shelves import Shelf
from lessons.course.contract import Kind, Variant
from lessons.proof.findings import Proof


def proofs_table(proofs: Sequence[Proof], shelves: Sequence[Shelf]) -> Table:
    engine = shelves[0].engine
    title = f"Queries on {engine.label} {engine.version()}, by books on the shelf"
    named = (Column(name, overflow="fold") for name in ("lesson", "variant"))
    table = Table(*named, *(f"{shelf.books:,}" for shelf in shelves), "", title=title)
    for proof in proofs:
        for variant in proof.lesson.variants:
            cells = _CELLS[proof.lesson.kind](proof, variant, shelves)
            table.add_row(proof.lesson.path, variant.name, *cells, _remark(proof, variant))
    return table


def _counts(proof: Proof, variant: Variant, shelves: Sequence[Shelf]) -> list[str]:
    """What stands below each shelf."""
    return [_count(proof, variant, shelf) for shelf in shelves]


def _races(proof: Proof, variant: Variant, shelves: Sequence[Shelf]) -> list[str]:
    """What stands below the shelves together: races have one of their own."""
    races = sum(name == variant.name for name, _ in proof.outcomes)
    return [f"{races} race{'' if races == 1 else 's'}", *[""] * (len(shelves) - 1)]


_CELLS = {Kind.RUNS: _counts, Kind.RACES: _races}


def _count(proof: Proof, variant: Variant, shelf: Shelf) -> str:
    report = proof.reports.get((variant.name, shelf.books))
    if report is None or report.status == "unavailable":
        return "–"
    return f"{report.queries:,}" + ("" if report.status == "ok" else f" {report.status}")


def _remark(proof: Proof, variant: Variant) -> str:
    if variant.name in proof.unavailable:
        return proof.unavailable[variant.name]
    if variant.name != "naive":
        return ""
    return "✗ broken" if proof.faults else "✓"
