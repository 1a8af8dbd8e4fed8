"""Checks that a lesson's folder and what it declares belong together."""

import ast
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound

from lessons.course.checks.curve import check_curve
from lessons.course.checks.races import check_races, unrecorded_outcomes
from lessons.course.checks.runs import check_runs, unrecorded_counts
from lessons.course.checks.words import check_challenge, check_prose, check_title, check_written
from lessons.course.contract import FIXED_FILES, Depends, Kind, Lesson, LessonError

# Pages of lessons, and run_lesson's word for all variants: no variant's name.
_PAGES = ("claims", "compare", "curve", "engines", "gain", "matrix", "orders", "plan", "spans", "staircase")
RESERVED = ("all", *_PAGES)
_PROJECT = Path(__file__).parents[3]
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def may_be_a_variant(name: str) -> bool:
    """Whether it can be in a URL, and is no page."""
    return bool(_NAME.fullmatch(name)) and name not in RESERVED


def check_form(lesson: Lesson, *, recorded: bool = True) -> None:
    """Raise LessonError for what is missing, too much, or not declared. recorded: as read_lesson() takes it"""
    for check in (
        _check_texts,
        _check_databases,
        _OF_KIND[lesson.kind],
        _check_variants,
        check_curve,
        _check_modules,
        _check_files,
        _check_shown_files,
        check_prose,
        check_challenge,
        _check_claims,
        _check_docs,
        *([_check_recorded, check_written, check_title] if recorded else []),
    ):
        check(lesson)


_OF_KIND = {Kind.RUNS: check_runs, Kind.RACES: check_races}


def _check_texts(lesson: Lesson) -> None:
    for path in lesson.folder.rglob("*"):
        if path.is_file() and path.name[0] != "." and "__pycache__" not in path.parts:
            try:
                path.read_text(encoding="utf-8")
            except UnicodeDecodeError as error:
                fault = f"{path.name} is not UTF-8, from byte {error.start:,}."
                raise LessonError(lesson.path, fault, "Save it as UTF-8.") from None


def _check_databases(lesson: Lesson) -> None:
    for alias in lesson.databases:
        if alias == "default" or not alias.isidentifier():
            raise LessonError(lesson.path, f"has the database {alias!r}.", 'Name it as code does: "replica", say.')
    if lesson.databases and lesson.kind is Kind.RUNS and lesson.access != "write":
        raise LessonError(lesson.path, "has further databases and only reads.", 'Say access = "write".')


def _check_variants(lesson: Lesson) -> None:
    names = {variant.name for variant in lesson.variants}
    for name in ("naive", "optimized"):
        if name not in names:
            raise LessonError(
                lesson.path, f"declares no {name} variant.", f"Add [variants.{name}] to lesson.toml."
            )
    for variant in lesson.variants:
        if not variant.path.is_file():
            raise LessonError(
                lesson.path,
                f"declares the variant {variant.name} without a file.",
                f"Write {variant.path.name}.",
            )


def _check_modules(lesson: Lesson) -> None:
    taken = {Path(name).stem for name in FIXED_FILES} | {variant.name for variant in lesson.variants}
    for name, path in lesson.module_paths.items():
        if not _NAME.fullmatch(name) or name in taken or find_spec(name):
            raise LessonError(
                lesson.path,
                f"has {name!r} in `modules`, a name that cannot be imported or is taken.",
                "Use a-z, 0-9 and _, and a name that no variant and no installed module has.",
            )
        if not path.exists():
            raise LessonError(
                lesson.path, f"has {name!r} in `modules` without a file.", f"Write {path.name}, or take it out."
            )


def _check_recorded(lesson: Lesson) -> None:
    """Raise LessonError where what can be measured is not declared."""
    for what in (*_UNRECORDED[lesson.kind](lesson), *_unrecorded_claims(lesson)):
        raise LessonError(
            lesson.path, f"does not declare {what}.", f"Measure: manage.py check_lessons --record {lesson.path}"
        )


_UNRECORDED = {Kind.RUNS: unrecorded_counts, Kind.RACES: unrecorded_outcomes}


def _unrecorded_claims(lesson: Lesson) -> Iterator[str]:
    return (f"what [claims.{claim.name}] expects" for claim in lesson.claims if claim.expect == Depends())


def _check_files(lesson: Lesson) -> None:
    ours = {
        *FIXED_FILES,
        *(path.name for path in lesson.module_paths.values()),
        *(variant.path.name for variant in lesson.variants),
        *(file.path.name for file in lesson.files),
    }
    for path in lesson.folder.iterdir():
        if path.name in ours or path.name in {"templates", "__pycache__"} or path.name.startswith("."):
            continue
        ways = ["in [[files]]"]
        if path.suffix == ".py" and _NAME.fullmatch(path.stem):
            ways.insert(0, f'in `modules`, if others import it: modules = ["{path.stem}"]')
        if path.suffix == ".py" and may_be_a_variant(path.stem):
            ways.insert(0, f"as [variants.{path.stem}]")
        remedy = f"Declare it {', or '.join(ways)}, or remove it."
        raise LessonError(lesson.path, f"has a stray file, {path.name}.", remedy)


def _check_shown_files(lesson: Lesson) -> None:
    for file in lesson.files:
        if not _is_language(file.language):
            raise LessonError(
                lesson.path,
                f"shows {file.path.name} as {file.language!r}, which Pygments does not know.",
                'Name a language such as "python", "toml" or "console".',
            )
        module, _, test = file.check.rpartition(".")
        path = _PROJECT.joinpath(*module.split(".")).with_suffix(".py")
        if not test.startswith("test_") or not path.is_file() or test not in _functions(path):
            raise LessonError(
                lesson.path,
                f"shows {file.path.name} and names {file.check} as its check, which is no test.",
                "Write a test there that uses the file through the fixture `shown_files`, or mend `check`.",
            )


def _is_language(name: str) -> bool:
    try:
        find_lexer_class_by_name(name)
    except ClassNotFound:
        return False
    return True


def _check_claims(lesson: Lesson) -> None:
    path = lesson.folder / "claims.py"
    defined = {name for name in _functions_of(lesson, path) if name[0] != "_"} if path.exists() else set()
    declared = {claim.name for claim in lesson.claims}
    for name in sorted(defined - declared):
        raise LessonError(
            lesson.path,
            f"claims.py has {name}(), which is not declared.",
            f"Add [claims.{name}] with its truth, or begin its name with _ if it is no claim.",
        )
    for name in sorted(declared - defined):
        raise LessonError(lesson.path, f"[claims.{name}] has no function.", f"Add {name}(log) to claims.py.")


def _functions_of(lesson: Lesson, path: Path) -> list[str]:
    try:
        return _functions(path)
    except SyntaxError as error:
        fault = f"{path.name} is no Python: line {error.lineno}: {error.msg}."
        raise LessonError(lesson.path, fault, "Mend that line.") from None


def _functions(path: Path) -> list[str]:
    """Names of the functions of a module, in its order."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, functions)]


def _check_docs(lesson: Lesson) -> None:
    for url in lesson.docs:
        if not url.startswith("https://"):
            raise LessonError(lesson.path, f"has {url!r} in `docs`.", "Give a whole address: https://…")
