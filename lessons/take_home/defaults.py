"""The test of a lesson that writes none of its own: it follows from what the lesson declares."""

import ast
from collections.abc import Callable

from django.utils.text import slugify

from lab.race import WAIT
from lessons.course.contract import Environment, Kind, Lesson, LessonError, Race, Variant

TAKE_HOME = "take_home.py"  # of a lesson that writes its own
_FEWEST = 10  # books in the fixture

_QUERIES = """\
{first}from django.test import {test}{capture}
from optimized import run{imports}


{decorator}class {name}Tests(TestCase):
    fixtures = ["library"]  # two rows of each at least: one would hide an N+1
{set_up}
    def test_number_of_queries(self):
        {count}
"""
_COUNT = """\
with self.assertNumQueries({queries}):
            {call}"""
# What writes may be in a transaction, and within that of a TestCase it is a savepoint.
_COUNT_WRITES = """\
with CaptureQueriesContext(connection) as captured:
            {call}
        queries = [query for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
        self.assertEqual(len(queries), {queries})"""
_RACE = """\
from django.test import TransactionTestCase
from in_turns import in_turns
from optimized import {sessions}
from {rules} import invariant{imports}


class {name}Tests(TransactionTestCase):
    # Not a TestCase, which would hold all sessions in one transaction.
    fixtures = ["library"]
{set_up}
    def test_{story}(self):
        order = "{order}"
        {results}in_turns(order, {functions})
        kept, words = invariant({takes})
        self.assertTrue(kept, words)
"""
_SET_UP = """
    def setUp(self):
        setup()
"""


def default_test(lesson: Lesson, variant: Variant, environment: Environment) -> str:
    """Return the text of a test of `variant`. Raises LessonError where a lesson must write its own."""
    return _OF_KIND[lesson.kind](lesson, variant, environment)


def _test_queries(lesson: Lesson, variant: Variant, environment: Environment) -> str:
    optimized = lesson.variant("optimized")
    queries = optimized.counts[_FEWEST].value(environment) if _FEWEST in optimized.counts else None
    if lesson.guess.asks != "queries":
        raise _needs_its_own(lesson, "is not about a number of queries")
    if queries is None:
        raise _needs_its_own(lesson, f"declares no number of queries at {_FEWEST} books")
    writes = lesson.access == "write"
    call = _call(ast.parse(variant.source))
    return _QUERIES.format(
        **_common(lesson),
        **_with_templates(lesson),
        count=(_COUNT_WRITES if writes else _COUNT).format(call=call, queries=queries),
        capture="\nfrom django.test.utils import CaptureQueriesContext\nfrom django.db import connection" * writes,
        first="from asgiref.sync import async_to_sync\n" if call.startswith("async_to_sync") else "",
    )


def _call(module: ast.Module) -> str:
    run = _function(module, "run")
    if isinstance(run, ast.AsyncFunctionDef):
        return "async_to_sync(run)()"
    gives_rows_one_by_one = any(isinstance(node, ast.Yield | ast.YieldFrom) for node in ast.walk(run))
    return "list(run())" if gives_rows_one_by_one else "run()"


def _test_race(lesson: Lesson, variant: Variant, environment: Environment) -> str:
    told = [race for race in lesson.variant("optimized").races if _ends_well(race, environment)]
    if not told:
        raise _needs_its_own(lesson, f"has no race on {environment.engine} in which all commit")
    race = next((race for race in told if _breaks(lesson.variant("naive"), race, environment)), told[0])
    rules = lesson.folder / "race.py"
    own = ast.parse(variant.source)
    judge = own if _has(own, "invariant") else ast.parse(rules.read_text(encoding="utf-8"))
    takes = "results" if _function(judge, "invariant").args.args else ""
    return _RACE.format(
        **_common(lesson),
        rules="optimized" if judge is own else rules.stem,
        sessions=", ".join(lesson.sessions),
        story=slugify(race.title).replace("-", "_"),
        order=" ".join(race.schedule),
        functions=", ".join(f"{name}={name}" for name in lesson.sessions),
        results="results = " if takes else "",
        takes=takes,
    )


_OF_KIND: dict[Kind, Callable[[Lesson, Variant, Environment], str]] = {
    Kind.RUNS: _test_queries,
    Kind.RACES: _test_race,
}


def _ends_well(race: Race, environment: Environment) -> bool:
    outcome = race.outcome.get(environment.engine, {})
    return race.isolation is None and WAIT not in race.schedule and set(outcome.values()) == {"committed", "kept"}


def _breaks(naive: Variant, told: Race, environment: Environment) -> bool:
    """Whether the naive code is known to fail a test with that order."""
    same = (race.outcome.get(environment.engine, {}) for race in naive.races if race.schedule == told.schedule)
    return any(outcome.get("invariant") == "broken" for outcome in same)


def _common(lesson: Lesson) -> dict[str, str]:
    sets_up = _sets_up(lesson)
    has_templates = (lesson.folder / "templates").exists()
    return {
        "name": lesson.slug.title().replace("_", ""),
        "imports": "\nfrom setup import setup" * sets_up + "\nfrom templates import TEMPLATES" * has_templates,
        "set_up": _SET_UP if sets_up else "",
    }


def _sets_up(lesson: Lesson) -> bool:
    """Whether its setup() does more than say what there is."""
    path = lesson.folder / "setup.py"
    if not path.exists():
        return False
    setup = _function(ast.parse(path.read_text(encoding="utf-8")), "setup")
    return len(setup.body) > (ast.get_docstring(setup) is not None)


def _with_templates(lesson: Lesson) -> dict[str, str]:
    if not (lesson.folder / "templates").exists():
        return {"test": "TestCase", "decorator": ""}
    return {"test": "TestCase, override_settings", "decorator": "@override_settings(TEMPLATES=TEMPLATES)\n"}


def _has(module: ast.Module, name: str) -> bool:
    return any(getattr(node, "name", None) == name for node in module.body)


def _function(module: ast.Module, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef:
    functions = [node for node in module.body if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    return {node.name: node for node in functions}[name]


def _needs_its_own(lesson: Lesson, reason: str) -> LessonError:
    return LessonError(
        lesson.path,
        f"has no test to take home, and {reason}, from which one could be made.",
        f"Write {TAKE_HOME}: a test of what `optimized` does better, which fails with `naive`.",
    )
