"""Proves variants that are runs: what they give, what that costs, and what the better one saves."""

from collections.abc import Sequence
from dataclasses import replace

from django.utils.text import get_text_list

from lab.recording.bounds import Bounds
from lab.recording.report import Report, Status
from lab.shelves import Shelf
from lessons.course.contract import SIZES, Depends, Lesson, Variant
from lessons.proof.findings import About, Proof
from lessons.proof.redeclaring import Redeclaration, redeclared_saving
from lessons.proof.savings import saving
from lessons.proof.sentences import in_a_sentence
from lessons.runs.differing import shown_difference

BOUNDS = Bounds(seconds=120)  # what a lesson declares is no slower on a busy machine
_OF_A_SIZE = ("time", "memory")  # declared for the largest of SIZES: on a smaller shelf other things weigh more


def prove_runs(proof: Proof, shelves: Sequence[Shelf]) -> None:
    """Record each variant on each of the shelves, and note what is amiss."""
    for shelf in shelves:
        for variant in proof.lesson.variants:
            _record(proof, variant, shelf)
    if proof.faults:
        return  # the rest would follow from it
    for shelf in shelves:
        _prove_rows(proof, shelf)
    if not proof.faults:
        _prove_savings_on(proof, shelves[-1])
    for variant in proof.lesson.variants:
        _prove_counts(proof, variant, shelves)


def _record(proof: Proof, variant: Variant, shelf: Shelf) -> None:
    report = proof.on(shelf).record(variant, bounds=BOUNDS)
    proof.reports[variant.name, shelf.books] = report
    if report.status == Status.UNAVAILABLE:
        proof.unavailable[variant.name] = report.error or ""
    else:
        _prove_run(proof, variant, shelf, report)


def _prove_run(proof: Proof, variant: Variant, shelf: Shelf, report: Report) -> None:
    def fault(does: str, remedy: str | Redeclaration) -> None:
        proof.fault(About.CODE, variant.name, does, remedy, books=shelf.books)

    if report.error_type == "UndeclaredWrite":
        return fault("writes.", 'Declare it: access = "write" in lesson.toml.')
    if report.status == Status.STOPPED:
        return fault(f"was {report.error}.", "Make it do less.")
    declared = variant.raises.value(proof.on(shelf).environment)
    if report.error_type != declared:
        remedy = Redeclaration(
            first=f"Mend {variant.path.name}",
            key="raises",
            table=f"[variants.{variant.name}]",
            declared=variant.raises,
            value=report.error_type,
            engines=proof.lesson.engines,
        )
        return fault(f"raises {report.error or 'nothing'}, and declares {declared or 'no error'}.", remedy)
    lost = next((group for group in report.groups if group.is_query and group.place is None), None)
    if lost:
        fault(
            f"runs a query that no line of the lesson fires: {lost.sql[:60]}….",
            "Evaluate querysets inside run(): return list(…), or yield the rows.",
        )
    elif not report.rows and not declared:
        fault("gives no rows.", "Return or yield rows, so that the variants can be compared.")
    return None


def _prove_rows(proof: Proof, shelf: Shelf) -> None:
    """All variants that run to their end give the same rows, unless the lesson is about why they don't."""
    ended = {
        variant.name: report.digest
        for variant in proof.lesson.variants
        if (report := proof.reports[variant.name, shelf.books]).status == Status.OK
    }
    differing = [name for name, digest in ended.items() if digest != next(iter(ended.values()))]
    if differing and "correctness" not in proof.lesson.saves:
        proof.fault(
            About.ROWS,
            get_text_list([next(iter(ended)), *differing], "and"),
            "give different rows.",
            "Make them equal, or say why they differ: correctness = … in [saves]."
            + ("" if not proof.lesson.ordered else " If only their order differs, set ordered = false."),
            books=shelf.books,
            example=_example(proof, shelf, ended) if not proof.faults else "",
        )


def _example(proof: Proof, shelf: Shelf, digests: dict[str, str | None]) -> str:
    """The first row that differs: of the smallest shelf, since one is enough."""
    shelved = proof.on(shelf)
    sides = [(f"in {name}", (shelved, proof.lesson.variant(name)), digest) for name, digest in digests.items()]
    return in_a_sentence(shown_difference(sides), shelf.books)


def _prove_counts(proof: Proof, variant: Variant, shelves: Sequence[Shelf]) -> None:
    """One fault for all the shelves: where one count is wrong, most are."""
    if variant.name in proof.unavailable:
        return
    wrong = {
        shelf.books: (proof.reports[variant.name, shelf.books].queries, declared)
        for shelf in shelves
        if (declared := _declared(proof, variant, shelf))
        not in (None, proof.reports[variant.name, shelf.books].queries)
    }
    if wrong:
        books, runs, declares = (
            get_text_list([f"{number:,}" for number in numbers], "and")
            for numbers in (wrong, *zip(*wrong.values(), strict=True))
        )
        proof.fault(
            About.COUNT,
            f"{variant.name} at {books} books",
            f"runs {runs} queries, and declares {declares}.",
            f"Mend {variant.path.name}, or let check_lessons --record write what it runs.",
        )


def _declared(proof: Proof, variant: Variant, shelf: Shelf) -> int | None:
    declared = variant.counts.get(shelf.books)
    return None if declared is None else declared.value(proof.on(shelf).environment)


def _prove_savings_on(proof: Proof, largest: Shelf) -> None:
    """Prove them on the shelf that the lesson names, if it names one."""
    books = proof.lesson.saves_at or largest.books
    if books > largest.books and largest.books < SIZES[-1]:
        proof.unproved.append(f"[saves], which takes a shelf of {books:,} books")
        return
    shelf = replace(largest, books=books)
    for name in ("naive", "optimized"):
        if (name, books) not in proof.reports:
            _record(proof, proof.lesson.variant(name), shelf)
    if not proof.faults:
        _prove_savings(proof, shelf)


def _prove_savings(proof: Proof, shelf: Shelf) -> None:
    lesson = proof.lesson
    naive, optimized = (proof.reports[name, shelf.books] for name in ("naive", "optimized"))
    if Status.UNAVAILABLE in (naive.status, optimized.status):
        return
    if not lesson.saves and optimized.queries >= naive.queries:
        proof.fault(
            About.SAVING,
            "optimized",
            "runs no fewer queries than naive.",
            "Say what it saves instead, in [saves].",
        )
    for kind, declared in lesson.saves.items():
        if isinstance(declared, str):
            if naive.digest == optimized.digest and not _raise_elsewhere(lesson):
                proof.fault(
                    About.SAVING, "naive and optimized", "give equal rows.", "Take correctness out of [saves]."
                )
        elif Status.RAISED in (naive.status, optimized.status) and _raise_elsewhere(lesson):
            continue  # what did not run to its end is no measure
        elif kind in _OF_A_SIZE and shelf.books < (lesson.saves_at or SIZES[-1]):
            proof.unproved.append(f"[saves] {kind}, which takes a shelf of {SIZES[-1]:,} books")
        else:
            _prove_saving(proof, shelf, kind, declared, (naive, optimized))


def _raise_elsewhere(lesson: Lesson) -> bool:
    """Whether naive or optimized raises on some engines, or versions, and runs to its end on the others."""
    return any(
        condition.specificity
        for name in ("naive", "optimized")
        for condition, _ in lesson.variant(name).raises.cases
    )


def _prove_saving(
    proof: Proof, shelf: Shelf, kind: str, declared: Depends, reports: tuple[Report, Report]
) -> None:
    bound = declared.value(proof.on(shelf).environment)
    ratio = saving(kind, proof.on(shelf), reports, bound)
    if ratio is None:
        remedy = f"Take {kind} out of [saves]."
        proof.fault(About.SAVING, "naive", f"has no {kind} to save.", remedy, books=shelf.books)
    elif ratio > bound:
        what, does = f"optimized ÷ naive of {kind}", f"is {ratio:.3g}, and declares {bound}."
        proof.fault(
            About.SAVING, what, does, redeclared_saving(proof.lesson, kind, declared, ratio), books=shelf.books
        )
