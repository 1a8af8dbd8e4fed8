"""Proves what a lesson declares: counts, rows, places, errors, savings and claims."""

from dataclasses import dataclass, field

from lab.exceptions import LabError
from lab.recording.bounds import Bounds
from lab.recording.report import Status
from lessons.course.contract import SIZES, LessonError
from lessons.proof.races import prove_races
from lessons.proof.savings import saving
from lessons.runs.shelved import ShelvedLesson

_OF_A_SIZE = ("time", "memory")  # declared for the largest of SIZES: on a smaller shelf other things weigh more
_BOUNDS = Bounds(seconds=120)  # what a lesson declares is no slower on a busy machine


@dataclass
class Proof:
    """What became of one lesson on one engine."""

    lesson: object
    engine: object
    reports: dict = field(default_factory=dict)  # (variant name, books): Report
    faults: list = field(default_factory=list)  # of LessonError
    unproved: list = field(default_factory=list)  # what is declared and cannot be proved yet
    unavailable: dict = field(default_factory=dict)  # variant name: why
    races: dict = field(default_factory=dict)  # variant name: how many of its races were run

    def ended(self, key):
        return key in self.reports and self.reports[key].status == Status.OK

    def fault(self, fault, remedy):
        self.faults.append(LessonError(self.lesson.path, fault, remedy))


def prove(lesson, shelves):
    """Run every variant of the lesson on the shelves, and every claim, and return a Proof. Raises nothing.

    shelves: of one engine, from the smallest to the largest
    """
    proof = Proof(lesson, shelves[0].engine)
    try:
        if lesson.has_races:
            prove_races(proof, bounds=_BOUNDS)
        else:
            for shelf in shelves:
                _prove_shelf(proof, shelf)
            _prove_savings(proof, shelves[-1])
        # Races have a shelf of their own; what holds on the smallest and on the largest shelf, holds between them.
        for shelf in dict.fromkeys(shelves[:1] if lesson.has_races else (shelves[0], shelves[-1])):
            for claim in lesson.claims:
                _prove_claim(proof, claim, shelf)
    except LessonError as error:
        proof.faults.append(error)
    except LabError as error:
        proof.fault(str(error), "")
    return proof


def compare_engines(proofs):
    """Return what is wrong with the rows of one lesson, as its Proofs on several engines have them."""
    lesson, engines = proofs[0].lesson, [proof.engine.label for proof in proofs]
    differing = {
        key
        for key in proofs[0].reports
        if len({proof.reports[key].digest for proof in proofs if proof.ended(key)}) > 1
    }
    if differing and not lesson.differs:
        name, books = min(differing)
        return [
            LessonError(
                lesson.path,
                f"{name} gives different rows at {books:,} books on {', '.join(engines)}.",
                'Make them equal, or say why they differ: differs = "…" in lesson.toml.',
            )
        ]
    if lesson.differs and not differing and set(lesson.engines) <= {proof.engine.name for proof in proofs}:
        return [
            LessonError(lesson.path, "gives the same rows on all engines.", "Take `differs` out of lesson.toml.")
        ]
    return []


def _prove_shelf(proof, shelf):
    lesson = proof.lesson
    for variant in lesson.variants:
        report = proof.reports[variant.name, shelf.books] = _on(proof, shelf).record(variant, bounds=_BOUNDS)
        if report.status == Status.UNAVAILABLE:
            proof.unavailable[variant.name] = report.error
        else:
            _prove_run(proof, variant, shelf, report)
    _prove_rows(proof, shelf)


def _prove_run(proof, variant, shelf, report):
    what = f"{variant.name} at {shelf.books:,} books on {shelf.engine_name}"
    if report.error_type == "UndeclaredWrite":
        return proof.fault(f"{what} writes.", 'Declare it: access = "write" in lesson.toml.')
    if report.status == Status.STOPPED:
        return proof.fault(f"{what} was {report.error}.", "Make it do less.")
    if report.error_type != variant.raises:
        declared = variant.raises or "no error"
        return proof.fault(
            f"{what} raises {report.error or 'nothing'}, and declares {declared}.",
            f'Mend {variant.path.name}, or declare raises = "{report.error_type}".'
            if report.error_type
            else "Take `raises` out of lesson.toml.",
        )
    declared = (
        variant.counts[shelf.books].value(_on(proof, shelf).environment) if shelf.books in variant.counts else None
    )
    if declared is not None and declared != report.queries:
        proof.fault(
            f"{what} runs {report.queries:,} queries, and declares {declared:,}.",
            f"Mend {variant.path.name}, or declare {shelf.books} = {report.queries}.",
        )
    lost = next((group for group in report.groups if group.is_query and group.place is None), None)
    if lost:
        proof.fault(
            f"{what} runs a query that no line of the lesson fires: {lost.sql[:60]}….",
            "Evaluate querysets inside run(): return list(…), or yield the rows.",
        )
    if not report.rows and not variant.raises:
        proof.fault(f"{what} gives no rows.", "Return or yield rows, so that the variants can be compared.")
    return None


def _prove_rows(proof, shelf):
    """All variants that run to their end give the same rows, unless the lesson is about why they don't."""
    ended = {
        variant.name: report
        for variant in proof.lesson.variants
        if (report := proof.reports[variant.name, shelf.books]).status == Status.OK
    }
    differing = [name for name, report in ended.items() if report.digest != next(iter(ended.values())).digest]
    if differing and "correctness" not in proof.lesson.saves:
        first = next(iter(ended))
        proof.fault(
            f"{first} and {differing[0]} give different rows at {shelf.books:,} books on {shelf.engine_name}.",
            "Make them equal, or say why they differ: correctness = … in [saves]."
            + ("" if not proof.lesson.ordered else " If only their order differs, set ordered = false."),
        )


def _prove_savings(proof, shelf):
    lesson = proof.lesson
    naive, optimized = (proof.reports[name, shelf.books] for name in ("naive", "optimized"))
    if Status.UNAVAILABLE in (naive.status, optimized.status):
        return
    if not lesson.saves and optimized.queries >= naive.queries:
        proof.fault("optimized runs no fewer queries than naive.", "Say what it saves instead, in [saves].")
    for kind, declared in lesson.saves.items():
        if kind == "correctness":
            if naive.digest == optimized.digest:
                proof.fault("naive and optimized give equal rows.", "Take correctness out of [saves].")
        elif kind in _OF_A_SIZE and shelf.books < SIZES[-1]:
            proof.unproved.append(f"[saves] {kind}, which takes a shelf of {SIZES[-1]:,} books")
        else:
            _prove_saving(proof, shelf, kind, declared.value(_on(proof, shelf).environment), (naive, optimized))


def _prove_saving(proof, shelf, kind, bound, reports):
    where = f"at {shelf.books:,} books on {shelf.engine_name}"
    ratio = saving(kind, _on(proof, shelf), reports, bound)
    if ratio is None:
        proof.fault(f"naive has no {kind} to save {where}.", f"Take {kind} out of [saves].")
    elif ratio > bound:
        proof.fault(
            f"optimized ÷ naive of {kind} is {ratio:.2f} {where}, and declares {bound}.",
            f"Make it save more, or declare {kind} = {ratio * 1.2:.2f}.",
        )


def _prove_claim(proof, claim, shelf):
    report = _on(proof, shelf).examine(claim, bounds=_BOUNDS)
    what = f"the claim {claim.name} at {shelf.books:,} books on {shelf.engine_name}"
    if report.status == Status.UNAVAILABLE:
        return
    if report.status != Status.OK:
        proof.fault(f"{what} {report.status}: {report.error}.", "Mend it in claims.py.")
        return
    expected = claim.expected(_on(proof, shelf).environment)
    if report.result != expected:
        proof.fault(
            f"{what} turns out {report.result!r}, and expects {expected!r}.",
            f"Mend claims.py, or `expect` in [claims.{claim.name}].",
        )


def _on(proof, shelf):
    return ShelvedLesson(lesson=proof.lesson, shelf=shelf)
