from collections.abc import Iterable, Sequence
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.text import get_text_list

from lab.engines import NAMES, Engine, all_engines, get_engine
from lab.exceptions import EngineUnavailable, LabError
from lab.shelves import Shelf
from lessons.course import catalog
from lessons.course.catalog import Catalog, get_catalog, read_catalog
from lessons.course.contract import SIZES, Lesson, LessonError
from lessons.course.reading import read_lesson
from lessons.proof.declaring import declare
from lessons.proof.findings import RECORDED, Proof
from lessons.proof.plan_steps import unlisted
from lessons.proof.proof import compare_engines, prove
from lessons.proof.sentences import tell
from lessons.proof.table import proofs_table
from lessons.take_home.test_file import missing_tests
from lessons.terminal.rendering import rendered
from library import seeding


class Command(BaseCommand):
    requires_system_checks: list[str] = []  # they warn of lessons that cannot be read
    help = "Prove what the lessons declare: counts, rows, places, errors, savings, races and claims."

    def add_arguments(self, parser: CommandParser) -> None:
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
        parser.add_argument(
            "--record",
            action="store_true",
            help="write the counts, the outcomes of races and the verdicts that are measured into lesson.toml",
        )

    def handle(
        self,
        *,
        lessons: list[str],
        books: list[int] | None,
        engine: list[str] | None,
        record: bool,
        **options: Any,
    ) -> None:
        if record and books:
            raise CommandError("Counts are recorded at the declared sizes. Leave --books out.")
        faults: list[str] = []
        chosen: list[Lesson] = []
        try:
            chosen, unread = _choose(
                read_catalog(catalog.CONTENT, recorded=False) if record else get_catalog(), lessons
            )
            faults += map(str, unread)
            engines = [get_engine(name) for name in engine] if engine else self._engines_at_hand()
            proofs = [self._prove(chosen, each, books or SIZES, faults) for each in engines] if chosen else []
            for of_one_lesson in zip(*proofs, strict=True):
                faults += self._judge(of_one_lesson, record=record)
            if lessons and not faults and not record:  # of all lessons it would take minutes
                self._tell_unlisted_steps(chosen, engines)
            if not faults and not record:  # such a test follows from what is declared
                faults += missing_tests(chosen)
        except (LessonError, LabError) as error:
            faults.append(str(error))
        for fault in faults:
            self.stderr.write(f"✗ {fault}")
        if faults:
            raise CommandError(f"{len(faults)} broken promise{'s' if len(faults) > 1 else ''}.")
        self.stdout.write(
            "The lesson keeps its promises."
            if len(chosen) == 1
            else f"All {len(chosen)} lessons keep their promises."
        )

    def _judge(self, proofs: Sequence[Proof], *, record: bool) -> list[str]:
        """Return what is wrong with one lesson, in sentences; if it shall, record what can be recorded first."""
        found = [*(fault for proof in proofs for fault in proof.faults), *compare_engines(proofs)]
        engines = [proof.engine.label for proof in proofs]
        if not record:
            return tell(found, engines=engines)
        lesson = proofs[0].lesson
        if to_mend := tell((fault for fault in found if fault.about not in RECORDED), engines=engines):
            return [
                *to_mend,
                f"{lesson.path}: nothing was recorded. Mend the above first: it is no matter of counting.",
            ]
        self._record(proofs)
        try:
            read_lesson(lesson.folder)
        except LessonError as error:
            return [str(error)]
        return []

    def _record(self, proofs: Sequence[Proof]) -> None:
        changes = declare(proofs)
        get_catalog.cache_clear()
        for change in changes or ["nothing to record"]:
            self.stdout.write(f"{proofs[0].lesson.path}: {change}")

    def _engines_at_hand(self) -> list[Engine]:
        at_hand = []
        for engine in all_engines():
            try:
                engine.version()
            except EngineUnavailable as error:
                self.stdout.write(f"! NOT PROVED on {engine.label}, which is off: {error}")
            else:
                at_hand.append(engine)
        return at_hand

    def _prove(
        self, lessons: Sequence[Lesson], engine: Engine, sizes: Iterable[int], faults: list[str]
    ) -> list[Proof]:
        """Return a Proof for each lesson on this engine; add to `faults` that a shelf is no more what it was."""
        shelves = [Shelf(books=size, engine_name=engine.name) for size in sizes]
        if wrong := [shelf for shelf in shelves if shelf.seed() != seeding.SEED]:
            raise LabError(
                f"The shelf of {wrong[0].books:,} books on {engine.label} was seeded with {wrong[0].seed()}, and"
                f" counts are declared for seed {seeding.SEED}:"
                f" python manage.py seed_library --seed {seeding.SEED}"
            )
        if reason := engine.why_readers_could_write():
            self.stdout.write(f"! {reason}")
        before = _checksums(engine)
        proofs = [prove(lesson, shelves) for lesson in lessons]
        self._print(proofs, shelves)
        after = _checksums(engine)
        changed = [f"{size:,}" for size in before if before[size] != after.get(size)]
        if changed:
            faults.append(
                f"The run changed the shelves of {get_text_list(changed, 'and')} books on {engine.label}."
                " A lesson escaped."
            )
        return proofs

    def _tell_unlisted_steps(self, chosen: Sequence[Lesson], engines: Sequence[Engine]) -> None:
        for lesson in chosen:
            for engine in engines:
                for name in unlisted(lesson, engine):
                    self.stdout.write(
                        f"! {lesson.path} has a step that the page of all steps lacks, {name} on {engine.label}:"
                        " python manage.py list_plan_steps"
                    )

    def _print(self, proofs: Sequence[Proof], shelves: Sequence[Shelf]) -> None:
        self.stdout.write(rendered(proofs_table(proofs, shelves)))
        for proof in proofs:
            for what in proof.unproved:
                self.stdout.write(f"! NOT PROVED: {proof.lesson.path} declares {what}")


def _choose(catalog: Catalog, paths: Sequence[str]) -> tuple[list[Lesson], list[LessonError]]:
    """Return (lessons, faults) of those named, or of all."""
    if not paths:
        return [*catalog.lessons], [*catalog.faults]
    known = {lesson.path: lesson for lesson in catalog.lessons}
    broken = {path: fault for path in paths if (fault := catalog.fault(path))}
    if unknown := set(paths) - set(known) - set(broken):
        raise CommandError(f"There is no lesson {min(unknown)}. There are: {', '.join(known)}.")
    return [known[path] for path in paths if path in known], [*broken.values()]


def _checksums(engine: Engine) -> dict[int, str]:
    return {size: engine.checksum(size) for size in engine.sizes()}
