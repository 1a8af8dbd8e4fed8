"""Reads a lesson's folder. Every fault is one sentence with its remedy."""

import re
import tomllib

from lab.race.report import End
from lessons.course.contract import (
    ENGINES,
    RESERVED,
    Claim,
    Lesson,
    LessonError,
    Race,
    ShownFile,
    Variant,
    slug_of,
)
from lessons.course.depends import read_counts, read_django, read_expectation, read_savings
from lessons.course.form import check_form
from lessons.course.tables import Table

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_ID = re.compile(r"[TBC]\d{2,3}")


def read_lesson(folder):
    """Return the Lesson in `folder`, a Path. Raises LessonError."""
    name = f"{slug_of(folder.parent)}/{slug_of(folder)}"
    top = Table(name, _load(name, folder / "lesson.toml"), "lesson.toml")
    variants = tuple(_variant(folder, key, table) for key, table in top.tables("variants").items())
    lesson = Lesson(
        track=slug_of(folder.parent),
        slug=slug_of(folder),
        folder=folder,
        title=top.text("title"),
        summary=top.text("summary"),
        rule=top.text("rule"),
        covers=_ids(top, "covers"),
        teaches=top.texts("teaches"),
        docs=top.texts("docs"),
        hints=top.texts("hints"),
        access=top.choice("access", ("read", "write"), "read"),
        ordered=top.flag("ordered", False),
        engines=top.choices("engines", ENGINES),
        sessions=top.texts("sessions"),
        matrix=top.texts("matrix"),
        differs=top.text("differs", None),
        challenge=top.flag("challenge", True),
        browser=top.flag("browser", True),
        trace=top.flag("trace", False),
        spans=top.flag("spans", False),
        variants=tuple(sorted(variants, key=_variant_order)),
        saves=read_savings(top),
        claims=tuple(_claim(key, table) for key, table in top.tables("claims").items()),
        files=tuple(_shown_file(folder, table) for table in top.table_list("files")),
    )
    top.finish()
    check_form(lesson)
    return lesson


def _load(lesson, path):
    if not path.exists():
        raise LessonError(lesson, "has no lesson.toml.", f"Start one: manage.py start_lesson {lesson}")
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise LessonError(lesson, f"lesson.toml is not valid TOML: {error}.", "Mend that line.") from None


def _ids(table, key):
    ids = table.texts(key)
    for value in ids:
        if not _ID.fullmatch(value):
            table.fail(f"has {value!r} in `{key}`.", 'Use ids of the syllabus, such as "T01".')
    return ids


def _variant(folder, name, table):
    if not _NAME.fullmatch(name) or name in RESERVED:
        table.fail(
            "has a name that cannot be in a URL.", f"Use a-z, 0-9 and _, and none of: {', '.join(RESERVED)}."
        )
    variant = Variant(
        name=name,
        title=table.text("title", name.replace("_", " ").capitalize()),
        path=folder / f"{name}.py",
        raises=table.text("raises", None),
        django=read_django(table, table.text("django", "")),
        counts=read_counts(table),
        races=tuple(_race(race) for race in table.table_list("races")),
    )
    table.finish()
    return variant


def _variant_order(variant):
    """Naive first, optimized next, then the others as declared: sorted() keeps their order."""
    return {"naive": 0, "optimized": 1}.get(variant.name, 2)


def _race(table):
    race = Race(
        title=table.text("title"),
        schedule=tuple(table.text("schedule").split()),
        isolation=table.text("isolation", None),
        outcome=table.take("outcome", dict),
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


def _claim(name, table):
    claim = Claim(
        name=name,
        id=table.text("id"),
        truth=table.text("truth"),
        expect=read_expectation(table, table.take("expect", (bool, dict))),
    )
    if not _ID.fullmatch(claim.id):
        table.fail(f"has id = {claim.id!r}.", 'Use an id of the syllabus, such as "C02".')
    table.finish()
    return claim


def _shown_file(folder, table):
    shown = ShownFile(path=folder / table.text("name"), language=table.text("language"), check=table.text("check"))
    if not shown.path.exists():
        table.fail(f"names {shown.path.name}, which is not there.", "Add the file or take the table out.")
    table.finish()
    return shown
