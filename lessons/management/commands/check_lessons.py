from django.core.management.base import BaseCommand, CommandError
from rich.table import Table

from lab.engines import get_engine, names_at_hand
from lab.exceptions import LabError
from lab.shelves import Shelf
from lessons.catalog import get_catalog
from lessons.contract import SIZES, LessonError
from lessons.proof import prove
from lessons.terminal import rendered
from library import seeding


class Command(BaseCommand):
    help = "Prove what the lessons declare: counts, rows, places, errors, savings and claims."

    def add_arguments(self, parser):
        parser.add_argument("lessons", nargs="*", metavar="track/lesson", help="all, if none is named")
        parser.add_argument(
            "--books",
            type=int,
            action="append",
            metavar="N",
            help="shelves to prove on; " + ", ".join(map(str, SIZES)) + " if not given",
        )

    def handle(self, *, lessons, books, **options):
        faults, chosen = [], []
        try:
            catalog = get_catalog()
            chosen, faults = _choose(catalog, lessons)
            for name in names_at_hand():
                faults += self._prove(chosen, [Shelf(books=size, engine_name=name) for size in books or SIZES])
        except (LessonError, LabError) as error:
            faults.append(error)
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            raise CommandError(f"{len(faults)} broken promise{'s' if len(faults) > 1 else ''}.")
        self.stdout.write(f"All {len(chosen)} lessons keep their promises.")

    def _prove(self, lessons, shelves):
        if wrong := [shelf for shelf in shelves if shelf.seed() != seeding.SEED]:
            raise LabError(
                f"The shelf of {wrong[0].books:,} books was seeded with {wrong[0].seed()}, and counts are declared"
                f" for seed {seeding.SEED}: python manage.py seed_library --seed {seeding.SEED}"
            )
        before = _checksums(shelves[0].engine)
        proofs = [prove(lesson, shelves) for lesson in lessons]
        self._print(proofs, shelves)
        faults = [fault for proof in proofs for fault in proof.faults]
        after = _checksums(shelves[0].engine)
        changed = [f"{size:,}" for size in before if before[size] != after.get(size)]
        if changed:
            faults.append(
                LabError(f"The run changed the shelves of {', '.join(changed)} books. A lesson escaped.")
            )
        return faults

    def _print(self, proofs, shelves):
        table = Table(
            "lesson", "variant", *(f"{shelf.books:,}" for shelf in shelves), "", title=_title(shelves[0])
        )
        for proof in proofs:
            for variant in proof.lesson.variants:
                table.add_row(
                    proof.lesson.path,
                    variant.name,
                    *(_count(proof.reports.get((variant.name, shelf.books))) for shelf in shelves),
                    _remark(proof, variant),
                )
        self.stdout.write(rendered(table))
        for proof in proofs:
            for what in proof.unproved:
                self.stdout.write(f"! NOT YET PROVED: {proof.lesson.path} declares {what}")


def _choose(catalog, paths):
    """Return (lessons, faults) of those named, or of all."""
    if not paths:
        return catalog.lessons, list(catalog.faults)
    known = {lesson.path: lesson for lesson in catalog.lessons}
    faults = [fault for fault in catalog.faults if fault.lesson in paths]
    if unknown := set(paths) - set(known) - {fault.lesson for fault in faults}:
        raise CommandError(f"There is no lesson {min(unknown)}. There are: {', '.join(known)}.")
    return [known[path] for path in paths if path in known], faults


def _checksums(engine):
    return {size: engine.checksum(size) for size in engine.sizes()}


def _title(shelf):
    return f"Queries on {shelf.engine.label} {get_engine(shelf.engine_name).version()}, by books on the shelf"


def _count(report):
    if report is None or report.status == "unavailable":
        return "–"
    return f"{report.queries:,}" + ("" if report.status == "ok" else f" {report.status}")


def _remark(proof, variant):
    if variant.name in proof.unavailable:
        return proof.unavailable[variant.name]
    if variant.name != "naive":
        return ""
    return "✗ broken" if proof.faults else "✓"
