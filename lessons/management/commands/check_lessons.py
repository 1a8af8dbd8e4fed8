from django.core.management.base import BaseCommand, CommandError
from rich.table import Table

from lab.engines import NAMES, all_engines, get_engine
from lab.exceptions import EngineUnavailable, LabError
from lab.shelves import Shelf
from lessons.course.catalog import get_catalog
from lessons.course.contract import SIZES, LessonError
from lessons.proof.proof import compare_engines, prove
from lessons.terminal.rendering import rendered
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
        parser.add_argument(
            "--engine",
            action="append",
            choices=NAMES,
            help="may be repeated; all that can be reached, if not given",
        )

    def handle(self, *, lessons, books, engine, **options):
        faults, chosen = [], []
        try:
            chosen, faults = _choose(get_catalog(), lessons)
            engines = [get_engine(name) for name in engine] if engine else self._engines_at_hand()
            proofs = {each: self._prove(chosen, each, books or SIZES, faults) for each in engines}
            for of_one_lesson in zip(*proofs.values(), strict=True):
                faults += compare_engines(of_one_lesson)
        except (LessonError, LabError) as error:
            faults.append(error)
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            raise CommandError(f"{len(faults)} broken promise{'s' if len(faults) > 1 else ''}.")
        self.stdout.write(
            "The lesson keeps its promises."
            if len(chosen) == 1
            else f"All {len(chosen)} lessons keep their promises."
        )

    def _engines_at_hand(self):
        at_hand = []
        for engine in all_engines():
            try:
                engine.version()
            except EngineUnavailable as error:
                self.stdout.write(f"! NOT PROVED on {engine.label}, which is off: {error}")
            else:
                at_hand.append(engine)
        return at_hand

    def _prove(self, lessons, engine, sizes, faults):
        """Return a Proof for each lesson on this engine, and add what is broken to `faults`."""
        shelves = [Shelf(books=size, engine_name=engine.name) for size in sizes]
        if wrong := [shelf for shelf in shelves if shelf.seed() != seeding.SEED]:
            raise LabError(
                f"The shelf of {wrong[0].books:,} books on {engine.label} was seeded with {wrong[0].seed()}, and"
                f" counts are declared for seed {seeding.SEED}:"
                f" python manage.py seed_library --seed {seeding.SEED}"
            )
        before = _checksums(engine)
        proofs = [prove(lesson, shelves) for lesson in lessons]
        self._print(proofs, shelves)
        faults += [fault for proof in proofs for fault in proof.faults]
        after = _checksums(engine)
        changed = [f"{size:,}" for size in before if before[size] != after.get(size)]
        if changed:
            faults.append(
                LabError(
                    f"The run changed the shelves of {', '.join(changed)} books on {engine.label}."
                    " A lesson escaped."
                )
            )
        return proofs

    def _print(self, proofs, shelves):
        table = Table(
            "lesson", "variant", *(f"{shelf.books:,}" for shelf in shelves), "", title=_title(shelves[0])
        )
        for proof in proofs:
            for variant in proof.lesson.variants:
                table.add_row(
                    proof.lesson.path,
                    variant.name,
                    *_counts(proof, variant, shelves),
                    _remark(proof, variant),
                )
        self.stdout.write(rendered(table))
        for proof in proofs:
            for what in proof.unproved:
                self.stdout.write(f"! NOT PROVED: {proof.lesson.path} declares {what}")


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


def _counts(proof, variant, shelves):
    """What stands below each shelf. Races are run once, whatever the shelf."""
    if variant.name in proof.races:
        races = proof.races[variant.name]
        return [f"{races} race{'' if races == 1 else 's'}", *[""] * (len(shelves) - 1)]
    return [_count(proof.reports.get((variant.name, shelf.books))) for shelf in shelves]


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
