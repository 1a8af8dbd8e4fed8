"""Reads a lesson's folder. Every fault is one sentence with its remedy."""

from collections.abc import Collection
from itertools import pairwise
from keyword import iskeyword
from pathlib import Path

from lab.race.report import End
from lessons.course.checks.folder import RESERVED, check_form, may_be_a_variant
from lessons.course.contract import (
    ENGINES,
    Claim,
    Depends,
    Lesson,
    Race,
    ShownFile,
    Variant,
    slug_of,
)
from lessons.course.curve import FEWEST, Curve
from lessons.course.depends import read_counts, read_django, read_expectations, read_raises, read_savings
from lessons.course.guess import ASKS, Guess
from lessons.course.toml_table import TomlTable, load_toml
from lessons.vocabulary.literature import get_literature
from lessons.vocabulary.symptoms import get_symptoms

_RACES_ELSEWHERE = (
    "Its sessions wait for one another, each with a connection of its own. Python has one thread in a browser."
)


def read_lesson(folder: Path, *, recorded: bool = True) -> Lesson:
    """Return the Lesson in `folder`. Raises LessonError.

    recorded: whether what `check_lessons --record` writes must be there
    """
    name = f"{slug_of(folder.parent)}/{slug_of(folder)}"
    start = f"Start one: manage.py start_lesson {name}"
    top = TomlTable(name, load_toml(name, folder / "lesson.toml", missing=start), "lesson.toml")
    variants = tuple(_variant(folder, key, table) for key, table in top.tables("variants").items())
    saves, saves_at = read_savings(top)
    sessions = top.texts("sessions")
    no_browser = top.text("no_browser", _RACES_ELSEWHERE if sessions else None)
    lesson = Lesson(
        track=slug_of(folder.parent),
        slug=slug_of(folder),
        folder=folder,
        title=top.text("title"),
        summary=top.text("summary"),
        rule=top.text("rule"),
        covers=_covers(top),
        guess=_guess(top.table("guess")),
        teaches=top.texts("teaches"),
        symptoms=top.choices("symptoms", tuple(get_symptoms()), default=()),
        was=top.texts("was"),
        docs=top.texts("docs"),
        hints=top.texts("hints"),
        access=top.choice("access", ("read", "write"), "read"),
        databases=top.texts("databases"),
        ordered=top.flag("ordered", False),
        engines=top.choices("engines", ENGINES),
        modules=top.texts("modules"),
        sessions=sessions,
        matrix=tuple(tuple(forms.split("/")) for forms in top.texts("matrix")),
        curve=_curve(top),
        differs=top.text("differs", None),
        task=top.text("task", None),
        no_browser=no_browser,
        no_challenge=top.text("no_challenge", no_browser),
        trace=top.flag("trace", False),
        spans=top.flag("spans", False),
        variants=tuple(sorted(variants, key=_variant_order)),
        saves=saves,
        saves_at=saves_at,
        claims=tuple(_claim(key, table) for key, table in top.tables("claims").items()),
        files=tuple(_shown_file(folder, table) for table in top.table_list("files")),
    )
    top.finish()
    check_form(lesson, recorded=recorded)
    return lesson


def _covers(top: TomlTable) -> tuple[str, ...]:
    ids = top.texts("covers")
    for id in ids:
        _check_id(top, id, "covers", get_literature().techniques)
    return ids


def _check_id(table: TomlTable, id: str, key: str, known: Collection[str]) -> None:
    if id not in known:
        table.fail(
            f"has {id!r} in `{key}`, which is not in the literature.",
            "Choose an id of lessons/vocabulary/literature.toml, or leave it out.",
        )


def _guess(table: TomlTable) -> Guess:
    guess = Guess(
        asks=table.choice("asks", ASKS, "queries"),
        question=table.text("question", None),
        why=table.text("why", ""),
    )
    table.finish()
    return guess


def _curve(top: TomlTable) -> Curve | None:
    is_declared, table = "curve" in top.values, top.table("curve")
    if not is_declared:
        return None
    over, values = table.text("over"), table.take("values", list, None)
    if not over.isidentifier() or iskeyword(over):
        table.fail(f"has over = {over!r}.", 'Name a keyword of run(): over = "page".')
    if values is not None and not _rises(values):
        table.fail(
            f"has values = {values!r}.",
            "Give three whole numbers or more, each above the one before: [1, 10, 100]; or leave `values` out.",
        )
    table.finish()
    return Curve(over=over, values=tuple(values or ()))


def _rises(values: list) -> bool:
    """Whether they are positive whole numbers in ascending order, enough for a curve."""
    are_numbers = all(isinstance(value, int) and not isinstance(value, bool) for value in values)
    return are_numbers and len(values) >= FEWEST and all(a < b for a, b in pairwise([0, *values]))


def _variant(folder: Path, name: str, table: TomlTable) -> Variant:
    if not may_be_a_variant(name):
        table.fail(
            "has a name that cannot be in a URL.", f"Use a-z, 0-9 and _, and none of: {', '.join(RESERVED)}."
        )
    variant = Variant(
        name=name,
        title=table.text("title", name.replace("_", " ").capitalize()),
        path=folder / f"{name}.py",
        raises=read_raises(table),
        django=read_django(table, table.text("django", "")),
        counts=read_counts(table),
        races=tuple(_race(race) for race in table.table_list("races")),
    )
    table.finish()
    return variant


def _variant_order(variant: Variant) -> int:
    """Naive first, optimized next, then the others as declared: sorted() keeps their order."""
    return {"naive": 0, "optimized": 1}.get(variant.name, 2)


def _race(table: TomlTable) -> Race:
    race = Race(
        title=table.text("title"),
        schedule=tuple(table.text("schedule").split()),
        isolation=table.text("isolation", None),
        outcome=table.take("outcome", dict, {}),
    )
    for engine, ends in race.outcome.items():
        if engine not in ENGINES or not isinstance(ends, dict):
            table.fail(f"has outcome.{engine}.", f"Give each engine a table; engines are: {', '.join(ENGINES)}.")
        for session, end in ends.items():
            allowed = ("kept", "broken") if session == "invariant" else tuple(map(str, End))
            if end not in allowed:
                table.fail(f"has outcome.{engine}.{session} = {end!r}.", f"Choose one of: {', '.join(allowed)}.")
    table.finish()
    return race


def _claim(name: str, table: TomlTable) -> Claim:
    expect = table.take("expect", (bool, dict), None)
    claim = Claim(
        name=name,
        id=table.text("id", ""),
        truth=table.text("truth"),
        expect=Depends() if expect is None else read_expectations(table, expect),
    )
    if claim.id:
        # A claim may be of a technique, where no article says it.
        literature = get_literature()
        _check_id(table, claim.id, "id", {*literature.claims, *literature.techniques})
    table.finish()
    return claim


def _shown_file(folder: Path, table: TomlTable) -> ShownFile:
    shown = ShownFile(path=folder / table.text("name"), language=table.text("language"), check=table.text("check"))
    if not shown.path.exists():
        table.fail(f"names {shown.path.name}, which is not there.", "Add the file or take the table out.")
    table.finish()
    return shown
